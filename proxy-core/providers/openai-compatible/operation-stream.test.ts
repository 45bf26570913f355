import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Frame } from "../../contract/chat.ts";
import { createOperationStreamDecoder } from "./operation-stream.ts";

describe("streams of operations", () => {
	const stream = [
		'event: transcript.text.delta\ndata: {"type":"transcript.text.delta","delta":"He","logprobs":[{"token":"He"}]}\n\n',
		'data: {"type":"transcript.text.delta","delta":"y"}\n\n',
		'data: {"type":"transcript.text.done","text":"Hey","usage":{"type":"tokens","input_tokens":3,"output_tokens":2}}\n\n',
	].join("");

	function play(chunks: readonly Uint8Array[]) {
		const decoder = createOperationStreamDecoder();
		const frames: Frame[] = chunks.flatMap((chunk) => decoder.push(chunk));
		const { frames: last, complete } = decoder.end();
		return { frames: [...frames, ...last], complete };
	}

	test("give the same events under every chunking", () => {
		const bytes = Buffer.from(stream);
		const shown = (chunks: readonly Uint8Array[]) => {
			const { frames, complete } = play(chunks);
			return [frames.map(({ events, wire }) => [events, wire?.data]), complete];
		};
		const whole = shown([bytes]);
		fc.assert(
			fc.property(fc.array(fc.nat(bytes.length), { maxLength: 6 }), (cuts) => {
				const at = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
				const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
				expect(shown(chunks)).toEqual(whole);
			}),
		);
	});

	test("show increments and the whole apart, tell their usage, and write edits back without echoes", () => {
		const { frames, complete } = play([Buffer.from(stream)]);
		expect(complete).toBe(true);
		expect(frames.flatMap((frame) => frame.events)).toEqual([
			{ type: "text", choice: 0, text: "He" },
			{ type: "text", choice: 0, text: "y" },
			{ type: "text", choice: 1, text: "Hey" },
			{ type: "usage", usage: { inputTokens: 3, outputTokens: 2, estimated: false } },
			{ type: "end", choice: 0, reason: "stop" },
		]);
		expect(frames[0]?.wire?.rewrite([{ type: "text", choice: 0, text: "X" }], true)).toBe(
			'event: transcript.text.delta\ndata: {"type":"transcript.text.delta","delta":"X"}\n\n',
		);
	});

	test("count several images, and know when the last event is missing", () => {
		const image = (type: string) =>
			`data: {"type":"image_generation.${type}","b64_json":"AA==","size":"1024x1024","quality":"low","usage":{"input_tokens":5,"output_tokens":272}}\n\n`;
		const { frames } = play([Buffer.from(image("completed") + image("completed"))]);
		const usages = frames.flatMap(({ events }) => events.filter(({ type }) => type === "usage"));
		expect(usages.at(-1)).toMatchObject({
			usage: { inputTokens: 10, outputTokens: 544, images: 2, imageVariant: "low/1024x1024" },
		});
		expect(play([Buffer.from(image("partial_image"))]).complete).toBe(false);
	});

	test("report errors as such, and read vLLM's chunks", () => {
		const error = 'data: {"type":"error","error":{"message":"overloaded"}}\n\n';
		expect(play([Buffer.from(error)]).frames[0]?.events).toEqual([
			{ type: "error", message: "overloaded" },
		]);
		const chunk =
			'data: {"object":"transcription.chunk","choices":[{"delta":{"content":"Hi"}}]}\n\n';
		const { frames, complete } = play([Buffer.from(`${chunk}data: [DONE]\n\n`)]);
		expect(frames[0]?.events).toEqual([{ type: "text", choice: 3, text: "Hi" }]);
		expect(complete).toBe(true);
	});
});
