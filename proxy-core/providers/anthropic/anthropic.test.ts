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
import { provider } from "./provider.ts";

const connector = provider.connect(provider.settings.parse({ apiKey: "k" }));
const tools = [{ type: "function", function: { name: "f" } }];

describe("encoding", () => {
	it.each([
		[{ n: 2 }, "n"],
		[{ logprobs: true }, "logprobs"],
		[{ seed: 1 }, "seed"],
		[{ frequency_penalty: 1 }, "frequency_penalty"],
		[{ presence_penalty: 1 }, "presence_penalty"],
		[{ temperature: 1.5 }, "temperature"],
		[{ response_format: { type: "json_object" } }, "response_format"],
		[{ logit_bias: { 1: 2 } }, "logit_bias"],
		[
			{
				messages: [
					{
						role: "user",
						content: [{ type: "input_audio", input_audio: { data: "", format: "wav" } }],
					},
				],
			},
			"messages[0].content",
		],
		[
			{
				messages: [
					...messages,
					{ role: "user", content: [{ type: "file", file: { file_id: "x" } }] },
				],
			},
			"messages[1].content",
		],
	])("cannot express %j and names %s", (json, param) => {
		expect(refusalOf(() => encoded(connector, json))).toEqual(["request.unsupported", param]);
	});

	it("refuses tool arguments that are no object", () => {
		const call = { id: "c", type: "function", function: { name: "f", arguments: "[1]" } };
		const json = { messages: [{ role: "assistant", content: null, tool_calls: [call] }] };
		expect(refusalOf(() => encoded(connector, json))).toEqual([
			"request.invalid",
			"messages[0].tool_calls[0].function.arguments",
		]);
	});

	it.each([
		["auto", true, { type: "auto" }],
		["auto", false, { type: "auto", disable_parallel_tool_use: true }],
		["required", false, { type: "any", disable_parallel_tool_use: true }],
		["none", false, { type: "none" }],
		[{ type: "function", function: { name: "f" } }, true, { type: "tool", name: "f" }],
	])("maps tool_choice %j with parallel calls %j", (tool_choice, parallel_tool_calls, expected) => {
		const body = encoded(connector, { tools, tool_choice, parallel_tool_calls });
		expect(body["tool_choice"]).toEqual(expected);
	});

	it("gives effort to models that think adaptively and a budget to older ones", () => {
		const body = (model: string, json: Record<string, unknown>) =>
			encoded(connector, json, { model });
		expect(body("claude-opus-5-5", { reasoning_effort: "minimal" })).toMatchObject({
			thinking: { type: "adaptive" },
			output_config: { effort: "low" },
		});
		expect(body("claude-opus-4-6", { reasoning_effort: "none" })).toMatchObject({
			thinking: { type: "disabled" },
		});
		for (const model of [
			"claude-haiku-4-5-20251001",
			"claude-sonnet-4-20250514",
			"claude-opus-4-1",
			"claude-3-7-sonnet-latest",
		])
			expect(body(model, { reasoning_effort: "medium" })["thinking"], model).toEqual({
				type: "enabled",
				budget_tokens: 8192,
			});
		expect(
			body("claude-haiku-4-5", { reasoning_effort: "high", max_tokens: 2000 })["thinking"],
		).toEqual({
			type: "enabled",
			budget_tokens: 1600,
		});
		expect(body("claude-haiku-4-5", {})).not.toHaveProperty("thinking");
	});

	it("leaves thinking out where the API would refuse it", () => {
		const effort = { reasoning_effort: "high", tools, tool_choice: "required" };
		expect(encoded(connector, effort, { model: "claude-haiku-4-5" })).not.toHaveProperty(
			"thinking",
		);
		const adaptive = encoded(connector, effort, { model: "claude-opus-5" });
		expect(adaptive).not.toHaveProperty("thinking");
		expect(adaptive["output_config"]).toEqual({ effort: "high" });
		expect(
			refusalOf(() =>
				encoded(
					connector,
					{ reasoning_effort: "low", max_tokens: 100 },
					{ model: "claude-haiku-4-5" },
				),
			),
		).toEqual(["request.unsupported", "reasoning_effort"]);
	});

	it("always sends a limit, the caller's when there is one", () => {
		const limit = (model: string) => encoded(connector, {}, { model })["max_tokens"];
		expect(limit("claude-3-haiku-20240307")).toBe(4096);
		expect(limit("claude-3-5-sonnet-latest")).toBe(8192);
		expect(limit("claude-opus-4-1")).toBe(32_000);
		expect(limit("claude-sonnet-5")).toBe(64_000);
		expect(encoded(connector, { max_tokens: 7 })["max_tokens"]).toBe(7);
	});

	it("sends PDF and text files as documents and images by address", () => {
		const content = [
			{ type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,QUJD" } },
			{ type: "file", file: { file_data: "data:text/plain;base64,w7w=" } },
			{ type: "image_url", image_url: { url: "https://example.com/a.png" } },
			{ type: "text", text: "" },
		];
		expect(encoded(connector, { messages: [{ role: "user", content }] })["messages"]).toEqual([
			{
				role: "user",
				content: [
					{
						type: "document",
						title: "a.pdf",
						source: { type: "base64", media_type: "application/pdf", data: "QUJD" },
					},
					{ type: "document", source: { type: "text", media_type: "text/plain", data: "ü" } },
					{ type: "image", source: { type: "url", url: "https://example.com/a.png" } },
				],
			},
		]);
	});

	it("forwards its own dialect as sent", () => {
		const body =
			'{"model":"alias","messages":[{"content":[{"type":"thinking","signature":"a\\/b"}]}]}';
		expect(connector.encode(encodeInput({}, { dialect: "anthropic", body })).body).toBe(
			body.replace("alias", "upstream-model"),
		);
	});
});

describe("decoding", () => {
	it.each([
		["end_turn", "stop"],
		["stop_sequence", "stop"],
		["pause_turn", "stop"],
		["max_tokens", "length"],
		["model_context_window_exceeded", "length"],
		["tool_use", "tool-calls"],
		["refusal", "filtered"],
	])("reads the stop reason %s as %s", (stop_reason, reason) => {
		const { events } = connector.decode(JSON.stringify({ content: [], stop_reason }));
		expect(events).toContainEqual({ type: "end", choice: 0, reason });
	});

	it("adds cache reads and writes to the input, and keeps zero apart from missing", () => {
		const usage = (given: unknown) =>
			usageIn(connector.decode(JSON.stringify({ content: [], usage: given })).events);
		expect(usage({ input_tokens: 1, output_tokens: 0 })).toEqual({
			inputTokens: 1,
			outputTokens: 0,
			estimated: false,
		});
		expect(
			usage({
				input_tokens: 0,
				output_tokens: 2,
				cache_read_input_tokens: 0,
				cache_creation_input_tokens: 7,
			}),
		).toEqual({
			inputTokens: 7,
			outputTokens: 2,
			cachedInputTokens: 0,
			cacheWriteTokens: 7,
			estimated: false,
		});
		expect(usage({ input_tokens: 1 })).toBeUndefined();
	});

	it("turns an error in mid-stream into an event and stays incomplete", () => {
		const error = { type: "error", error: { type: "overloaded_error", message: "Overloaded" } };
		const { events, complete } = streamed(
			connector,
			sse({ type: "message_start", message: { id: "m" } }, error),
		);
		expect(events.at(-1)).toEqual({
			type: "error",
			message: "Overloaded",
			code: "overloaded_error",
		});
		expect(complete).toBe(false);
	});

	it("passes over event types it does not know", () => {
		expect(streamed(connector, sse({ type: "news" }, { type: "message_stop" }))).toEqual({
			events: [],
			complete: true,
		});
	});

	it("reads error bodies", () => {
		const body =
			'{"type":"error","error":{"type":"invalid_request_error","message":"bad"},"request_id":"r"}';
		expect(connector.decodeFault(400, body)).toEqual({
			message: "bad",
			type: "invalid_request_error",
		});
	});
});
