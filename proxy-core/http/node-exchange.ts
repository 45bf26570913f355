import type { IncomingMessage, ServerResponse } from "node:http";
import { GatewayError } from "../errors/gateway-error.ts";
import type { Exchange, Incoming, Outgoing } from "./exchange.ts";

/** How long a caller may take to send its body. */
const bodyTimeoutMs = 120_000;

/** Wraps one request of `node:http`. `ipOf` applies the operator's list of trusted proxies. */
export function nodeExchange(
	request: IncomingMessage,
	response: ServerResponse,
	ipOf: (request: IncomingMessage) => string,
): Exchange {
	const hangUp = new AbortController();
	response.on("close", () => {
		if (!response.writableFinished) hangUp.abort();
	});
	// An error on either side also closes the response; without a listener it would end the process.
	request.on("error", ignore);
	response.on("error", ignore);
	return {
		incoming: nodeIncoming(request, hangUp.signal, ipOf),
		outgoing: nodeOutgoing(request, response),
	};
}

function ignore(): void {}

function nodeIncoming(
	request: IncomingMessage,
	signal: AbortSignal,
	ipOf: (request: IncomingMessage) => string,
): Incoming {
	const url = request.url ?? "/";
	const query = url.indexOf("?");
	return {
		method: request.method ?? "GET",
		path: query === -1 ? url : url.slice(0, query),
		...(query !== -1 && { query: url.slice(query + 1) }),
		// Repeated headers are joined by Node, all but set-cookie, which requests do not carry.
		headers: request.headers as Readonly<Record<string, string | undefined>>,
		ip: ipOf(request),
		signal,
		readBody: (bytesMax) => readBody(request, bytesMax),
	};
}

function readBody(request: IncomingMessage, bytesMax: number): Promise<Uint8Array> {
	const declared = Number(request.headers["content-length"] ?? 0);
	if (declared > bytesMax) return Promise.reject(tooLarge(bytesMax));
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		let size = 0;
		const timer = setTimeout(() => fail(new GatewayError("request.timeout")), bodyTimeoutMs);
		const fail = (error: GatewayError): void => {
			clearTimeout(timer);
			request.pause();
			reject(error);
		};
		request.on("data", (chunk: Buffer) => {
			size += chunk.length;
			if (size > bytesMax) return fail(tooLarge(bytesMax));
			chunks.push(chunk);
		});
		request.on("end", () => {
			clearTimeout(timer);
			const [only] = chunks;
			resolve(only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks));
		});
		request.on("close", () => {
			if (!request.complete) fail(new GatewayError("request.incomplete"));
		});
	});
}

function tooLarge(bytesMax: number): GatewayError {
	return new GatewayError("request.too_large", {
		message: `The body is larger than the ${bytesMax} bytes this gateway accepts.`,
	});
}

function nodeOutgoing(request: IncomingMessage, response: ServerResponse): Outgoing {
	let bytes = 0;
	return {
		begin: (status, headers) => {
			// A flat list is what Node writes fastest; headers set one by one are each checked and copied.
			const list = ["x-content-type-options", "nosniff"];
			for (const name in headers) list.push(name, headers[name] ?? "");
			// The rest of an unread body would be taken for the next request on this connection.
			if (!request.complete) list.push("connection", "close");
			response.writeHead(status, list);
		},
		write: (data) => {
			const size = Buffer.byteLength(data);
			bytes += size;
			if (response.destroyed || response.write(data, encodingOf(data, size))) return undefined;
			return new Promise((resolve) => {
				const done = (): void => {
					response.off("drain", done);
					response.off("close", done);
					resolve();
				};
				response.on("drain", done);
				response.on("close", done);
			});
		},
		end: (data, trailers) => {
			if (trailers !== undefined) response.addTrailers(trailers);
			if (data === undefined) {
				response.end();
				return;
			}
			const size = Buffer.byteLength(data);
			bytes += size;
			response.end(data, encodingOf(data, size));
		},
		abort: () => response.destroy(),
		hasBegun: () => response.headersSent,
		bytesSent: () => bytes,
	};
}

/** Text of as many bytes as characters is ASCII, and ASCII is copied instead of being encoded. */
function encodingOf(data: string | Uint8Array, sizeBytes: number): BufferEncoding {
	return data.length === sizeBytes ? "latin1" : "utf8";
}
