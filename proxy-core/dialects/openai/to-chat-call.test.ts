import { describe, expect, it } from "vitest";
import { GatewayError } from "../../errors/gateway-error.ts";
import { toChatCall } from "./to-chat-call.ts";

const messages = [{ role: "user", content: "hi" }];
const withMessages = (...list: unknown[]) => toChatCall({ messages: list });

function refusal(json: Record<string, unknown>): readonly [string, string | undefined] {
	try {
		toChatCall(json);
	} catch (error) {
		if (GatewayError.is(error)) return [error.code, error.detail.param];
		throw error;
	}
	throw new Error("accepted");
}

describe("toChatCall", () => {
	it("fills in what the client left to the defaults", () => {
		expect(toChatCall({ model: "m", messages })).toEqual({
			messages: [{ role: "user", parts: [{ type: "text", text: "hi" }] }],
			stream: false,
			tools: [],
			responseFormat: { type: "text" },
			choices: 1,
			stop: [],
			logprobs: false,
			other: {},
		});
	});

	it("reads null as absent", () => {
		const nulls = { temperature: null, tools: null, stop: null, response_format: null, n: null };
		expect(toChatCall({ messages, ...nulls })).toEqual(toChatCall({ messages }));
	});

	it("reads every kind of part", () => {
		const call = withMessages({
			role: "user",
			name: "ann",
			content: [
				{ type: "text", text: "a" },
				{ type: "image_url", image_url: { url: "https://example.com/a.png" } },
				{ type: "image_url", image_url: { url: "data:image/PNG;base64,QUJD", detail: "high" } },
				{ type: "input_audio", input_audio: { data: "QUJD", format: "wav" } },
				{
					type: "file",
					file: { filename: "a.pdf", file_data: "data:application/pdf;base64,QUJD" },
				},
				{ type: "file", file: { file_id: "file-1" } },
			],
		});
		expect(call.messages).toEqual([
			{
				role: "user",
				name: "ann",
				parts: [
					{ type: "text", text: "a" },
					{ type: "image", source: { kind: "url", url: "https://example.com/a.png" } },
					{
						type: "image",
						source: { kind: "data", mediaType: "image/png", base64: "QUJD" },
						detail: "high",
					},
					{ type: "audio", base64: "QUJD", format: "wav" },
					{ type: "file", name: "a.pdf", mediaType: "application/pdf", base64: "QUJD" },
					{ type: "file", fileId: "file-1" },
				],
			},
		]);
	});

	it("keeps tool calls with their signature, results and refusals", () => {
		const call = withMessages(
			{ role: "developer", content: "be brief" },
			{
				role: "assistant",
				content: null,
				refusal: "no",
				tool_calls: [
					{
						id: "c1",
						type: "function",
						function: { name: "f", arguments: '{"a":1}' },
						extra_content: { google: { thought_signature: "sig" } },
					},
				],
			},
			{ role: "tool", tool_call_id: "c1", content: [{ type: "text", text: "r" }] },
		);
		expect(call.messages).toEqual([
			{ role: "system", parts: [{ type: "text", text: "be brief" }] },
			{
				role: "assistant",
				parts: [],
				refusal: "no",
				toolCalls: [{ id: "c1", name: "f", arguments: '{"a":1}', signature: "sig" }],
			},
			{ role: "tool", callId: "c1", parts: [{ type: "text", text: "r" }] },
		]);
	});

	it("reads every form of tool_choice, stop, limits and effort", () => {
		const tools = [{ type: "function", function: { name: "f" } }];
		const choice = (tool_choice: unknown) =>
			toChatCall({ messages, tools, tool_choice }).toolChoice;
		expect(["auto", "none", "required"].map(choice)).toEqual([
			{ type: "auto" },
			{ type: "none" },
			{ type: "required" },
		]);
		expect(choice({ type: "function", function: { name: "f" } })).toEqual({
			type: "tool",
			name: "f",
		});
		expect(toChatCall({ messages, stop: "x" }).stop).toEqual(["x"]);
		expect(toChatCall({ messages, stop: ["x", "y"] }).stop).toEqual(["x", "y"]);
		expect(toChatCall({ messages, max_tokens: 5 }).maxOutputTokens).toBe(5);
		expect(toChatCall({ messages, max_tokens: 5, max_completion_tokens: 7 }).maxOutputTokens).toBe(
			7,
		);
		expect(toChatCall({ messages, reasoning_effort: "xhigh" }).reasoningEffort).toBe("high");
		expect(toChatCall({ messages, temperature: 0 }).temperature).toBe(0);
	});

	it("keeps unknown fields in `other`, without those that ask for nothing", () => {
		const call = toChatCall({
			messages,
			model: "m",
			stream_options: {},
			metadata: { a: 1 },
			service_tier: "auto",
			logit_bias: {},
			modalities: ["text"],
			web_search_options: {},
			top_k: 5,
		});
		expect(call.other).toEqual({ web_search_options: {}, top_k: 5 });
	});

	it.each([
		[{}, "messages"],
		[{ messages: [] }, "messages"],
		[{ messages: {} }, "messages"],
		[{ messages: ["hi"] }, "messages[0]"],
		[{ messages: [{ role: "king", content: "" }] }, "messages[0].role"],
		[{ messages: [...messages, { role: "user" }] }, "messages[1].content"],
		[{ messages: [{ role: "user", content: 5 }] }, "messages[0].content"],
		[{ messages: [{ role: "user", content: [{ type: "x" }] }] }, "messages[0].content[0].type"],
		[{ messages: [{ role: "user", content: [{ type: "text" }] }] }, "messages[0].content[0].text"],
		[
			{
				messages: [
					{ role: "user", content: [{ type: "image_url", image_url: { url: "file:///etc" } }] },
				],
			},
			"messages[0].content[0].image_url.url",
		],
		[{ messages: [{ role: "tool", content: "x" }] }, "messages[0].tool_call_id"],
		[
			{ messages: [{ role: "assistant", tool_calls: [{ id: "a", function: {} }] }] },
			"messages[0].tool_calls[0].function.name",
		],
		[{ messages, temperature: "hot" }, "temperature"],
		[{ messages, temperature: 3 }, "temperature"],
		[{ messages, n: 0 }, "n"],
		[{ messages, n: 1.5 }, "n"],
		[{ messages, stream: "yes" }, "stream"],
		[{ messages, stop: [1] }, "stop[0]"],
		[{ messages, tool_choice: "maybe" }, "tool_choice"],
		[
			{ messages, tool_choice: { type: "function", function: { name: "f" } } },
			"tool_choice.function.name",
		],
		[{ messages, tools: [{ type: "function", function: {} }] }, "tools[0].function.name"],
		[{ messages, response_format: { type: "xml" } }, "response_format.type"],
		[
			{ messages, response_format: { type: "json_schema", json_schema: {} } },
			"response_format.json_schema.schema",
		],
		[{ messages, reasoning_effort: "huge" }, "reasoning_effort"],
	])("refuses %j and names %s", (json, param) => {
		expect(refusal(json)).toEqual(["request.invalid", param]);
	});

	it.each([
		[{ messages, functions: [] }, "functions"],
		[{ messages, function_call: "auto" }, "function_call"],
		[{ messages: [{ role: "function", name: "f", content: "x" }] }, "messages[0].role"],
		[{ messages, tools: [{ type: "custom", custom: {} }] }, "tools[0].type"],
	])("calls %j unsupported and names %s", (json, param) => {
		expect(refusal(json)).toEqual(["request.unsupported", param]);
	});
});
