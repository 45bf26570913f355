import { describe, expect, it } from "vitest";
import { GatewayError } from "../../errors/gateway-error.ts";
import { encodeProof } from "./reasoning-proof.ts";
import { toChatCall } from "./to-chat-call.ts";

function refusal(json: object): readonly [string, string | undefined] {
	try {
		toChatCall({ model: "m", input: "hi", ...json });
	} catch (error) {
		if (GatewayError.is(error)) return [error.code, error.detail.param];
		throw error;
	}
	throw new Error("It was not refused.");
}

const call = (id: string) => ({ type: "function_call", call_id: id, name: "f", arguments: "{}" });
const output = (id: string) => ({ type: "function_call_output", call_id: id, output: "ok" });

describe("a Responses request in canonical form", () => {
	it("groups what the model did in one turn and keeps turns apart", () => {
		const { messages } = toChatCall({
			input: [
				{ role: "user", content: "go" },
				{ type: "message", role: "assistant", content: [{ type: "output_text", text: "Ok." }] },
				call("a"),
				call("b"),
				output("a"),
				output("b"),
				call("c"),
				output("c"),
			],
		});
		expect(messages.map((message) => message.role)).toEqual([
			"user",
			"assistant",
			"tool",
			"tool",
			"assistant",
			"tool",
		]);
		expect(messages[1]).toMatchObject({
			parts: [{ text: "Ok." }],
			toolCalls: [{ id: "a" }, { id: "b" }],
		});
		expect(messages[4]).toMatchObject({ parts: [], toolCalls: [{ id: "c" }] });
	});

	it("keeps images, files, sound and a provider's signature", () => {
		const { messages } = toChatCall({
			input: [
				{
					role: "user",
					content: [
						{ type: "input_text", text: "see" },
						{ type: "input_image", image_url: "https://a.example/i.png", detail: "low" },
						{ type: "input_image", image_url: "data:image/png;base64,AAAA", detail: "original" },
						{ type: "input_file", filename: "a.pdf", file_data: "data:application/pdf;base64,BB" },
						{ type: "input_audio", input_audio: { data: "CC", format: "wav" } },
					],
				},
				{ ...call("a"), extra_content: { google: { thought_signature: "sig" } } },
			],
		});
		expect(messages).toEqual([
			{
				role: "user",
				parts: [
					{ type: "text", text: "see" },
					{
						type: "image",
						source: { kind: "url", url: "https://a.example/i.png" },
						detail: "low",
					},
					{
						type: "image",
						source: { kind: "data", mediaType: "image/png", base64: "AAAA" },
						detail: "high",
					},
					{ type: "file", name: "a.pdf", mediaType: "application/pdf", base64: "BB" },
					{ type: "audio", base64: "CC", format: "wav" },
				],
			},
			{
				role: "assistant",
				parts: [],
				toolCalls: [{ id: "a", name: "f", arguments: "{}", signature: "sig" }],
			},
		]);
	});

	it("keeps thinking that a provider can prove, and tells what it leaves out", () => {
		const { messages, omitted } = toChatCall({
			input: [
				{ role: "user", content: "go" },
				{
					type: "reasoning",
					summary: [{ type: "summary_text", text: "Hm." }],
					encrypted_content: encodeProof("sig", false),
				},
				{ type: "reasoning", summary: [], encrypted_content: encodeProof("data", true) },
				{ type: "reasoning", summary: [], encrypted_content: "of OpenAI's own" },
				call("a"),
			],
		});
		expect(messages[1]).toMatchObject({
			reasoning: [
				{ text: "Hm.", signature: "sig" },
				{ text: "", signature: "data", isRedacted: true },
			],
			toolCalls: [{ id: "a" }],
		});
		expect(omitted).toEqual(["reasoning"]);
	});

	it("carries settings, and passes over what says nothing about the content", () => {
		const chat = toChatCall({
			model: "m",
			input: "hi",
			instructions: "Be brief.",
			reasoning: { effort: "xhigh", summary: "auto" },
			text: { format: { type: "json_object" }, verbosity: "medium" },
			parallel_tool_calls: false,
			temperature: 0.5,
			top_p: 0.9,
			max_output_tokens: 7,
			user: "u",
			store: false,
			include: ["reasoning.encrypted_content"],
			metadata: { a: "b" },
			client_metadata: { thread_id: "t" },
			service_tier: "auto",
			prompt_cache_key: "k",
			safety_identifier: "s",
			truncation: "disabled",
			background: false,
		});
		expect(chat).toMatchObject({
			messages: [{ role: "system" }, { role: "user" }],
			reasoningEffort: "high",
			responseFormat: { type: "json" },
			parallelToolCalls: false,
			temperature: 0.5,
			topP: 0.9,
			maxOutputTokens: 7,
			user: "u",
			other: {},
		});
	});

	it("hands on fields that it does not know, for the provider's wire to judge", () => {
		const { other } = toChatCall({ input: "hi", text: { verbosity: "low" }, x_new: 1 });
		expect(other).toEqual({ "text.verbosity": "low", x_new: 1 });
	});

	it.each([
		[{ previous_response_id: "r" }, "previous_response_id"],
		[{ conversation: { id: "c" } }, "conversation"],
		[{ prompt: { id: "p" } }, "prompt"],
		[{ tools: [{ type: "custom", name: "x" }] }, "tools[0].type"],
		[{ tools: [{ type: "function", name: "x", defer_loading: true }] }, "tools[0].defer_loading"],
		[{ tool_choice: { type: "allowed_tools", tools: [] } }, "tool_choice.type"],
		[{ input: [{ type: "item_reference", id: "m" }] }, "input[0].type"],
		[{ input: [{ id: "m" }] }, "input[0]"],
		[{ input: [{ type: "custom_tool_call", call_id: "c" }] }, "input[0].type"],
		[
			{ input: [{ role: "user", content: [{ type: "input_image", file_id: "f" }] }] },
			"input[0].content[0].file_id",
		],
		[
			{ input: [{ role: "user", content: [{ type: "input_file", file_url: "https://a" }] }] },
			"input[0].content[0].file_url",
		],
		[{ include: ["message.output_text.logprobs"] }, "include"],
		[{ top_logprobs: 3 }, "top_logprobs"],
		[{ truncation: "auto" }, "truncation"],
	])("calls %j unsupported and names the field", (json, param) => {
		expect(refusal(json)).toEqual(["request.unsupported", param]);
	});

	it.each([
		[{ input: [] }, "input"],
		[{ input: [{ role: "robot", content: "x" }] }, "input[0].role"],
		[{ input: [{ role: "user" }] }, "input[0].content"],
		[{ input: [{ type: "function_call", name: "f" }] }, "input[0].call_id"],
		[{ tools: [{ type: "function" }] }, "tools[0].name"],
		[{ tool_choice: { type: "function", name: "x" } }, "tool_choice.name"],
		[{ text: { format: { type: "json_schema" } } }, "text.format.schema"],
		[{ reasoning: { effort: "huge" } }, "reasoning.effort"],
		[{ max_output_tokens: 0 }, "max_output_tokens"],
	])("refuses %j and names the field", (json, param) => {
		expect(refusal(json)).toEqual(["request.invalid", param]);
	});
});
