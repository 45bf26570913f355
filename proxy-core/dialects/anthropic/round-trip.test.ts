import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChatCall, ChatEvent } from "../../contract/chat.ts";
import { provider as anthropic } from "../../providers/anthropic/provider.ts";
import type { Connector } from "../../providers/define-provider.ts";
import { provider as openai } from "../../providers/openai/provider.ts";
import type { CallerDialect } from "../define-dialect.ts";
import { omissionsOf } from "../omissions.ts";
import { openaiDialect } from "../openai/dialect.ts";
import { anthropicDialect } from "./dialect.ts";

type Json = Record<string, unknown>;

const claude = anthropic.connect(anthropic.settings.parse({ apiKey: "k" }));
const gpt = openai.connect(openai.settings.parse({ apiKey: "k" }));

/** The body that a connector sends for a request of a dialect. */
function sent(connector: Connector, dialect: CallerDialect, json: Json): Json {
	const body = JSON.stringify(json);
	const request = connector.encode({
		model: String(json["model"]),
		stream: false,
		dialect: dialect.id,
		body,
		json,
		call: () => dialect.toChatCall(json, body),
	});
	return JSON.parse(String(request.body)) as Json;
}

const word = fc.string({ minLength: 1, maxLength: 8, unit: "grapheme" });
const image = fc.constantFrom(
	{ type: "image_url", image_url: { url: "data:image/png;base64,QUJD" } },
	{ type: "image_url", image_url: { url: "https://example.com/a.png" } },
);
const part = fc.oneof(
	word.map((text) => ({ type: "text", text })),
	image,
);
const userTurn = fc
	.oneof(word, fc.array(part, { minLength: 2, maxLength: 3 }))
	.map((content) => [{ role: "user", content } as object]);

/** A model's turn with parallel calls, and the result of each. */
const toolRound = (id: number) =>
	fc
		.tuple(
			fc.option(word),
			fc.array(
				fc.tuple(fc.dictionary(word, fc.jsonValue(), { noNullPrototype: true, maxKeys: 2 }), word),
				{
					minLength: 1,
					maxLength: 3,
				},
			),
		)
		.map(([content, calls]): object[] => [
			{
				role: "assistant",
				content,
				tool_calls: calls.map(([input], index) => ({
					id: `call_${id}_${index}`,
					type: "function",
					function: { name: "get_weather", arguments: JSON.stringify(input) },
				})),
			},
			...calls.map(([, result], index) => ({
				role: "tool",
				tool_call_id: `call_${id}_${index}`,
				content: result,
			})),
		]);

const answerTurn = word.map((content) => [{ role: "assistant", content } as object]);

const conversation = fc
	.array(fc.constantFrom("calls", "answer"), { maxLength: 4 })
	.chain((kinds) =>
		fc.tuple(
			fc.option(word),
			userTurn,
			...kinds.map((kind, index) =>
				kind === "calls"
					? fc
							.tuple(toolRound(index), fc.option(userTurn))
							.map(([round, user]) => [...round, ...(user ?? [])])
					: fc.tuple(answerTurn, userTurn).map((turns) => turns.flat()),
			),
		),
	)
	.map(([system, ...turns]) => [
		...(system === null ? [] : [{ role: "system", content: system }]),
		...turns.flat(),
	]);

const tools = [
	{
		type: "function",
		function: {
			name: "get_weather",
			description: "Weather",
			parameters: { type: "object", properties: { city: { type: "string" } } },
		},
	},
];

/** The parts of a call that must survive; `arguments` are compared as values. */
function kept({
	messages,
	tools: offered,
	toolChoice,
	parallelToolCalls,
	stop,
}: ChatCall): unknown {
	return {
		tools: offered,
		toolChoice,
		parallelToolCalls,
		stop,
		messages: messages.map((message) =>
			message.role === "assistant"
				? {
						...message,
						toolCalls: message.toolCalls.map((call) => ({
							...call,
							arguments: JSON.parse(call.arguments),
						})),
					}
				: message,
		),
	};
}

describe("a conversation from an OpenAI SDK to Claude and back", () => {
	it("keeps tools, parallel calls, results, images and system prompts", () => {
		fc.assert(
			fc.property(
				conversation,
				fc.constantFrom("auto", "required", "none"),
				fc.boolean(),
				(messages, choice, single) => {
					const original = {
						model: "claude-sonnet-5",
						messages,
						tools,
						tool_choice: choice,
						...(single && choice !== "none" && { parallel_tool_calls: false }),
						max_completion_tokens: 100,
						stop: ["END"],
					};
					const asClaude = sent(claude, openaiDialect, original);
					const call = anthropicDialect.toChatCall(asClaude, JSON.stringify(asClaude));
					expect(kept(call)).toEqual(kept(openaiDialect.toChatCall(original)));
					const asGpt = sent(gpt, anthropicDialect, asClaude);
					expect(kept(openaiDialect.toChatCall(asGpt))).toEqual(kept(call));
				},
			),
			{ numRuns: 150 },
		);
	});
});

describe("a model's thinking", () => {
	const blocks = [
		{ type: "thinking", thinking: "Look it up.", signature: "c2ln" },
		{ type: "redacted_thinking", data: "ZW5j" },
	];
	const answer = {
		content: [
			...blocks,
			{ type: "text", text: "One moment." },
			{ type: "thinking", thinking: "Now call.", signature: "c2ln2" },
			{ type: "tool_use", id: "t1", name: "f", input: {} },
		],
		stop_reason: "tool_use",
		usage: { input_tokens: 1, output_tokens: 2 },
	};
	const identity = { requestId: "req_1", model: "claude-opus-4-1", createdAtSeconds: 1 };
	const options = { identity, request: { model: "m" }, wantsUsage: false };
	const { events } = claude.decode(JSON.stringify(answer));
	const question = { role: "user", content: "?" };
	const result = { role: "tool", tool_call_id: "t1", content: "42" };
	const proven = [...blocks, answer.content[3]];

	const nextRequest = (message: object) => ({
		model: "claude-opus-4-1",
		messages: [question, message, result],
		reasoning_effort: "low",
		max_completion_tokens: 8000,
		tools: [{ type: "function", function: { name: "f" } }],
	});

	it("comes to OpenAI's clients as thinking_blocks and goes back to Claude with its proof", () => {
		const { choices } = JSON.parse(openaiDialect.encodeAnswer(events, options));
		const { message } = choices[0];
		expect(message).toMatchObject({
			reasoning_content: "Look it up.Now call.",
			thinking_blocks: proven,
		});
		const body = sent(claude, openaiDialect, nextRequest(message));
		expect(body["messages"]).toMatchObject([
			{ role: "user" },
			{ role: "assistant", content: [...proven, { type: "text" }, { type: "tool_use" }] },
			{ role: "user" },
		]);
		expect(body["thinking"]).toMatchObject({ type: "enabled" });
	});

	it("streams to OpenAI's clients, each block whole when its proof is there", () => {
		const encoder = openaiDialect.createStreamEncoder(options);
		const halves = events.flatMap((event): ChatEvent[] =>
			event.type === "reasoning"
				? [
						{ ...event, text: event.text.slice(0, 4) },
						{ ...event, text: event.text.slice(4) },
					]
				: [event],
		);
		const chunks = [
			...encoder.encode(halves.map((event) => ({ events: [event] }))).matchAll(/^data: (.*)$/gm),
		];
		const deltas = chunks.map(([, data = ""]) => JSON.parse(data).choices[0].delta);
		expect(deltas.flatMap((delta) => delta.thinking_blocks ?? [])).toEqual(proven);
		expect(deltas.map((delta) => delta.reasoning_content ?? "").join("")).toBe(
			"Look it up.Now call.",
		);
	});

	it("gets the budget that a client asks for in Anthropic's words", () => {
		const json = { model: "m", max_tokens: 20_000, messages: [question] };
		const thinking = { type: "enabled", budget_tokens: 5000 };
		const named = { ...json, model: "claude-opus-4-1", thinking };
		expect(sent(claude, openaiDialect, named)["thinking"]).toEqual(thinking);
		expect(sent(gpt, anthropicDialect, named)["reasoning_effort"]).toBe("medium");
	});

	it("goes on without thinking when the client did not send it back", () => {
		const calls = [{ id: "t1", type: "function", function: { name: "f", arguments: "{}" } }];
		const body = sent(claude, openaiDialect, nextRequest({ role: "assistant", tool_calls: calls }));
		expect(body).not.toHaveProperty("thinking");
	});

	it("keeps its place between the blocks of Anthropic's callers on the way to Claude", () => {
		const json = {
			model: "m",
			max_tokens: 10,
			messages: [
				question,
				{ role: "assistant", content: answer.content },
				{
					role: "user",
					content: [{ type: "tool_result", tool_use_id: "t1", content: "42", is_error: true }],
				},
			],
		};
		const call = anthropicDialect.toChatCall(json);
		// As a provider whose own dialect is another one, such as Bedrock's, would get it.
		const request = claude.encode({
			model: "m",
			stream: false,
			dialect: "bedrock",
			body: "",
			json: {},
			call: () => call,
		});
		expect(JSON.parse(String(request.body)).messages).toEqual([
			{ role: "user", content: [{ type: "text", text: "?" }] },
			...json.messages.slice(1),
		]);
		expect(omissionsOf(call, "anthropic")).toEqual([]);
		expect(omissionsOf(call, "openai")).toEqual(["thinking", "is_error"]);
	});

	it("is left out for models that cannot read it, and nothing else with it", () => {
		const json = {
			model: "m",
			max_tokens: 10,
			messages: [
				question,
				{ role: "assistant", content: answer.content },
				{ role: "user", content: [{ type: "tool_result", tool_use_id: "t1", content: "42" }] },
			],
		};
		const { messages } = sent(gpt, anthropicDialect, json);
		expect(JSON.stringify(messages)).not.toMatch(/Look it up|ZW5j/);
		expect(messages).toMatchObject([
			{ role: "user" },
			{ role: "assistant", content: "One moment.", tool_calls: [{ id: "t1" }] },
			result,
		]);
	});
});
