import type { IncomingMessage } from "node:http";

/** The body of a request to a mock, as the mock expects it. */
export async function readJson<T>(request: IncomingMessage): Promise<T> {
	const chunks: Buffer[] = [];
	for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
	return JSON.parse(Buffer.concat(chunks).toString("utf8")) as T;
}
