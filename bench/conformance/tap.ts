import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** One request as it came out of the gateway. */
export interface TappedRequest {
	readonly method: string;
	readonly path: string;
	readonly headers: IncomingMessage["headers"];
	body: string;
	/** The gateway closed the connection before the answer was complete. */
	isCancelled: boolean;
}

export interface Tap {
	readonly url: string;
	readonly requests: () => readonly TappedRequest[];
	readonly close: () => Promise<void>;
}

/**
 * Stands between the gateway and the mock and remembers what passes: the mock's own journal keeps
 * requests in one common form and does not notice who hangs up.
 */
export async function startTap(target: string): Promise<Tap> {
	const seen: TappedRequest[] = [];
	const server = createServer((incoming, outgoing) => {
		const tapped: TappedRequest = {
			method: incoming.method ?? "",
			path: incoming.url ?? "",
			headers: incoming.headers,
			body: "",
			isCancelled: false,
		};
		seen.push(tapped);
		outgoing.on("close", () => {
			tapped.isCancelled = !outgoing.writableFinished;
		});
		forward(new URL(tapped.path, target), incoming, { outgoing, tapped });
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests: () => seen,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function forward(
	url: URL,
	incoming: IncomingMessage,
	{ outgoing, tapped }: { outgoing: ServerResponse; tapped: TappedRequest },
): void {
	const upstream = request(
		url,
		{ method: tapped.method, headers: { ...incoming.headers, host: url.host } },
		(answer) => {
			outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
			outgoing.flushHeaders();
			answer.pipe(outgoing);
			// A cut answer stays cut; ending it properly would hide the fault.
			answer.on("error", () => outgoing.destroy());
		},
	);
	upstream.on("error", () => outgoing.destroy());
	outgoing.on("close", () => upstream.destroy());
	incoming.on("data", (chunk: Buffer) => {
		tapped.body += chunk.toString("utf8");
	});
	incoming.pipe(upstream);
}
