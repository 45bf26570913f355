import type { Api } from "./define-api.ts";
import { answerText, modelName, streamWords, systemText } from "./texts.ts";

/** OpenAI's Chat Completions. */
export const chat: Api = {
	path: "/v1/chat/completions",
	requestBody: ({ model, isStreaming, prompt }) =>
		JSON.stringify({
			model,
			messages: [
				{ role: "system", content: systemText },
				{ role: "user", content: prompt },
			],
			temperature: 0.7,
			max_tokens: 256,
			...(isStreaming ? { stream: true } : {}),
		}),
	answer: JSON.stringify({
		id: "chatcmpl-bench",
		object: "chat.completion",
		created: 1_700_000_000,
		model: modelName,
		choices: [
			{
				index: 0,
				message: { role: "assistant", content: answerText },
				logprobs: null,
				finish_reason: "stop",
			},
		],
		usage: { prompt_tokens: 100, completion_tokens: 80, total_tokens: 180 },
	}),
	streamChunks: [
		...streamWords.map((word, index) =>
			chunk([
				{
					index: 0,
					delta: { ...(index === 0 ? { role: "assistant" } : {}), content: word },
					finish_reason: null,
				},
			]),
		),
		chunk([{ index: 0, delta: {}, finish_reason: "stop" }]),
		chunk([], { usage: { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 } }),
		"data: [DONE]\n\n",
	],
	deltaOf: (word) => `"content":"${word}"`,
	streamEnd: "data: [DONE]",
};

function chunk(choices: unknown, extra: object = {}): string {
	const fields = {
		id: "chatcmpl-bench",
		object: "chat.completion.chunk",
		created: 1_700_000_000,
		model: modelName,
		choices,
		...extra,
	};
	return `data: ${JSON.stringify(fields)}\n\n`;
}
