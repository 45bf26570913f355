/**
 * Where `server.ts` writes the caller's address for the console's handlers, over whatever a client
 * sent under this name: a handler of Next has no socket to look at.
 */
export const clientAddressHeader = "x-llmproxy-client-address";

export function clientAddressOf(headers: Pick<Headers, "get">): string {
	return headers.get(clientAddressHeader) ?? "unknown";
}
