import { describe, expect, it } from "vitest";
import { encoded, encodeInput, refusalOf } from "../__fixtures__/play.ts";
import { provider } from "./provider.ts";

const connector = provider.connect(provider.settings.parse({ apiKey: "k" }));
const tools = [{ type: "function", function: { name: "f" } }];
const toolTurns = [
	{ role: "user", content: "q" },
	{
		role: "assistant",
		content: null,
		tool_calls: [{ id: "c", type: "function", function: { name: "f", arguments: "{}" } }],
	},
	{ role: "tool", tool_call_id: "c", content: "" },
];

describe("encoding", () => {
	it.each([
		[{ n: 2 }, "n"],
		[{ seed: 1 }, "seed"],
		[{ logprobs: true }, "logprobs"],
		[{ temperature: 1.5 }, "temperature"],
		[{ frequency_penalty: 1 }, "frequency_penalty"],
		[{ presence_penalty: 1 }, "presence_penalty"],
		[{ response_format: { type: "json_object" } }, "response_format"],
		[{ tools, parallel_tool_calls: false }, "parallel_tool_calls"],
		[{ tools, tool_choice: "none", messages: toolTurns }, "tool_choice"],
		[{ reasoning_effort: "high" }, "reasoning_effort"],
		[{ top_k: 3 }, "top_k"],
	])("cannot express %j and names %s", (json, param) => {
		expect(refusalOf(() => encoded(connector, json))).toEqual(["request.unsupported", param]);
	});

	it("chooses tools", () => {
		const choice = (tool_choice: unknown) => {
			const { toolConfig } = encoded(connector, { tools, tool_choice });
			return (toolConfig as { toolChoice?: unknown } | undefined)?.toolChoice;
		};
		expect(choice("required")).toEqual({ any: {} });
		expect(choice({ type: "function", function: { name: "f" } })).toEqual({ tool: { name: "f" } });
		expect(encoded(connector, { tools, tool_choice: "none" })).not.toHaveProperty("toolConfig");
	});

	it("gives results of tools and later words in one turn, without blank texts", () => {
		const messages = [
			...toolTurns,
			{ role: "user", content: " " },
			{ role: "user", content: "go" },
		];
		expect(encoded(connector, { messages })["messages"]).toEqual([
			{ role: "user", content: [{ text: "q" }] },
			{ role: "assistant", content: [{ toolUse: { toolUseId: "c", name: "f", input: {} } }] },
			{ role: "user", content: [{ toolResult: { toolUseId: "c", content: [] } }, { text: "go" }] },
		]);
	});

	it("gives signed thinking back where it stood, and says when a tool failed", () => {
		const call = {
			...encodeInput({}).call(),
			messages: [
				{
					role: "assistant" as const,
					parts: [{ type: "text" as const, text: "so" }],
					toolCalls: [{ id: "c", name: "f", arguments: "{}" }],
					reasoning: [
						{ text: "first", signature: "s1" },
						{ text: "another provider's" },
						{ text: "", signature: "encrypted", isRedacted: true as const, position: 1 },
					],
				},
				{
					role: "tool" as const,
					callId: "c",
					parts: [{ type: "text" as const, text: "no such city" }],
					isError: true as const,
				},
			],
		};
		const { body } = connector.encode({ ...encodeInput({}), call: () => call });
		expect(JSON.parse(String(body)).messages).toEqual([
			{
				role: "assistant",
				content: [
					{ reasoningContent: { reasoningText: { text: "first", signature: "s1" } } },
					{ text: "so" },
					{ reasoningContent: { redactedContent: "encrypted" } },
					{ toolUse: { toolUseId: "c", name: "f", input: {} } },
				],
			},
			{
				role: "user",
				content: [
					{
						toolResult: { toolUseId: "c", content: [{ text: "no such city" }], status: "error" },
					},
				],
			},
		]);
	});

	it("asks each vendor's models to reason in their own words", () => {
		const fields = (model: string, reasoning_effort: string) =>
			encoded(connector, { reasoning_effort }, { model })["additionalModelRequestFields"];
		expect(fields("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "low")).toEqual({
			thinking: { type: "enabled", budget_tokens: 2048 },
		});
		expect(fields("anthropic.claude-opus-4-7", "high")).toEqual({
			thinking: { type: "adaptive", display: "summarized" },
			output_config: { effort: "high" },
		});
		expect(fields("openai.gpt-oss-120b-1:0", "minimal")).toEqual({ reasoning_effort: "low" });
		expect(fields("us.amazon.nova-2-lite-v1:0", "medium")).toEqual({
			reasoningConfig: { type: "enabled", maxReasoningEffort: "medium" },
		});
		expect(fields("meta.llama3-3-70b-instruct-v1:0", "none")).toBeUndefined();
	});

	const content = (part: object) =>
		encoded(connector, { messages: [{ role: "user", content: [part] }] })["messages"];
	const image = (url: string) => ({ type: "image_url", image_url: { url } });

	it("sends documents under a name that the API accepts", () => {
		const file = { filename: "Q3 / report_v2.pdf", file_data: "data:application/pdf;base64,QUJD" };
		expect(content({ type: "file", file })).toEqual([
			{
				role: "user",
				content: [{ document: { format: "pdf", name: "Q3 report v2", source: { bytes: "QUJD" } } }],
			},
		]);
	});

	it("refuses images that it would have to fetch or cannot name", () => {
		for (const url of ["https://example.com/a.png", "data:image/tiff;base64,QUJD"])
			expect(refusalOf(() => content(image(url)))).toEqual([
				"request.unsupported",
				"messages[0].content",
			]);
	});
});
