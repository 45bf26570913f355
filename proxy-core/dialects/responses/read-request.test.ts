import { describe, expect, it } from "vitest";
import { GatewayError } from "../../errors/gateway-error.ts";
import { spliceJson } from "../../text/json-splice.ts";
import { readResponsesRequest } from "./read-request.ts";

const mark = "MARKED";

/** One request for every place where words can stand, each with the source it must have. */
const places: readonly (readonly [string, string, object])[] = [
	["instructions", "system", { instructions: mark }],
	["a plain input", "user", { input: mark }],
	...(["user", "assistant", "system", "developer"] as const).flatMap((role) => {
		const source = role === "developer" ? "system" : role;
		return [
			[`a ${role} message`, source, item({ role, content: mark })],
			[
				`a part of a ${role} message`,
				source,
				item({ type: "message", role, content: [{ type: "input_text", text: mark }] }),
			],
		] as const;
	}),
	["output_text", "assistant", part("assistant", { type: "output_text", text: mark })],
	["a refusal", "assistant", part("assistant", { type: "refusal", refusal: mark })],
	["an unknown part", "user", part("user", { type: "brand_new", deep: [{ words: mark }] })],
	["a file's name", "user", part("user", { type: "input_file", filename: mark, file_data: "x" })],
	["arguments", "tool-call", item({ type: "function_call", call_id: "c", arguments: mark })],
	["a called name", "tool-call", item({ type: "function_call", call_id: "c", name: mark })],
	["a result", "tool-result", item({ type: "function_call_output", call_id: "c", output: mark })],
	[
		"a part of a result",
		"tool-result",
		item({ type: "function_call_output", output: [{ type: "input_text", text: mark }] }),
	],
	["a custom tool's input", "tool-call", item({ type: "custom_tool_call", input: mark })],
	["a custom result", "tool-result", item({ type: "custom_tool_call_output", output: mark })],
	[
		"a reasoning summary",
		"assistant",
		item({ type: "reasoning", summary: [{ type: "summary_text", text: mark }] }),
	],
	[
		"reasoning",
		"assistant",
		item({ type: "reasoning", content: [{ type: "reasoning_text", text: mark }] }),
	],
	["a result of MCP", "tool-result", item({ type: "mcp_call", arguments: "{}", output: mark })],
	["arguments of MCP", "tool-call", item({ type: "mcp_call", arguments: mark })],
	[
		"a listed MCP tool",
		"tool-description",
		item({ type: "mcp_list_tools", tools: [{ name: "t", description: mark }] }),
	],
	["code", "tool-call", item({ type: "code_interpreter_call", code: mark })],
	[
		"logs",
		"tool-result",
		item({ type: "code_interpreter_call", outputs: [{ type: "logs", logs: mark }] }),
	],
	["a found file", "tool-result", item({ type: "file_search_call", results: [{ text: mark }] })],
	["a search", "tool-call", item({ type: "web_search_call", action: { query: mark } })],
	[
		"typed text",
		"tool-call",
		item({ type: "computer_call", action: { type: "type", text: mark } }),
	],
	["a command", "tool-call", item({ type: "shell_call", action: { commands: [mark] } })],
	[
		"an environment",
		"tool-call",
		item({ type: "local_shell_call", action: { env: { id: mark } } }),
	],
	[
		"a shell's output",
		"tool-result",
		item({ type: "shell_call_output", output: [{ stdout: mark, stderr: "" }] }),
	],
	["a patch", "tool-call", item({ type: "apply_patch_call", operation: { diff: mark } })],
	["an approval's reason", "user", item({ type: "mcp_approval_response", reason: mark })],
	["tools of an unknown item", "user", item({ type: "brand_new", tools: [mark] })],
	["an unknown item", "user", item({ type: "brand_new", words: { type: mark } })],
	[
		"a tool's description",
		"tool-description",
		{ tools: [{ type: "function", description: mark }] },
	],
	[
		"a schema's description",
		"tool-description",
		{
			tools: [{ type: "function", parameters: { properties: { name: { description: mark } } } }],
		},
	],
	[
		"a server's description",
		"tool-description",
		{ tools: [{ type: "mcp", server_description: mark }] },
	],
	[
		"a grammar",
		"tool-description",
		{ tools: [{ type: "custom", format: { syntax: "lark", definition: mark } }] },
	],
	[
		"a tool in a namespace",
		"tool-description",
		{ tools: [{ type: "namespace", tools: [{ description: mark }] }] },
	],
	[
		"a format's description",
		"tool-description",
		{ text: { format: { type: "json_schema", schema: { description: mark } } } },
	],
	["metadata", "metadata", { metadata: { id: mark } }],
	["a prompt's variable", "user", { prompt: { id: "p", variables: { name: mark } } }],
	[
		"a part as a variable",
		"user",
		{ prompt: { id: "p", variables: { name: { type: "input_text", text: mark } } } },
	],
];

function item(fields: object): object {
	return { input: [fields] };
}

function part(role: string, fields: object): object {
	return item({ role, content: [fields] });
}

describe("the texts of a Responses request", () => {
	it.each(places)("include %s as %s, at a place where an edit lands", (_name, source, body) => {
		const json = { model: "m", input: "hi", ...body };
		const { segments } = readResponsesRequest(json);
		const found = segments.filter(({ text }) => text === mark);
		expect(found.map((segment) => segment.source)).toEqual([source]);
		const edited = spliceJson(
			JSON.stringify(json),
			found.map(({ path }) => ({ path, value: "EDITED" })),
		);
		expect(edited).not.toContain(mark);
		expect(edited).toBe(JSON.stringify(json).replace(mark, "EDITED"));
	});

	it("leave out identifiers, encoded bytes and credentials of the caller's own tools", () => {
		const { segments } = readResponsesRequest({
			model: "m",
			input: [
				{ type: "reasoning", id: "rs_1", encrypted_content: "gAAA", summary: [] },
				{ type: "image_generation_call", id: "ig_1", status: "completed", result: "iVBOR" },
				{ role: "user", content: [{ type: "input_image", image_url: "data:image/png;base64,AA" }] },
			],
			tools: [{ type: "mcp", server_label: "s", authorization: "secret", headers: { a: "b" } }],
		});
		expect(segments).toEqual([]);
	});
});

describe("what the gateway relies on", () => {
	it("is the model, the stream, the output limit and that usage is always told", () => {
		const facts = readResponsesRequest({
			model: "m",
			input: "hi",
			stream: true,
			max_output_tokens: 9,
		});
		expect(facts).toMatchObject({
			model: "m",
			isStreaming: true,
			wantsUsage: true,
			outputTokensMax: 9,
			choices: 1,
		});
	});

	it.each([
		[{ input: "x" }, "request.invalid"],
		[{ model: "m", input: 7 }, "request.invalid"],
		[{ model: "m", input: ["x"] }, "request.invalid"],
		[{ model: "m", stream: "yes" }, "request.invalid"],
		[{ model: "m", input: "x", background: true }, "request.unsupported"],
		[
			{ model: "m", input: [JSON.parse(`${'{"a":'.repeat(80)}1${"}".repeat(80)}`)] },
			"request.invalid",
		],
	])("refuses %j", (json, code) => {
		expect(() => readResponsesRequest(json)).toThrow(
			expect.toSatisfy((error) => GatewayError.is(error) && error.code === code),
		);
	});
});
