import type { ServerResponse } from "node:http";
import type { Echo, EchoWire } from "./echo-wires.ts";
import { asksForStream, conversationWires, pieces, sse, usage } from "./echo-wires.ts";
import type { Script } from "./upstream-script.ts";

/** Every placeholder in what an upstream got, each once, in order. */
export function marksIn(body: string): readonly string[] {
	return [...new Set(body.match(/<[A-Z][A-Z0-9_]*_\d+>/g) ?? [])];
}

const embeddings: EchoWire = {
	path: /\/embeddings$/,
	isStream: () => false,
	whole: () => ({
		object: "list",
		model: "m",
		data: [{ object: "embedding", index: 0, embedding: [1] }],
		usage,
	}),
	stream: () => [],
};

const images: EchoWire = {
	path: /\/images\//,
	isStream: () => false,
	whole: ({ text }) => ({ created: 1, data: [{ b64_json: "AAAA", revised_prompt: text }], usage }),
	stream: () => [],
};

const transcription: EchoWire = {
	path: /\/audio\/trans/,
	isStream: asksForStream,
	whole: ({ text }) => ({ text }),
	stream: ({ text }) =>
		sse([
			...pieces(text).map((delta) => ({ type: "transcript.text.delta", delta })),
			{ type: "transcript.text.done", text },
		]),
};

const rerank: EchoWire = {
	path: /\/rerank$/,
	isStream: () => false,
	whole: ({ text }) => ({ results: [{ index: 0, relevance_score: 1, document: { text } }] }),
	stream: () => [],
};

const tokenCount: EchoWire = {
	path: /\/count_tokens$|:countTokens$/,
	isStream: () => false,
	whole: () => ({ input_tokens: 1, totalTokens: 1 }),
	stream: () => [],
};

const wires = [...conversationWires, embeddings, images, transcription, rerank, tokenCount];

/** Answers in whatever wire it is asked in, with every placeholder that it was sent: said, and in a call. */
export const echoMarks: Script = async (response, seen) => {
	if (seen.path.endsWith("/audio/speech")) {
		response.writeHead(200, { "content-type": "audio/mpeg" }).end(new Uint8Array(4));
		return;
	}
	const wire = wires.find(({ path }) => path.test(seen.path.split("?")[0] ?? ""));
	if (wire === undefined) throw new Error(`Nobody answers ${seen.path}.`);
	const marks = marksIn(seen.body);
	const echo = { text: `So: ${marks.join(" and ")}.`, args: JSON.stringify({ marks, n: 1 }) };
	if (wire.isStream(seen)) await sendAll(response, wire, echo);
	else
		response
			.writeHead(200, { "content-type": "application/json" })
			.end(JSON.stringify(wire.whole(echo)));
};

async function sendAll(response: ServerResponse, wire: EchoWire, echo: Echo): Promise<void> {
	response.writeHead(200, { "content-type": wire.streamType ?? "text/event-stream" });
	for (const part of wire.stream(echo)) {
		response.write(part);
		await new Promise((resolve) => setImmediate(resolve));
	}
	response.end();
}
