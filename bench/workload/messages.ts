import type { Api } from "./define-api.ts";
import { namedEvent } from "./define-api.ts";
import { answerText, modelName, streamWords, systemText } from "./texts.ts";

const head = { id: "msg_bench", type: "message", role: "assistant", model: modelName };

/** Anthropic's Messages. */
export const messages: Api = {
	path: "/v1/messages",
	requestBody: ({ model, isStreaming, prompt }) =>
		JSON.stringify({
			model,
			system: systemText,
			messages: [{ role: "user", content: prompt }],
			temperature: 0.7,
			max_tokens: 256,
			...(isStreaming ? { stream: true } : {}),
		}),
	answer: JSON.stringify({
		...head,
		content: [{ type: "text", text: answerText }],
		stop_reason: "end_turn",
		stop_sequence: null,
		usage: usageOf(80),
	}),
	streamChunks: [
		namedEvent("message_start", {
			message: { ...head, content: [], stop_reason: null, stop_sequence: null, usage: usageOf(1) },
		}),
		namedEvent("content_block_start", { index: 0, content_block: { type: "text", text: "" } }),
		namedEvent("ping", {}),
		...streamWords.map((word) =>
			namedEvent("content_block_delta", { index: 0, delta: { type: "text_delta", text: word } }),
		),
		namedEvent("content_block_stop", { index: 0 }),
		namedEvent("message_delta", {
			delta: { stop_reason: "end_turn", stop_sequence: null },
			usage: { output_tokens: 50 },
		}),
		namedEvent("message_stop", {}),
	],
	deltaOf: (word) => `"text":"${word}"`,
	streamEnd: '"type":"message_stop"',
};

function usageOf(outputTokens: number): object {
	return {
		input_tokens: 100,
		cache_creation_input_tokens: 0,
		cache_read_input_tokens: 0,
		output_tokens: outputTokens,
	};
}
