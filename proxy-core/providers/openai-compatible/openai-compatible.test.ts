import { describe, expect, it } from "vitest";
import {
	encoded,
	encodeInput,
	messages,
	refusalOf,
	sse,
	streamed,
	usageIn,
} from "../__fixtures__/play.ts";
import { provider as azureProvider } from "../azure/provider.ts";
import { provider as mistral } from "../mistral/provider.ts";
import { provider as openai } from "../openai/provider.ts";
import { provider as custom } from "./provider.ts";

const connector = openai.connect(openai.settings.parse({ apiKey: "sk-test" }));

describe("encoding", () => {
	it("forwards a body as sent but for the model", () => {
		const body = '{ "messages":[],"seed":12345678901234567890, "model" : "alias", "x":1e400 }';
		expect(connector.encode(encodeInput({}, { body })).body).toBe(
			'{ "messages":[],"seed":12345678901234567890, "model" : "upstream-model", "x":1e400 }',
		);
	});

	it("asks every stream for usage and keeps the client's other stream options", () => {
		const options = encoded(
			connector,
			{ stream: true, stream_options: { include_usage: false, x: 1 } },
			{ stream: true },
		);
		expect(options["stream_options"]).toEqual({ include_usage: true, x: 1 });
		expect(encoded(connector, {})).not.toHaveProperty("stream_options");
	});

	it("refuses stream options that are no object", () => {
		const run = () => encoded(connector, { stream_options: "x" }, { stream: true });
		expect(refusalOf(run)).toEqual(["request.invalid", "stream_options"]);
	});

	it("speaks for callers of another dialect through the canonical form", () => {
		const json = {
			messages: [
				{ role: "system", content: "s" },
				{
					role: "user",
					content: [{ type: "image_url", image_url: { url: "data:image/png;base64,QQ==" } }],
				},
				{
					role: "assistant",
					content: null,
					tool_calls: [{ id: "c", type: "function", function: { name: "f", arguments: "{}" } }],
				},
				{ role: "tool", tool_call_id: "c", content: "r" },
			],
			tools: [{ type: "function", function: { name: "f", strict: true } }],
			tool_choice: { type: "function", function: { name: "f" } },
			stop: ["x"],
			reasoning_effort: "low",
			max_completion_tokens: 5,
		};
		expect(encoded(connector, json, { dialect: "anthropic", stream: true })).toEqual({
			...json,
			model: "upstream-model",
			stream: true,
			stream_options: { include_usage: true },
		});
	});

	it("sends no authorization to a server without a key", () => {
		const open = custom.connect(custom.settings.parse({ baseUrl: "http://localhost:8000/v1" }));
		expect(open.encode(encodeInput({})).headers).not.toHaveProperty("authorization");
	});
});

describe("decoding", () => {
	const usage = (given: unknown) =>
		usageIn(connector.decode(JSON.stringify({ choices: [], usage: given })).events);

	it.each([
		[
			{ prompt_tokens: 0, completion_tokens: 0 },
			{ inputTokens: 0, outputTokens: 0 },
		],
		[
			{ prompt_tokens: 5, total_tokens: 9 },
			{ inputTokens: 5, outputTokens: 4 },
		],
		[
			{ prompt_tokens: 5, completion_tokens: 2, prompt_cache_hit_tokens: 3 },
			{ inputTokens: 5, outputTokens: 2, cachedInputTokens: 3 },
		],
		[
			{
				prompt_tokens: 5,
				completion_tokens: 2,
				total_tokens: 17,
				completion_tokens_details: { reasoning_tokens: 10 },
			},
			{ inputTokens: 5, outputTokens: 12, reasoningTokens: 10 },
		],
		[
			{
				prompt_tokens: 5,
				completion_tokens: 12,
				total_tokens: 17,
				completion_tokens_details: { reasoning_tokens: 10 },
			},
			{ inputTokens: 5, outputTokens: 12, reasoningTokens: 10 },
		],
	])("normalises usage %j", (given, expected) => {
		expect(usage(given)).toEqual({ ...expected, estimated: false });
	});

	it.each([
		[null],
		[{}],
		[{ prompt_tokens: 5 }],
		[{ prompt_tokens: -1, completion_tokens: 2 }],
		["x"],
	])("takes usage %j for not reported", (given) => {
		expect(usage(given)).toBeUndefined();
	});

	it("turns an error inside a stream into an event", () => {
		const { events, complete } = streamed(
			connector,
			sse(
				{ id: "a", choices: [{ index: 0, delta: { content: "x" } }] },
				{ error: { message: "overloaded", code: 502 } },
			),
		);
		expect(events.at(-1)).toEqual({ type: "error", message: "overloaded", code: "502" });
		expect(complete).toBe(false);
	});

	it("takes an end for every choice for complete when [DONE] is missing", () => {
		const end = (index: number) => ({
			id: "a",
			choices: [{ index, delta: {}, finish_reason: "stop" }],
		});
		const open = { id: "a", choices: [{ index: 1, delta: { content: "x" } }] };
		expect(streamed(connector, sse(open, end(0))).complete).toBe(false);
		expect(streamed(connector, sse(open, end(0), end(1))).complete).toBe(true);
	});

	it("tolerates a first chunk without choices, id or model", () => {
		const { events } = streamed(
			connector,
			sse(
				{ id: "", model: "", choices: [], prompt_filter_results: [] },
				{
					id: "a",
					model: "m",
					choices: [{ index: 0, delta: { content: "x" }, finish_reason: "content_filter" }],
				},
				"[DONE]",
			),
		);
		expect(events).toEqual([
			{ type: "start", id: "a", model: "m" },
			{ type: "text", choice: 0, text: "x" },
			{ type: "end", choice: 0, reason: "filtered" },
		]);
	});

	it("tells calls apart although the upstream gives each index 0, and announces each once", () => {
		const call = (id: string) => ({
			id: "a",
			choices: [
				{
					index: 0,
					delta: { tool_calls: [{ index: 0, id, function: { name: id, arguments: "{}" } }] },
				},
			],
		});
		const { events } = streamed(connector, sse(call("one"), call("one"), call("two"), "[DONE]"));
		const starts = events.filter((event) => event.type === "tool-start");
		expect(starts.map(({ id, index }) => [id, index])).toEqual([
			["one", 0],
			["two", 1],
		]);
	});

	it("removes log probabilities and every copy of a text that is edited", () => {
		const body = JSON.stringify({
			id: "a",
			choices: [
				{
					index: 0,
					message: {
						content: "secret",
						reasoning: "think",
						reasoning_content: "think",
						reasoning_details: [{ text: "think" }],
					},
					logprobs: { content: [{ token: "secret" }] },
				},
			],
		});
		const { events, wire } = connector.decode(body);
		const edited = events.map((event) => ("text" in event ? { ...event, text: "***" } : event));
		const rewritten = wire?.rewrite(edited, true);
		expect(rewritten).not.toMatch(/secret|think"/);
		expect(rewritten).not.toContain("logprobs");
		expect(rewritten).toContain('"content":"***"');
	});

	it.each([
		'{"id":"a","choices":[{"index":0,"delta":{"content":"x"}}],"usage":null}',
		'{"id":"a","usage":null,"choices":[{"index":0,"delta":{"content":"x"}}]}',
		'{"id":"a","choices":[{"index":0,"delta":{"content":"x"}}],"usage":{"prompt_tokens":1}}',
	])("drops usage on demand and nothing else, from %s", (data) => {
		const [frame] = connector.decodeStream().push(new TextEncoder().encode(`data: ${data}\n\n`));
		expect(frame?.wire?.rewrite(frame.events, false)).toBe(
			'{"id":"a","choices":[{"index":0,"delta":{"content":"x"}}]}',
		);
	});

	it("reads content parts and thinking as Mistral sends them", () => {
		const content = [
			{ type: "thinking", thinking: [{ type: "text", text: "hm" }] },
			{ type: "text", text: "hi" },
		];
		const { events } = connector.decode(JSON.stringify({ choices: [{ message: { content } }] }));
		expect(events.slice(1)).toEqual([
			{ type: "reasoning", choice: 0, text: "hm" },
			{ type: "text", choice: 0, text: "hi" },
		]);
	});

	it("lists models from an object or a bare list", () => {
		expect(connector.models.parse('{"data":[{"id":"a"},{"x":1},{"id":"b"}]}')).toEqual(["a", "b"]);
		expect(connector.models.parse('[{"id":"a"}]')).toEqual(["a"]);
	});
});

describe("Azure", () => {
	const azure = (apiVersion?: string) =>
		azureProvider.connect(
			azureProvider.settings.parse({
				baseUrl: "https://r.openai.azure.com",
				apiKey: "k",
				...(apiVersion && { apiVersion }),
			}),
		);

	it("names the deployment in the path, or in the body for v1", () => {
		const dated = azure().encode(encodeInput({}, { model: "my-gpt.4_1" }));
		expect(dated.path).toBe(
			"/openai/deployments/my-gpt.4_1/chat/completions?api-version=2024-10-21",
		);
		expect(dated.headers).toMatchObject({ "api-key": "k" });
		const v1 = azure("v1").encode(encodeInput({}, { model: "my-gpt" }));
		expect(v1.path).toBe("/openai/v1/chat/completions");
		expect(JSON.parse(String(v1.body))).toEqual({ messages, model: "my-gpt" });
	});

	it.each(["a#b", "a?b", "a/b", "..", ".", "a%2fb", "", "a\\b", "a b"])(
		"refuses the deployment %j",
		(model) => {
			expect(refusalOf(() => azure().encode(encodeInput({}, { model })))).toEqual([
				"request.invalid",
				"model",
			]);
		},
	);

	it("reads a content filter's error", () => {
		const body = JSON.stringify({
			error: { code: "content_filter", message: "filtered", param: "prompt", innererror: {} },
		});
		expect(azure().decodeFault(400, body)).toEqual({
			message: "filtered",
			code: "content_filter",
			param: "prompt",
		});
	});

	it("refuses a made-up API version", () => {
		expect(
			azureProvider.settings.safeParse({ baseUrl: "https://a.b", apiKey: "k", apiVersion: "1&x=2" })
				.success,
		).toBe(false);
	});
});

describe("a provider that knows only the old name of the output limit", () => {
	const oldName = mistral.connect(mistral.settings.parse({ apiKey: "k" }));

	it("gets the limit under that name, once", () => {
		const newName = encodeInput({ max_completion_tokens: 7 }, {});
		const both = encodeInput({ max_completion_tokens: 7, max_tokens: 9 }, {});
		for (const input of [newName, both]) {
			const sent = JSON.parse(String(oldName.encode(input).body));
			expect(sent.max_tokens).toBe(7);
			expect(sent).not.toHaveProperty("max_completion_tokens");
		}
	});
});
