import {
	event as bedrockEvent,
	encodeEventStream,
} from "../providers/__fixtures__/event-stream.ts";
import { typedEvents } from "./responses-script.ts";
import type { SeenRequest } from "./upstream-script.ts";

export interface Echo {
	/** What the model says. */
	readonly text: string;
	/** The same, as the arguments of a call. */
	readonly args: string;
}

/** How one upstream is asked and answers. */
export interface EchoWire {
	readonly path: RegExp;
	readonly isStream: (seen: SeenRequest) => boolean;
	readonly whole: (echo: Echo) => unknown;
	/** Complete messages; texts are sent as they are, bytes too. */
	readonly stream: (echo: Echo) => readonly (string | Uint8Array)[];
	readonly streamType?: string;
}

/** Pieces so small that every placeholder is split. */
export function pieces(text: string): readonly string[] {
	return text.match(/[\s\S]{1,3}/g) ?? [];
}

export function sse(
	events: readonly unknown[],
	name?: (event: never) => string,
): readonly string[] {
	return events.map((event) => {
		const head = name === undefined ? "" : `event: ${name(event as never)}\n`;
		return `${head}data: ${JSON.stringify(event)}\n\n`;
	});
}

export const asksForStream = ({ body }: SeenRequest) =>
	/"stream":\s*true|name="stream"\r\n\r\ntrue/.test(body);
export const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
const typed = ({ type }: { readonly type: string }) => type;

function chatChunk(delta: object, finish_reason: string | null = null) {
	return {
		id: "c",
		object: "chat.completion.chunk",
		created: 1,
		model: "m",
		choices: [{ index: 0, delta, finish_reason }],
	};
}

function chatCall(args: string) {
	return { index: 0, id: "call_1", type: "function", function: { name: "note", arguments: args } };
}

const openai: EchoWire = {
	path: /\/chat\/completions$/,
	isStream: asksForStream,
	whole: ({ text, args }) => ({
		id: "c",
		object: "chat.completion",
		created: 1,
		model: "m",
		choices: [
			{
				index: 0,
				message: { role: "assistant", content: text, tool_calls: [chatCall(args)] },
				finish_reason: "tool_calls",
			},
		],
		usage,
	}),
	stream: ({ text, args }) => [
		...sse([
			...pieces(text).map((content) => chatChunk({ content })),
			chatChunk({ tool_calls: [chatCall("")] }),
			...pieces(args).map((part) =>
				chatChunk({ tool_calls: [{ index: 0, function: { arguments: part } }] }),
			),
			chatChunk({}, "tool_calls"),
		]),
		"data: [DONE]\n\n",
	],
};

const textCompletion: EchoWire = {
	path: /[^t]\/completions$/,
	isStream: asksForStream,
	whole: ({ text }) => ({
		id: "c",
		object: "text_completion",
		created: 1,
		model: "m",
		choices: [{ index: 0, text, logprobs: null, finish_reason: "stop" }],
		usage,
	}),
	stream: ({ text }) => [
		...sse(
			pieces(text).map((part) => ({
				id: "c",
				object: "text_completion",
				created: 1,
				model: "m",
				choices: [{ index: 0, text: part, logprobs: null, finish_reason: null }],
			})),
		),
		...sse([
			{
				id: "c",
				object: "text_completion",
				created: 1,
				model: "m",
				choices: [{ index: 0, text: "", finish_reason: "stop" }],
			},
		]),
		"data: [DONE]\n\n",
	],
};

function responseOf(output: readonly object[], status: string) {
	return {
		id: "r",
		object: "response",
		created_at: 1,
		status,
		model: "m",
		output,
		usage: null,
		error: null,
	};
}

const responses: EchoWire = {
	path: /\/responses$/,
	isStream: asksForStream,
	whole: (echo) => responseOf(responseItems(echo), "completed"),
	stream: (echo) => {
		const [message = {}, call = {}] = responseItems(echo);
		const words = { item_id: "m1", output_index: 0, content_index: 0 };
		const called = { item_id: "f1", output_index: 1 };
		const part = { type: "output_text", text: "", annotations: [] };
		return typedEvents([
			{ type: "response.created", response: responseOf([], "in_progress") },
			{ type: "response.output_item.added", output_index: 0, item: { ...message, content: [] } },
			{ type: "response.content_part.added", ...words, part },
			...pieces(echo.text).map((delta) => ({
				type: "response.output_text.delta",
				...words,
				delta,
			})),
			{ type: "response.output_text.done", ...words, text: echo.text },
			{ type: "response.content_part.done", ...words, part: { ...part, text: echo.text } },
			{ type: "response.output_item.done", output_index: 0, item: message },
			{ type: "response.output_item.added", output_index: 1, item: { ...call, arguments: "" } },
			...pieces(echo.args).map((delta) => ({
				type: "response.function_call_arguments.delta",
				...called,
				delta,
			})),
			{ type: "response.function_call_arguments.done", ...called, arguments: echo.args },
			{ type: "response.output_item.done", output_index: 1, item: call },
			{ type: "response.completed", response: responseOf([message, call], "completed") },
		]);
	},
};

function responseItems({ text, args }: Echo): readonly object[] {
	return [
		{
			id: "m1",
			type: "message",
			status: "completed",
			role: "assistant",
			content: [{ type: "output_text", text, annotations: [] }],
		},
		{
			id: "f1",
			type: "function_call",
			status: "completed",
			call_id: "call_1",
			name: "note",
			arguments: args,
		},
	];
}

const anthropic: EchoWire = {
	path: /\/messages$/,
	isStream: asksForStream,
	whole: ({ text, args }) => ({
		id: "m",
		type: "message",
		role: "assistant",
		model: "m",
		content: [
			{ type: "text", text },
			{ type: "tool_use", id: "t1", name: "note", input: JSON.parse(args) },
		],
		stop_reason: "tool_use",
		stop_sequence: null,
		usage: { input_tokens: 1, output_tokens: 1 },
	}),
	stream: ({ text, args }) =>
		sse(
			[
				{
					type: "message_start",
					message: {
						id: "m",
						type: "message",
						role: "assistant",
						model: "m",
						content: [],
						stop_reason: null,
						stop_sequence: null,
						usage: { input_tokens: 1, output_tokens: 1 },
					},
				},
				{ type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
				...pieces(text).map((part) => ({
					type: "content_block_delta",
					index: 0,
					delta: { type: "text_delta", text: part },
				})),
				{ type: "content_block_stop", index: 0 },
				{
					type: "content_block_start",
					index: 1,
					content_block: { type: "tool_use", id: "t1", name: "note", input: {} },
				},
				...pieces(args).map((part) => ({
					type: "content_block_delta",
					index: 1,
					delta: { type: "input_json_delta", partial_json: part },
				})),
				{ type: "content_block_stop", index: 1 },
				{
					type: "message_delta",
					delta: { stop_reason: "tool_use", stop_sequence: null },
					usage: { output_tokens: 1 },
				},
				{ type: "message_stop" },
			],
			typed,
		),
};

const geminiCall = (args: string) => ({ functionCall: { name: "note", args: JSON.parse(args) } });
const geminiPart = (parts: readonly object[], more: object = {}) => ({
	candidates: [{ index: 0, content: { role: "model", parts }, ...more }],
	usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
});

const gemini: EchoWire = {
	path: /enerateContent/,
	isStream: ({ path }) => path.includes("streamGenerateContent"),
	whole: ({ text, args }) => geminiPart([{ text }, geminiCall(args)], { finishReason: "STOP" }),
	stream: ({ text, args }) =>
		sse([
			...pieces(text).map((part) => geminiPart([{ text: part }])),
			geminiPart([geminiCall(args)], { finishReason: "STOP" }),
		]),
};

const ollamaMessage = (message: object, done = false) => ({
	model: "m",
	created_at: "2026-01-01T00:00:00Z",
	message: { role: "assistant", content: "", ...message },
	done,
	...(done && { done_reason: "stop", prompt_eval_count: 1, eval_count: 1 }),
});
const ollamaCall = (args: string) => ({
	tool_calls: [{ function: { name: "note", arguments: JSON.parse(args) } }],
});

const ollama: EchoWire = {
	path: /\/api\/chat$/,
	// Its default.
	isStream: ({ body }) => !/"stream":\s*false/.test(body),
	whole: ({ text, args }) => ollamaMessage({ content: text, ...ollamaCall(args) }, true),
	stream: ({ text, args }) =>
		[
			...pieces(text).map((content) => ollamaMessage({ content })),
			ollamaMessage(ollamaCall(args)),
			ollamaMessage({}, true),
		].map((line) => `${JSON.stringify(line)}\n`),
	streamType: "application/x-ndjson",
};

const cohereCall = (args: string) => ({
	id: "t1",
	type: "function",
	function: { name: "note", arguments: args },
});

const cohere: EchoWire = {
	path: /\/v2\/chat$/,
	isStream: asksForStream,
	whole: ({ text, args }) => ({
		id: "c",
		finish_reason: "TOOL_CALL",
		message: {
			role: "assistant",
			content: [{ type: "text", text }],
			tool_calls: [cohereCall(args)],
		},
		usage: { tokens: { input_tokens: 1, output_tokens: 1 } },
	}),
	stream: ({ text, args }) =>
		sse(
			[
				{ id: "c", type: "message-start", delta: { message: { role: "assistant", content: [] } } },
				{
					type: "content-start",
					index: 0,
					delta: { message: { content: { type: "text", text: "" } } },
				},
				...pieces(text).map((part) => ({
					type: "content-delta",
					index: 0,
					delta: { message: { content: { text: part } } },
				})),
				{ type: "content-end", index: 0 },
				{ type: "tool-call-start", index: 0, delta: { message: { tool_calls: cohereCall("") } } },
				...pieces(args).map((part) => ({
					type: "tool-call-delta",
					index: 0,
					delta: { message: { tool_calls: { function: { arguments: part } } } },
				})),
				{ type: "tool-call-end", index: 0 },
				{
					type: "message-end",
					delta: {
						finish_reason: "TOOL_CALL",
						usage: { tokens: { input_tokens: 1, output_tokens: 1 } },
					},
				},
			],
			typed,
		),
};

const bedrockUsage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };

const bedrock: EchoWire = {
	path: /\/converse(-stream)?$/,
	isStream: ({ path }) => path.endsWith("-stream"),
	whole: ({ text, args }) => ({
		output: {
			message: {
				role: "assistant",
				content: [
					{ text },
					{ toolUse: { toolUseId: "t1", name: "note", input: JSON.parse(args) } },
				],
			},
		},
		stopReason: "tool_use",
		usage: bedrockUsage,
	}),
	stream: ({ text, args }) => [
		encodeEventStream([
			bedrockEvent("messageStart", { role: "assistant" }),
			...pieces(text).map((part) =>
				bedrockEvent("contentBlockDelta", { contentBlockIndex: 0, delta: { text: part } }),
			),
			bedrockEvent("contentBlockStop", { contentBlockIndex: 0 }),
			bedrockEvent("contentBlockStart", {
				contentBlockIndex: 1,
				start: { toolUse: { toolUseId: "t1", name: "note" } },
			}),
			...pieces(args).map((input) =>
				bedrockEvent("contentBlockDelta", { contentBlockIndex: 1, delta: { toolUse: { input } } }),
			),
			bedrockEvent("contentBlockStop", { contentBlockIndex: 1 }),
			bedrockEvent("messageStop", { stopReason: "tool_use" }),
			bedrockEvent("metadata", { usage: bedrockUsage }),
		]),
	],
	streamType: "application/vnd.amazon.eventstream",
};

/** Every wire that conversations are spoken in. */
export const conversationWires: readonly EchoWire[] = [
	openai,
	textCompletion,
	responses,
	anthropic,
	gemini,
	ollama,
	cohere,
	bedrock,
];
