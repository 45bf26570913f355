import { GatewayError } from "../errors/gateway-error.ts";
import type { Exchange } from "./exchange.ts";

interface WebCall {
	readonly path: string;
	readonly ip: string;
	readonly consoleUser: { readonly userId: string };
}

/** Lets the console call the gateway with web-standard objects; resolves when the answer's head is known. */
export function webExchange(
	request: Request,
	call: WebCall,
): { readonly exchange: Exchange; readonly response: Promise<Response> } {
	const hangUp = new AbortController();
	request.signal.addEventListener("abort", () => hangUp.abort(), { once: true });
	const encoder = new TextEncoder();
	const head = Promise.withResolvers<Response>();
	const body = new TransformStream<Uint8Array, Uint8Array>();
	const writer = body.writable.getWriter();
	writer.closed.catch(() => hangUp.abort());
	let hasBegun = false;
	let bytes = 0;
	const write = (data: string | Uint8Array): Promise<void> => {
		const chunk = typeof data === "string" ? encoder.encode(data) : data;
		bytes += chunk.length;
		return writer.write(chunk).catch(() => hangUp.abort());
	};
	return {
		response: head.promise,
		exchange: {
			incoming: {
				method: request.method,
				path: call.path,
				headers: Object.fromEntries(request.headers),
				ip: call.ip,
				signal: hangUp.signal,
				consoleUser: call.consoleUser,
				readBody: (bytesMax) => readBody(request, bytesMax),
			},
			outgoing: {
				begin: (status, headers) => {
					hasBegun = true;
					head.resolve(new Response(body.readable, { status, headers: { ...headers } }));
				},
				write,
				end: (data) => {
					const last = data === undefined ? Promise.resolve() : write(data);
					last.then(() => writer.close()).catch(() => hangUp.abort());
				},
				abort: () => {
					writer.abort().catch(() => hangUp.abort());
				},
				hasBegun: () => hasBegun,
				bytesSent: () => bytes,
			},
		},
	};
}

async function readBody(request: Request, bytesMax: number): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of request.body ?? []) {
		size += chunk.length;
		if (size > bytesMax) throw new GatewayError("request.too_large");
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}
