import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What the scripted upstream saw of one request. */
export interface SeenRequest {
	readonly path: string;
	readonly headers: IncomingMessage["headers"];
	readonly body: string;
	/** Resolves when the caller broke the connection off or the answer was complete. */
	readonly closed: Promise<"complete" | "broken">;
}

export type Script = (response: ServerResponse, seen: SeenRequest) => void | Promise<void>;

export interface ScriptedUpstream {
	readonly baseUrl: string;
	readonly seen: readonly SeenRequest[];
	/** What the next requests get. */
	readonly answer: (script: Script) => void;
	readonly close: () => Promise<void>;
}

/** A provider on loopback that does what the test says, byte by byte. */
export async function startScriptedUpstream(): Promise<ScriptedUpstream> {
	const seen: SeenRequest[] = [];
	let script: Script = (response) => {
		response.writeHead(500).end();
	};
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const bytes of request) chunks.push(bytes);
		const closed = new Promise<"complete" | "broken">((resolve) => {
			response.on("close", () => resolve(response.writableFinished ? "complete" : "broken"));
		});
		const entry: SeenRequest = {
			path: request.url ?? "",
			headers: request.headers,
			body: Buffer.concat(chunks).toString("utf8"),
			closed,
		};
		seen.push(entry);
		await script(response, entry);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	return {
		baseUrl: `http://127.0.0.1:${port}/v1`,
		seen,
		answer: (next) => {
			script = next;
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

export function sendJson(value: unknown, status = 200): Script {
	return (response) => {
		response.writeHead(status, { "content-type": "application/json" });
		response.end(typeof value === "string" ? value : JSON.stringify(value));
	};
}

/** Server-sent events, one write per entry; an entry is sent as it is when it is text. */
export function sendEvents(
	events: readonly (string | object)[],
	end: "close" | "break" = "close",
): Script {
	return async (response) => {
		response.writeHead(200, { "content-type": "text/event-stream" });
		for (const event of events) {
			response.write(typeof event === "string" ? event : `data: ${JSON.stringify(event)}\n\n`);
			await new Promise((resolve) => setImmediate(resolve));
		}
		if (end === "close") response.end();
		else response.destroy();
	};
}

export function chunk(delta: object, finish: string | null = null): object {
	return {
		id: "chatcmpl-upstream",
		object: "chat.completion.chunk",
		created: 1,
		model: "test-model",
		choices: [{ index: 0, delta, finish_reason: finish }],
	};
}

export const completion = {
	id: "chatcmpl-upstream",
	object: "chat.completion",
	created: 1,
	model: "test-model",
	system_fingerprint: "fp_1",
	choices: [
		{
			index: 0,
			message: { role: "assistant", content: "Hello there." },
			logprobs: null,
			finish_reason: "stop",
		},
	],
	usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
};
