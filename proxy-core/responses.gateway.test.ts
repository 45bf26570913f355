import { createOpenAI } from "@ai-sdk/openai";
import { generateText } from "ai";
import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { provider as anthropic } from "./providers/anthropic/provider.ts";
import { fakeCredential, startGatewayFixture } from "./testing/gateway-fixture.ts";
import { callChunks, postTo, seenJson, sendInTwo, typedOf } from "./testing/responses-script.ts";
import { testTarget } from "./testing/test-gateway.ts";
import { chunk, sendEvents, sendJson } from "./testing/upstream-script.ts";

const { upstream, gateway, last } = await startGatewayFixture();
const post = postTo(gateway, "/v1/responses");
const seenBody = () => seenJson(upstream);

const client = new OpenAI({
	baseURL: `${gateway.url}/v1`,
	apiKey: gateway.token,
	maxRetries: 0,
});

const model = "test/test-model";
const blockSecrets = { guards: { "secret-leak": { action: "block" } } };
const tool = {
	type: "function",
	name: "weather",
	description: "Tells the weather.",
	parameters: { type: "object", properties: { city: { type: "string" } } },
	strict: false,
} as const;

describe("Responses in front of chat completions", () => {
	test("answer as a response object that the SDK reads", async () => {
		const answer = await client.responses.create({
			model,
			instructions: "Be brief.",
			input: "Hello",
			max_output_tokens: 50,
		});
		expect(answer.output_text).toBe("Hello there.");
		expect(answer).toMatchObject({
			object: "response",
			status: "completed",
			instructions: "Be brief.",
			max_output_tokens: 50,
			usage: { input_tokens: 100, output_tokens: 20, total_tokens: 120 },
		});
		expect(answer.id).toMatch(/^resp_/);
		expect(upstream.seen.at(-1)?.path).toBe("/v1/chat/completions");
		expect(seenBody()).toEqual({
			model: "test-model",
			messages: [
				{ role: "system", content: "Be brief." },
				{ role: "user", content: "Hello" },
			],
			max_completion_tokens: 50,
		});
		expect(last()).toMatchObject({ endpoint: "responses", outcome: "answered", costMicroUsd: 140 });
	});

	test("stream typed events whose numbers rise by one, and the SDK puts them together", async () => {
		upstream.answer(sendEvents(callChunks));
		const stream = client.responses.stream({ model, input: "Weather?", tools: [tool] });
		const numbers: number[] = [];
		const types: string[] = [];
		for await (const event of stream) {
			numbers.push(event.sequence_number);
			types.push(event.type);
		}
		const answer = await stream.finalResponse();
		expect(numbers).toEqual(numbers.map((_, index) => index));
		expect(types.slice(0, 3)).toEqual([
			"response.created",
			"response.in_progress",
			"response.output_item.added",
		]);
		expect(types.at(-1)).toBe("response.completed");
		expect(answer.output_text).toBe("Let me look.");
		expect(answer.output.map(({ type }) => type)).toEqual([
			"reasoning",
			"message",
			"function_call",
			"function_call",
		]);
		expect(answer.output.slice(2)).toMatchObject([
			{ call_id: "call_1", name: "weather", arguments: '{"city":"Paris"}', status: "completed" },
			{ call_id: "call_2", name: "weather", arguments: '{"city":"Rome"}', status: "completed" },
		]);
		expect(answer.usage).toMatchObject({ input_tokens: 100, output_tokens: 20 });
		expect(last()).toMatchObject({ endpoint: "responses", isStreaming: true, costMicroUsd: 140 });
	});

	test("carry calls and their results into one assistant turn and tool messages", async () => {
		await client.responses.create({
			model,
			tools: [tool],
			tool_choice: { type: "function", name: "weather" },
			input: [
				{ role: "user", content: [{ type: "input_text", text: "Weather?" }] },
				{ type: "function_call", call_id: "a", name: "weather", arguments: "{}" },
				{ type: "function_call", call_id: "b", name: "weather", arguments: "{}" },
				{ type: "function_call_output", call_id: "a", output: "sun" },
				{
					type: "function_call_output",
					call_id: "b",
					output: [{ type: "input_text", text: "rain" }],
				},
			],
		});
		expect(seenBody()).toMatchObject({
			messages: [
				{ role: "user", content: "Weather?" },
				{ role: "assistant", content: null, tool_calls: [{ id: "a" }, { id: "b" }] },
				{ role: "tool", tool_call_id: "a", content: "sun" },
				{ role: "tool", tool_call_id: "b", content: "rain" },
			],
			tools: [{ type: "function", function: { name: "weather", strict: false } }],
			tool_choice: { type: "function", function: { name: "weather" } },
		});
	});

	test("ask for JSON of a schema", async () => {
		const schema = { type: "object", properties: { a: { type: "number" } } };
		await client.responses.create({
			model,
			input: "Count",
			text: { format: { type: "json_schema", name: "count", schema, strict: true } },
		});
		expect(seenBody()).toMatchObject({
			response_format: {
				type: "json_schema",
				json_schema: { name: "count", schema, strict: true },
			},
		});
	});

	test.each([
		[{ previous_response_id: "resp_1" }, "previous_response_id"],
		[{ conversation: "conv_1" }, "conversation"],
		[{ tools: [{ type: "web_search" }] }, "tools[0].type"],
		[{ truncation: "auto" }, "truncation"],
		[{ background: true }, "background"],
	])("refuse %j with a 400 that names the field", async (extra, param) => {
		const response = await post({ model, input: "Hello", ...extra });
		expect(response.status).toBe(400);
		expect(await response.json()).toMatchObject({
			error: { code: "unsupported_by_target", param },
		});
	});

	test("end with an error event and no completed one when the provider breaks off", async () => {
		upstream.answer(sendEvents(callChunks.slice(0, 2), "break"));
		const stream = await client.responses.create({ model, input: "Hello", stream: true });
		const types: string[] = [];
		await expect(async () => {
			for await (const event of stream) types.push(event.type);
		}).rejects.toMatchObject({ code: "upstream_interrupted" });
		expect(types).not.toContain("response.completed");
		expect(last().outcome).toBe("failed");
	});

	test("cancel the provider when the caller hangs up", async () => {
		upstream.answer(async (response, { closed }) => {
			response.writeHead(200, { "content-type": "text/event-stream" });
			response.write(`data: ${JSON.stringify(chunk({ content: "one" }))}\n\n`);
			await closed;
		});
		const stream = await client.responses.create({ model, input: "Hello", stream: true });
		for await (const event of stream) if (event.type === "response.output_text.delta") break;
		stream.controller.abort();
		expect(await upstream.seen.at(-1)?.closed).toBe("broken");
	});

	test("end as incomplete when a guard cuts the answer", async () => {
		gateway.change({ settings: blockSecrets });
		const go = Promise.withResolvers<void>();
		const [first, second] = ["Fine so far. ", `${fakeCredential} `].map(
			(content) => `data: ${JSON.stringify(chunk({ content }))}\n\n`,
		);
		upstream.answer(sendInTwo([first ?? ""], [second ?? ""], go.promise));
		const response = await post({ model, input: "Hello", stream: true });
		go.resolve();
		const events = await typedOf(response);
		expect(events.at(-1)).toMatchObject({
			type: "response.incomplete",
			response: { status: "incomplete", incomplete_details: { reason: "content_filter" } },
		});
		expect(JSON.stringify(events)).not.toContain(fakeCredential.slice(8, 40));
	});
});

describe("Responses in front of Anthropic", () => {
	const claude = () => {
		const baseUrl = upstream.baseUrl.replace(/\/v1$/, "");
		const settings = anthropic.settings.parse({ baseUrl, apiKey: "upstream-credential" });
		gateway.change({
			targets: [testTarget(baseUrl, { connector: anthropic.connect(settings), kind: "anthropic" })],
		});
	};
	const said = {
		id: "msg_1",
		type: "message",
		role: "assistant",
		model: "test-model",
		content: [
			{ type: "thinking", thinking: "Weather, then.", signature: "sig-1" },
			{ type: "tool_use", id: "toolu_1", name: "weather", input: { city: "Paris" } },
		],
		stop_reason: "tool_use",
		stop_sequence: null,
		usage: { input_tokens: 60, cache_read_input_tokens: 40, output_tokens: 20 },
	};

	test("keep thinking and its signature through a turn with a call of a tool", async () => {
		claude();
		upstream.answer(sendJson(said));
		const ask = { role: "user", content: "Weather?" } as const;
		const first = await client.responses.create({
			model,
			input: [ask],
			tools: [tool],
			reasoning: { effort: "low" },
			max_output_tokens: 8000,
		});
		expect(first.output).toMatchObject([
			{ type: "reasoning", summary: [{ text: "Weather, then." }] },
			{ type: "function_call", call_id: "toolu_1", arguments: '{"city":"Paris"}' },
		]);
		expect(first.usage).toMatchObject({
			input_tokens: 100,
			input_tokens_details: { cached_tokens: 40 },
		});
		await client.responses.create({
			model,
			input: [
				ask,
				...first.output,
				{ type: "function_call_output", call_id: "toolu_1", output: "sun" },
			] as OpenAI.Responses.ResponseInput,
			tools: [tool],
			reasoning: { effort: "low" },
			max_output_tokens: 8000,
		});
		expect(seenBody()["messages"]).toMatchObject([
			{ role: "user" },
			{ role: "assistant", content: said.content },
			{ role: "user", content: [{ type: "tool_result", tool_use_id: "toolu_1" }] },
		]);
	});

	test("stream its blocks as items", async () => {
		claude();
		const block = (index: number, start: object, ...deltas: object[]) => [
			{ type: "content_block_start", index, content_block: start },
			...deltas.map((delta) => ({ type: "content_block_delta", index, delta })),
			{ type: "content_block_stop", index },
		];
		const events = [
			{ type: "message_start", message: { ...said, content: [], stop_reason: null } },
			...block(
				0,
				{ type: "thinking", thinking: "", signature: "" },
				{ type: "thinking_delta", thinking: "Weather." },
				{ type: "signature_delta", signature: "sig-1" },
			),
			...block(1, { type: "text", text: "" }, { type: "text_delta", text: "Looking." }),
			{
				type: "message_delta",
				delta: { stop_reason: "max_tokens", stop_sequence: null },
				usage: { output_tokens: 20 },
			},
			{ type: "message_stop" },
		];
		upstream.answer(
			sendEvents(events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)),
		);
		const stream = client.responses.stream({ model, input: "Weather?", max_output_tokens: 20 });
		const answer = await stream.finalResponse();
		expect(answer).toMatchObject({
			status: "incomplete",
			incomplete_details: { reason: "max_output_tokens" },
			output: [
				{
					type: "reasoning",
					summary: [{ text: "Weather." }],
					encrypted_content: expect.stringMatching(/sig-1$/),
				},
				{ type: "message", content: [{ text: "Looking." }] },
			],
		});
	});
});

describe("the AI SDK, which points to stored items from the second turn on", () => {
	const openai = createOpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.token });
	const ask = async (store?: boolean) => {
		const options = {
			model: openai.responses(model),
			maxRetries: 0,
			...(store !== undefined && { providerOptions: { openai: { store } } }),
		};
		const hello = { role: "user", content: "Hello" } as const;
		const first = await generateText({ ...options, messages: [hello] });
		const messages = [
			hello,
			...first.response.messages,
			{ role: "user", content: "And?" } as const,
		];
		return generateText({ ...options, messages });
	};

	test("is told which setting to change", async () => {
		await expect(ask()).rejects.toThrow(/`item_reference`.*openai: \{ store: false \}/);
		expect(last()).toMatchObject({ outcome: "refused" });
	});

	test("sends the items themselves once it is set", async () => {
		expect((await ask(false)).text).toBe("Hello there.");
		expect(seenBody()).toMatchObject({
			messages: [
				{ role: "user" },
				{ role: "assistant", content: "Hello there." },
				{ role: "user" },
			],
		});
	});
});
