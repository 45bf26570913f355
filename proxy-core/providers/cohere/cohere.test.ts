import { describe, expect, it } from "vitest";
import { encoded, encodeInput, refusalOf, sse, streamed, usageIn } from "../__fixtures__/play.ts";
import { provider } from "./provider.ts";

const connector = provider.connect(provider.settings.parse({ apiKey: "co-test" }));
const tool = (name: string) => ({ type: "function", function: { name } });
const call = (name: string) => ({ type: "function", function: { name } });

describe("encoding", () => {
	it("sends to the second version of the API, with or without it in the base URL", () => {
		const { path, headers } = connector.encode(encodeInput({}));
		expect([path, headers["authorization"]]).toEqual(["/v2/chat", "Bearer co-test"]);
		const old = provider.settings.parse({ apiKey: "k", baseUrl: "https://api.cohere.com/v1" });
		expect(provider.connect(old).baseUrl).toBe("https://api.cohere.com");
	});

	it("forwards a body of its own dialect as sent but for the model", () => {
		const body = '{ "model":"alias","safety_mode":"NONE","messages":[] }';
		expect(connector.encode(encodeInput({}, { dialect: "cohere", body })).body).toBe(
			'{ "model":"upstream-model","safety_mode":"NONE","messages":[] }',
		);
	});

	it("maps limits, formats and thinking", () => {
		const body = encoded(connector, {
			max_tokens: 5,
			temperature: 0,
			top_p: 1,
			seed: 3,
			stop: "x",
			frequency_penalty: 0.5,
			response_format: { type: "json_object" },
			reasoning_effort: "low",
		});
		expect(body).toMatchObject({
			max_tokens: 5,
			temperature: 0,
			p: 0.99,
			seed: 3,
			stop_sequences: ["x"],
			frequency_penalty: 0.5,
			response_format: { type: "json_object" },
			thinking: { type: "enabled", token_budget: 2048 },
		});
		expect(encoded(connector, { reasoning_effort: "none" })["thinking"]).toEqual({
			type: "disabled",
		});
		expect(encoded(connector, { reasoning_effort: "high" })["thinking"]).toEqual({
			type: "enabled",
		});
	});

	it.each([
		[{ n: 2 }, "n"],
		[{ logprobs: true }, "logprobs"],
		[{ temperature: 1.1 }, "temperature"],
		[{ frequency_penalty: -0.1 }, "frequency_penalty"],
		[{ presence_penalty: 1.5 }, "presence_penalty"],
		[{ tools: [tool("f")], parallel_tool_calls: false }, "parallel_tool_calls"],
		[{ tools: [tool("f"), tool("g")], tool_choice: call("f") }, "tool_choice"],
		[{ top_k: 3 }, "top_k"],
	])("cannot express %j and names %s", (json, param) => {
		expect(refusalOf(() => encoded(connector, json))).toEqual(["request.unsupported", param]);
	});

	it("chooses tools", () => {
		const choice = (tool_choice: unknown) =>
			encoded(connector, { tools: [tool("f")], tool_choice })["tool_choice"];
		expect(["auto", "none", "required", call("f")].map(choice)).toEqual([
			undefined,
			"NONE",
			"REQUIRED",
			"REQUIRED",
		]);
	});

	it("refuses audio, and arguments that are no object", () => {
		const audio = { type: "input_audio", input_audio: { data: "QUJD", format: "wav" } };
		const spoken = { messages: [{ role: "user", content: [audio] }] };
		expect(refusalOf(() => encoded(connector, spoken))).toEqual([
			"request.unsupported",
			"messages[0].content",
		]);
		const broken = { id: "c", type: "function", function: { name: "f", arguments: "[1]" } };
		const called = { messages: [{ role: "assistant", content: null, tool_calls: [broken] }] };
		expect(refusalOf(() => encoded(connector, called))[0]).toBe("request.invalid");
	});
});

describe("decoding", () => {
	const end = (delta: object) => streamed(connector, sse({ type: "message-end", delta }));

	it.each([
		["COMPLETE", "stop"],
		["STOP_SEQUENCE", "stop"],
		["MAX_TOKENS", "length"],
		["TOOL_CALL", "tool-calls"],
		["SOMETHING_NEW", "stop"],
	])("reads the end %s as %s", (finish_reason, reason) => {
		expect(end({ finish_reason })).toEqual({
			events: [{ type: "end", choice: 0, reason }],
			complete: true,
		});
	});

	it("takes an end in failure for an error, with its reason", () => {
		expect(end({ finish_reason: "ERROR", error: "out of memory" }).events).toEqual([
			{ type: "error", message: "out of memory", code: "ERROR" },
		]);
		expect(end({ finish_reason: "TIMEOUT" }).events[0]).toMatchObject({ code: "TIMEOUT" });
	});

	it("counts what is billed, and what was processed where nothing is", () => {
		const billed = { input_tokens: 5, output_tokens: 0 };
		const tokens = { input_tokens: 70, output_tokens: 9 };
		const usage = (given: object) =>
			usageIn(end({ finish_reason: "COMPLETE", usage: given }).events);
		expect(usage({ billed_units: billed, tokens, cached_tokens: 64 })).toEqual({
			inputTokens: 5,
			outputTokens: 0,
			cachedInputTokens: 5,
			estimated: false,
		});
		expect(usage({ tokens })).toMatchObject({ inputTokens: 70, outputTokens: 9 });
		expect(usage({ tokens: { input_tokens: 70 } })).toBeUndefined();
	});

	it("keeps what follows the last event out", () => {
		const text = sse({ type: "message-end", delta: { finish_reason: "COMPLETE" } }, "[DONE]");
		expect(streamed(connector, text).complete).toBe(true);
	});

	it("reads error bodies and lists models", () => {
		expect(connector.decodeFault(429, '{"id":"x","message":"slow down"}').message).toBe(
			"slow down",
		);
		const body = '{"models":[{"name":"command-a","endpoints":["chat"]},{"name":"embed-v4"}]}';
		expect(connector.models.parse(body)).toEqual(["command-a", "embed-v4"]);
	});
});
