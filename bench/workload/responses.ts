import type { Api } from "./define-api.ts";
import { namedEvent } from "./define-api.ts";
import { answerText, modelName, streamWords, systemText } from "./texts.ts";

const itemId = "msg_bench";
const inItem = { item_id: itemId, output_index: 0, content_index: 0 };

/** OpenAI's Responses. */
export const responses: Api = {
	path: "/v1/responses",
	requestBody: ({ model, isStreaming, prompt }) =>
		JSON.stringify({
			model,
			instructions: systemText,
			input: [{ role: "user", content: [{ type: "input_text", text: prompt }] }],
			temperature: 0.7,
			max_output_tokens: 256,
			...(isStreaming ? { stream: true } : {}),
		}),
	answer: JSON.stringify(responseOf({ text: answerText, status: "completed", outputTokens: 80 })),
	streamChunks: streamChunks(),
	deltaOf: (word) => `"delta":"${word}"`,
	streamEnd: '"type":"response.completed"',
};

interface State {
	readonly status: "in_progress" | "completed";
	/** Undefined: nothing was said yet. */
	readonly text?: string;
	readonly outputTokens?: number;
}

function responseOf({ status, text, outputTokens }: State): object {
	return {
		id: "resp_bench",
		object: "response",
		created_at: 1_700_000_000,
		status,
		background: false,
		error: null,
		incomplete_details: null,
		instructions: systemText,
		max_output_tokens: 256,
		model: modelName,
		output: text === undefined ? [] : [itemOf(text)],
		parallel_tool_calls: true,
		previous_response_id: null,
		reasoning: { effort: null, summary: null },
		store: false,
		temperature: 0.7,
		text: { format: { type: "text" } },
		tool_choice: "auto",
		tools: [],
		top_p: 1,
		truncation: "disabled",
		usage:
			outputTokens === undefined
				? null
				: {
						input_tokens: 100,
						input_tokens_details: { cached_tokens: 0 },
						output_tokens: outputTokens,
						output_tokens_details: { reasoning_tokens: 0 },
						total_tokens: 100 + outputTokens,
					},
		user: null,
		metadata: {},
	};
}

function itemOf(text: string): object {
	return {
		id: itemId,
		type: "message",
		status: "completed",
		role: "assistant",
		content: [partOf(text)],
	};
}

function partOf(text: string): object {
	return { type: "output_text", text, annotations: [], logprobs: [] };
}

function streamChunks(): readonly string[] {
	const begun = { response: responseOf({ status: "in_progress" }) };
	const text = streamWords.join("");
	const whole = responseOf({ status: "completed", text, outputTokens: 50 });
	const emptyItem = { id: itemId, type: "message", status: "in_progress", role: "assistant" };
	const events: readonly (readonly [type: string, fields: object])[] = [
		["response.created", begun],
		["response.in_progress", begun],
		["response.output_item.added", { output_index: 0, item: { ...emptyItem, content: [] } }],
		["response.content_part.added", { ...inItem, part: partOf("") }],
		...streamWords.map(
			(word) => ["response.output_text.delta", { ...inItem, delta: word, logprobs: [] }] as const,
		),
		["response.output_text.done", { ...inItem, text, logprobs: [] }],
		["response.content_part.done", { ...inItem, part: partOf(text) }],
		["response.output_item.done", { output_index: 0, item: itemOf(text) }],
		["response.completed", { response: whole }],
	];
	return events.map(([type, fields], index) =>
		namedEvent(type, { sequence_number: index, ...fields }),
	);
}
