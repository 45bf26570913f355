import { describe, expect, it } from "vitest";
import type { ChatCall } from "../../contract/chat.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import { toChatCall } from "./to-chat-call.ts";

const base = { model: "m", max_tokens: 10 };
const hello = [{ role: "user", content: "hi" }];

function call(json: Record<string, unknown>): ChatCall {
	return toChatCall({ ...base, messages: hello, ...json });
}

function user(...content: readonly unknown[]): Record<string, unknown> {
	return { messages: [{ role: "user", content }] };
}

function refusal(json: Record<string, unknown>): readonly [string, string | undefined] {
	try {
		call(json);
	} catch (error) {
		if (GatewayError.is(error)) return [error.code, error.detail.param];
		throw error;
	}
	throw new Error("nothing was refused");
}

describe("a Messages request in canonical form", () => {
	it("has the system prompt first and every parameter at its place", () => {
		expect(
			call({
				system: [{ type: "text", text: "terse" }],
				stream: true,
				temperature: 0.5,
				top_p: 0.9,
				stop_sequences: ["END"],
				metadata: { user_id: "u1" },
			}),
		).toEqual({
			messages: [
				{ role: "system", parts: [{ type: "text", text: "terse" }] },
				{ role: "user", parts: [{ type: "text", text: "hi" }] },
			],
			stream: true,
			tools: [],
			responseFormat: { type: "text" },
			choices: 1,
			maxOutputTokens: 10,
			temperature: 0.5,
			topP: 0.9,
			stop: ["END"],
			logprobs: false,
			user: "u1",
			other: {},
		});
	});

	it("splits tool results from what the person says beside them, and keeps failures and images", () => {
		const image = {
			type: "image",
			source: { type: "base64", media_type: "image/png", data: "QQ" },
		};
		const { messages } = call({
			messages: [
				...hello,
				{
					role: "assistant",
					content: [
						{ type: "text", text: "Looking." },
						{ type: "tool_use", id: "t1", name: "f", input: { a: 1 } },
						{ type: "tool_use", id: "t2", name: "g", input: {} },
					],
				},
				{
					role: "user",
					content: [
						{ type: "text", text: "and?" },
						{ type: "tool_result", tool_use_id: "t1", content: [image] },
						{ type: "tool_result", tool_use_id: "t2", content: "boom", is_error: true },
					],
				},
			],
		});
		expect(messages.slice(1)).toEqual([
			{
				role: "assistant",
				parts: [{ type: "text", text: "Looking." }],
				toolCalls: [
					{ id: "t1", name: "f", arguments: '{"a":1}' },
					{ id: "t2", name: "g", arguments: "{}" },
				],
			},
			{
				role: "tool",
				callId: "t1",
				parts: [{ type: "image", source: { kind: "data", mediaType: "image/png", base64: "QQ" } }],
			},
			{ role: "tool", callId: "t2", parts: [{ type: "text", text: "boom" }], isError: true },
			{ role: "user", parts: [{ type: "text", text: "and?" }] },
		]);
	});

	it("keeps thinking with its proof and its place among the blocks", () => {
		const { messages } = call({
			messages: [
				{
					role: "assistant",
					content: [
						{ type: "thinking", thinking: "one", signature: "s1" },
						{ type: "text", text: "a" },
						{ type: "redacted_thinking", data: "enc" },
						{ type: "tool_use", id: "t", name: "f", input: {} },
					],
				},
				{ role: "user", content: [{ type: "tool_result", tool_use_id: "t" }] },
			],
		});
		expect(messages[0]).toMatchObject({
			reasoning: [
				{ text: "one", signature: "s1" },
				{ text: "", signature: "enc", isRedacted: true, position: 1 },
			],
		});
	});

	it("reads documents and search results as the text that they are", () => {
		const text = { type: "text", media_type: "text/plain", data: "body" };
		const pdf = { type: "base64", media_type: "application/pdf", data: "QQ" };
		const { messages } = call(
			user(
				{ type: "document", title: "T", context: "C", source: text },
				{ type: "document", title: "P", source: pdf },
				{ type: "search_result", title: "R", source: "s", content: [{ type: "text", text: "x" }] },
			),
		);
		expect(messages[0]?.parts).toEqual([
			{ type: "text", text: "T\nC" },
			{ type: "text", text: "body" },
			{ type: "file", name: "P", mediaType: "application/pdf", base64: "QQ" },
			{ type: "text", text: "R\ns" },
			{ type: "text", text: "x" },
		]);
	});

	it("keeps numbers that a double cannot hold", () => {
		const text = `{"model":"m","max_tokens":1e1,"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{"id":12345678901234567890}}]},{"role":"user","content":"x"}]}`;
		const [first] = toChatCall(JSON.parse(text), text).messages;
		expect(first).toMatchObject({ toolCalls: [{ arguments: '{"id":12345678901234567890}' }] });
	});

	it.each([
		[{ type: "auto" }, { toolChoice: { type: "auto" } }],
		[{ type: "any" }, { toolChoice: { type: "required" } }],
		[{ type: "none" }, { toolChoice: { type: "none" } }],
		[
			{ type: "tool", name: "f", disable_parallel_tool_use: true },
			{ toolChoice: { type: "tool", name: "f" }, parallelToolCalls: false },
		],
	])("reads the choice of tools %j", (tool_choice, expected) => {
		const tools = [{ name: "f", description: "d", input_schema: { type: "object" }, strict: true }];
		expect(call({ tools, tool_choice })).toMatchObject({
			tools: [{ name: "f", description: "d", parameters: { type: "object" }, strict: true }],
			...expected,
		});
	});

	it.each([
		[{ thinking: { type: "enabled", budget_tokens: 1024 } }, "low"],
		[{ thinking: { type: "enabled", budget_tokens: 8192 } }, "medium"],
		[{ thinking: { type: "enabled", budget_tokens: 31_999 } }, "high"],
		[{ thinking: { type: "adaptive" } }, undefined],
		[{ thinking: { type: "adaptive" }, output_config: { effort: "low" } }, "low"],
		[{ output_config: { effort: "max" } }, "high"],
		[{ thinking: { type: "disabled" } }, undefined],
	])("reads how hard to think: %j", (json, effort) => {
		expect(call(json).reasoningEffort).toBe(effort);
	});

	it("keeps a budget of thinking tokens as it was said", () => {
		const thinking = { type: "enabled", budget_tokens: 5000 };
		expect(call({ thinking }).reasoningTokensMax).toBe(5000);
		expect(call({ thinking: { type: "adaptive" } })).not.toHaveProperty("reasoningTokensMax");
	});

	it("demands a schema strictly only where every provider can", () => {
		const closed = {
			type: "object",
			properties: { a: { type: "string" } },
			required: ["a"],
			additionalProperties: false,
		};
		const format = (schema: unknown) =>
			call({ output_config: { format: { type: "json_schema", schema } } }).responseFormat;
		expect(format(closed)).toEqual({
			type: "json-schema",
			name: "answer",
			schema: closed,
			strict: true,
		});
		expect(format({ ...closed, required: [] })).not.toHaveProperty("strict");
		expect(
			call({ output_format: { type: "json_schema", schema: closed } }).responseFormat.type,
		).toBe("json-schema");
	});

	it("hashes an end user's id that is too long for other providers", () => {
		const id = "user_".repeat(40);
		const { user: hashed } = call({ metadata: { user_id: id } });
		expect(hashed).toMatch(/^[0-9a-f]{64}$/);
		expect(call({ metadata: { user_id: id } }).user).toBe(hashed);
	});

	it("names what it left out because an answer is right without it", () => {
		const ephemeral = { cache_control: { type: "ephemeral" } };
		const tool = { name: "f", input_schema: {}, eager_input_streaming: true };
		const { omitted, other } = call({
			system: [{ type: "text", text: "s", ...ephemeral }],
			tools: [tool],
			service_tier: "auto",
			context_management: { edits: [{ type: "clear_thinking_20251015" }] },
			thinking: { type: "disabled" },
		});
		expect(new Set(omitted)).toEqual(
			new Set([
				"cache_control",
				"eager_input_streaming",
				"service_tier",
				"context_management",
				"thinking",
			]),
		);
		expect(other).toEqual({});
	});

	it("leaves fields that only some wires have to them, by name", () => {
		expect(call({ top_k: 5, container: "c", mcp_servers: [] }).other).toEqual({
			top_k: 5,
			container: "c",
		});
	});
});

describe("what only Anthropic's API can do", () => {
	const url = { type: "url", url: "https://example.com/a.pdf" };
	const pdf = { type: "base64", media_type: "application/pdf", data: "" };
	it.each([
		[{ tools: [{ type: "web_search_20250305", name: "web_search" }] }, "tools[0].type"],
		[
			{ tools: [{ name: "f", input_schema: {}, allowed_callers: ["code_execution_20250825"] }] },
			"tools[0].allowed_callers",
		],
		[user({ type: "document", source: url }), "messages[0].content[0].source.type"],
		[
			user({ type: "image", source: { type: "file", file_id: "f" } }),
			"messages[0].content[0].source.type",
		],
		[
			user({ type: "document", source: pdf, citations: { enabled: true } }),
			"messages[0].content[0].citations",
		],
		[user({ type: "container_upload", file_id: "f" }), "messages[0].content[0].type"],
		[
			{ messages: [{ role: "assistant", content: [{ type: "server_tool_use" }] }, ...hello] },
			"messages[0].content[0].type",
		],
		[{ messages: [...hello, { role: "assistant", content: "{" }] }, "messages[1]"],
	])("is unsupported, not dropped: %#", (json, param) => {
		expect(refusal(json)).toEqual(["request.unsupported", param]);
	});
});

describe("a malformed Messages request", () => {
	const tools = [{ name: "f", input_schema: {} }];
	it.each([
		[{ max_tokens: undefined }, "max_tokens"],
		[{ max_tokens: 0 }, "max_tokens"],
		[{ temperature: 1.5 }, "temperature"],
		[{ stop_sequences: [1] }, "stop_sequences[0]"],
		[{ system: [{ type: "image" }] }, "system[0].type"],
		[{ tools: [{ name: "f" }] }, "tools[0].input_schema"],
		[{ tools, tool_choice: { type: "tool", name: "g" } }, "tool_choice.name"],
		[{ tools, tool_choice: { type: "all" } }, "tool_choice.type"],
		[{ thinking: { type: "enabled" } }, "thinking.budget_tokens"],
		[{ thinking: { type: "sometimes" } }, "thinking.type"],
		[{ output_config: { effort: "huge" } }, "output_config.effort"],
		[user({ type: "text" }), "messages[0].content[0].text"],
		[user({ text: "x" }), "messages[0].content[0].type"],
		[user({ type: "tool_result", content: "x" }), "messages[0].content[0].tool_use_id"],
		[user(), "messages[0].content"],
		[
			user({ type: "image", source: { type: "url", url: "file:///etc/passwd" } }),
			"messages[0].content[0].source.url",
		],
	])("is refused with the field's path: %#", (json, param) => {
		expect(refusal(json)).toEqual(["request.invalid", param]);
	});
});
