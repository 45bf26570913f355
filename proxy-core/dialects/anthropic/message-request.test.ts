import { describe, expect, it } from "vitest";
import { GatewayError } from "../../errors/gateway-error.ts";
import { spliceJson } from "../../text/json-splice.ts";
import { readMessageRequest } from "./message-request.ts";

const base = { model: "m", max_tokens: 10 };
const said = (content: unknown, role = "user") => ({ ...base, messages: [{ role, content }] });

function textsOf(json: Record<string, unknown>): readonly (readonly [string, string, string])[] {
	return readMessageRequest(json).segments.map(({ source, path, text }) => [
		source,
		path.join("."),
		text,
	]);
}

function paramOf(json: Record<string, unknown>): string | undefined {
	try {
		readMessageRequest(json);
	} catch (error) {
		if (GatewayError.is(error)) return error.detail.param;
		throw error;
	}
	return undefined;
}

describe("the facts of a Messages request", () => {
	it("are model, stream and limit; usage is always wanted", () => {
		expect(readMessageRequest({ ...said("hi"), stream: true })).toMatchObject({
			model: "m",
			isStreaming: true,
			wantsUsage: true,
			outputTokensMax: 10,
			choices: 1,
		});
		expect(
			readMessageRequest({ ...said("hi"), max_tokens: "many" }).outputTokensMax,
		).toBeUndefined();
	});

	it.each([
		[{ ...said("hi"), model: "" }, "model"],
		[{ ...said("hi"), stream: "yes" }, "stream"],
		[{ ...base, messages: [] }, "messages"],
		[{ ...base, messages: ["hi"] }, "messages[0]"],
		[said("hi", "tool"), "messages[0].role"],
		[said(7), "messages[0].content"],
		[{ ...said("hi"), system: {} }, "system"],
		[{ ...said("hi"), tools: {} }, "tools"],
		[{ ...said("hi"), tools: ["f"] }, "tools[0]"],
	])("are refused when wrong: %#", (json, param) => {
		expect(paramOf(json)).toBe(param);
	});
});

describe("the texts of a Messages request", () => {
	it("come with source and place, wherever they stand", () => {
		const content = [
			{ type: "text", text: "a", cache_control: { type: "ephemeral" } },
			{ type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } },
			{
				type: "document",
				title: "title",
				context: "context",
				source: { type: "text", media_type: "text/plain", data: "plain" },
			},
			{ type: "document", source: { type: "base64", media_type: "application/pdf", data: "BBBB" } },
			{
				type: "document",
				source: { type: "content", content: [{ type: "text", text: "inner" }] },
			},
			{
				type: "search_result",
				source: "https://example.com",
				title: "found",
				content: [{ type: "text", text: "result" }],
			},
			{ type: "tool_result", tool_use_id: "t1", content: "out" },
			{ type: "tool_result", tool_use_id: "t2", content: [{ type: "text", text: "block" }] },
		];
		const at = (rest: string) => `messages.0.content.${rest}`;
		expect(textsOf({ ...said(content), system: [{ type: "text", text: "sys" }] })).toEqual([
			["system", "system.0.text", "sys"],
			["user", at("0.text"), "a"],
			["user", at("2.title"), "title"],
			["user", at("2.context"), "context"],
			["user", at("2.source.data"), "plain"],
			["user", at("4.source.content.0.text"), "inner"],
			["user", at("5.source"), "https://example.com"],
			["user", at("5.title"), "found"],
			["user", at("5.content.0.text"), "result"],
			["tool-result", at("6.content"), "out"],
			["tool-result", at("7.content.0.text"), "block"],
		]);
	});

	it("are those of the model too: thinking, every leaf of a tool's input, blocks nobody knows yet", () => {
		const content = [
			{ type: "thinking", thinking: "hm", signature: "c2ln" },
			{ type: "redacted_thinking", data: "ZW5j" },
			{ type: "tool_use", id: "t1", name: "f", input: { name: "n", list: [{ type: "x" }, 1, ""] } },
			{ type: "server_tool_use", id: "s1", name: "web_search", input: { query: "q" } },
			{ type: "web_search_tool_result", content: [{ title: "page", encrypted_content: "zzz" }] },
			{ type: "of_tomorrow", words: { said: ["new"] } },
		];
		expect(textsOf(said(content, "assistant")).map(([source, , text]) => [source, text])).toEqual([
			["assistant", "hm"],
			["tool-call", "n"],
			["tool-call", "x"],
			["tool-call", "q"],
			["tool-result", "page"],
			["assistant", "new"],
		]);
	});

	it("are descriptions of tools and their schemas, and metadata", () => {
		const tools = [
			{
				name: "f",
				description: "does",
				input_schema: {
					type: "object",
					properties: { description: { type: "string", description: "what" } },
				},
				input_examples: [{ description: "example" }],
			},
		];
		const json = { ...said("hi"), tools, metadata: { user_id: "u" } };
		expect(textsOf(json).slice(1)).toEqual([
			["tool-description", "tools.0.description", "does"],
			["tool-description", "tools.0.input_schema.properties.description.description", "what"],
			["tool-description", "tools.0.input_examples.0.description", "example"],
			["metadata", "metadata.user_id", "u"],
		]);
	});

	it("can all be written back at their places", () => {
		const json = {
			...said([
				{ type: "tool_use", id: "t", name: "f", input: { "a.b": ["x", { c: "y" }] } },
				{ type: "text", text: "z" },
			]),
			system: "s",
		};
		const { segments } = readMessageRequest(json);
		const edits = segments.map(({ path }, index) => ({ path, value: `#${index}` }));
		const edited = JSON.parse(spliceJson(JSON.stringify(json), edits));
		expect(readMessageRequest(edited).segments.map(({ text }) => text)).toEqual(
			segments.map((_, index) => `#${index}`),
		);
	});

	it("cannot hide in depths that guards do not reach", () => {
		let input: unknown = "deep";
		for (let depth = 0; depth < 200; depth++) input = [input];
		const nested = [{ type: "tool_use", id: "t", name: "f", input }];
		expect(paramOf(said(nested))).toMatch(/^messages\[0\]\.content\[0\]\.input/);
		expect(paramOf(said([{ type: "other", input }]))).toMatch(
			/^messages\[0\]\.content\[0\]\.input/,
		);
	});
});
