import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { Agent, request as openRequest } from "node:http";
import { pipeline } from "node:stream";
import { clientAddressHeader } from "../auth/client-address.ts";

/** Headers that speak of one connection only. */
const hopByHop = new Set([
	"connection",
	"keep-alive",
	"proxy-connection",
	"te",
	"trailer",
	"upgrade",
	// Node has answered it already.
	"expect",
]);

interface Hop {
	readonly agent: Agent;
	readonly socketPath: string;
	readonly ipOf: (request: IncomingMessage) => string;
}

/**
 * Hands requests to the primary's console and streams both ways. The caller's address goes along in a
 * header that is written here over whatever the caller sent under its name.
 * Rejects when the primary could not answer; nothing has been sent then.
 */
export function createConsoleRelay({
	socketPath,
	ipOf,
}: Omit<Hop, "agent">): (...of: Parameters<RequestListener>) => Promise<void> {
	const agent = new Agent({ keepAlive: true });
	return (request, response) => relay(request, response, { agent, socketPath, ipOf });
}

function relay(request: IncomingMessage, response: ServerResponse, hop: Hop): Promise<void> {
	const { agent, socketPath, ipOf } = hop;
	return new Promise((resolve, reject) => {
		const headers = endToEnd(request, clientAddressHeader);
		headers.push(clientAddressHeader, ipOf(request));
		const { method = "GET", url = "/" } = request;
		const onward = openRequest({ agent, socketPath, method, path: url, headers });
		onward.on("error", reject);
		onward.on("response", (answer) => {
			response.writeHead(answer.statusCode ?? 502, endToEnd(answer, "transfer-encoding"));
			// Events may be long in coming, and a browser waits for the head.
			response.flushHeaders();
			pipeline(answer, response, () => resolve());
		});
		response.on("close", () => {
			if (!response.writableFinished) onward.destroy();
		});
		// The closed response tells of it too.
		request.on("error", () => {});
		request.pipe(onward);
	});
}

/**
 * A flat list, names and values by turns, as it was sent: repeated headers stay repeated. What says how
 * long a request's body is stays whatever the caller claims about it, or its rest would be the next request.
 */
function endToEnd({ rawHeaders }: IncomingMessage, without: string): string[] {
	const kept: string[] = [];
	for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
		const name = rawHeaders[index] ?? "";
		const lower = name.toLowerCase();
		if (!hopByHop.has(lower) && lower !== without) kept.push(name, rawHeaders[index + 1] ?? "");
	}
	return kept;
}
