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
const config = (json: Record<string, unknown>, model = "gemini-2.5-flash") =>
	encoded(connector, json, { model })["generationConfig"];

/** A conversation with one call and its result. */
function round(call: Record<string, unknown>, result = "r") {
	const asked = { id: "c", type: "function", function: { name: "f", arguments: "{}" }, ...call };
	return [
		...messages,
		{ role: "assistant", content: "", tool_calls: [asked] },
		{ role: "tool", tool_call_id: asked.id, content: result },
	];
}

describe("encoding", () => {
	it("puts the model and the way of answering into the path", () => {
		const path = (model: string, stream: boolean) =>
			connector.encode(encodeInput({}, { model, stream })).path;
		expect(path("gemini-2.5-pro", false)).toBe("/models/gemini-2.5-pro:generateContent");
		expect(path("models/gemini-2.5-pro", true)).toBe(
			"/models/gemini-2.5-pro:streamGenerateContent?alt=sse",
		);
		for (const model of ["../x", "a/b", "a?b", "a#b"])
			expect(refusalOf(() => path(model, false))).toEqual(["request.invalid", "model"]);
	});

	it("maps sampling and format fields", () => {
		expect(
			config({
				n: 2,
				stop: ["x"],
				seed: 7,
				frequency_penalty: 0.5,
				presence_penalty: -0.5,
				max_tokens: 9,
				response_format: { type: "json_object" },
			}),
		).toEqual({
			candidateCount: 2,
			stopSequences: ["x"],
			responseMimeType: "application/json",
			maxOutputTokens: 9,
			seed: 7,
			frequencyPenalty: 0.5,
			presencePenalty: -0.5,
		});
		expect(config({})).toBeUndefined();
	});

	it.each([
		["gemini-2.5-flash", "none", { thinkingBudget: 0 }],
		["gemini-2.5-flash", "medium", { thinkingBudget: 8192, includeThoughts: true }],
		["gemini-3-flash-preview", "minimal", { thinkingLevel: "minimal", includeThoughts: true }],
		["gemini-3-pro-preview", "minimal", { thinkingLevel: "low", includeThoughts: true }],
		["gemini-3-pro-preview", "high", { thinkingLevel: "high", includeThoughts: true }],
	])("maps effort for %s, %s", (model, reasoning_effort, thinkingConfig) => {
		expect(config({ reasoning_effort }, model)).toEqual({ thinkingConfig });
	});

	it.each([
		[{ logprobs: true }, "logprobs"],
		[{ tools, parallel_tool_calls: false }, "parallel_tool_calls"],
		[{ reasoning_effort: "none" }, "reasoning_effort"],
		[
			{ messages: [{ role: "user", content: [{ type: "file", file: { file_id: "x" } }] }] },
			"messages[0].content",
		],
	])("cannot express %j and names %s", (json, param) => {
		expect(refusalOf(() => encoded(connector, json))).toEqual(["request.unsupported", param]);
	});

	it.each([
		["auto", undefined],
		["none", { mode: "NONE" }],
		["required", { mode: "ANY" }],
		[
			{ type: "function", function: { name: "f" } },
			{ mode: "ANY", allowedFunctionNames: ["f"] },
		],
	])("maps tool_choice %j", (tool_choice, functionCallingConfig) => {
		expect(encoded(connector, { tools, tool_choice })["toolConfig"]).toEqual(
			functionCallingConfig && { functionCallingConfig },
		);
	});

	it("sends a call's signature back, and a documented stand-in where a newer model needs one", () => {
		const part = (call: Record<string, unknown>, model: string) => {
			const body = encoded(connector, { messages: round(call) }, { model });
			return (body["contents"] as { parts: unknown[] }[])[1]?.parts[0];
		};
		const signed = { extra_content: { google: { thought_signature: "sig" } } };
		const functionCall = { id: "c", name: "f", args: {} };
		expect(part(signed, "gemini-3-pro")).toEqual({ functionCall, thoughtSignature: "sig" });
		expect(part({}, "gemini-3-pro")).toEqual({
			functionCall,
			thoughtSignature: "skip_thought_signature_validator",
		});
		expect(part({}, "gemini-2.5-pro")).toEqual({ functionCall });
	});

	it("answers calls by name, wraps results that are no object and hides ids made here", () => {
		const response = (call: Record<string, unknown>, result: string) => {
			const body = encoded(connector, { messages: round(call, result) });
			return (body["contents"] as { parts: unknown[] }[])[2]?.parts[0];
		};
		expect(response({}, "[1]")).toEqual({
			functionResponse: { id: "c", name: "f", response: { result: [1] } },
		});
		expect(response({ id: "call_gemini_r_0_0" }, '{"a":1}')).toEqual({
			functionResponse: { name: "f", response: { a: 1 } },
		});
		const orphan = [{ role: "tool", tool_call_id: "x", content: "r" }];
		expect(refusalOf(() => encoded(connector, { messages: orphan }))).toEqual([
			"request.invalid",
			"messages[0].tool_call_id",
		]);
	});

	it("sends images by address with their type, and audio inline", () => {
		const content = [
			{ type: "image_url", image_url: { url: "https://example.com/a.JPG?x=1" } },
			{ type: "input_audio", input_audio: { data: "QQ==", format: "mp3" } },
		];
		const body = encoded(connector, { messages: [{ role: "user", content }] });
		expect((body["contents"] as { parts: unknown[] }[])[0]?.parts).toEqual([
			{ fileData: { fileUri: "https://example.com/a.JPG?x=1", mimeType: "image/jpeg" } },
			{ inlineData: { mimeType: "audio/mp3", data: "QQ==" } },
		]);
	});
});

describe("decoding", () => {
	it.each([
		["STOP", "stop"],
		["MAX_TOKENS", "length"],
		["SAFETY", "filtered"],
		["PROHIBITED_CONTENT", "filtered"],
		["SOMETHING_NEW", "stop"],
	])("reads the finish reason %s as %s", (finishReason, reason) => {
		const { events } = connector.decode(JSON.stringify({ candidates: [{ finishReason }] }));
		expect(events).toContainEqual({ type: "end", choice: 0, reason });
	});

	it("reports a broken call as an error, not as an answer", () => {
		const body = {
			candidates: [{ finishReason: "MALFORMED_FUNCTION_CALL", finishMessage: "oops" }],
		};
		const { events } = connector.decode(JSON.stringify(body));
		expect(events).toContainEqual({
			type: "error",
			message: "oops",
			code: "MALFORMED_FUNCTION_CALL",
		});
	});

	it("ends a blocked prompt as filtered, with its usage", () => {
		const { events, complete } = streamed(
			connector,
			sse({ promptFeedback: { blockReason: "SAFETY" }, usageMetadata: { promptTokenCount: 4 } }),
		);
		expect(events).toContainEqual({ type: "end", choice: 0, reason: "filtered" });
		expect(usageIn(events)).toEqual({ inputTokens: 4, outputTokens: 0, estimated: false });
		expect(complete).toBe(true);
	});

	it("counts sound and pictures apart, because they have prices of their own", () => {
		const usageMetadata = {
			promptTokenCount: 40,
			candidatesTokenCount: 1300,
			promptTokensDetails: [
				{ modality: "TEXT", tokenCount: 8 },
				{ modality: "AUDIO", tokenCount: 32 },
			],
			candidatesTokensDetails: [{ modality: "IMAGE", tokenCount: 1290 }],
		};
		const body = { candidates: [{ finishReason: "STOP" }], usageMetadata };
		expect(usageIn(connector.decode(JSON.stringify(body)).events)).toEqual({
			inputTokens: 40,
			outputTokens: 1300,
			inputAudioTokens: 32,
			outputImageTokens: 1290,
			estimated: false,
		});
	});

	it("counts tool prompts as input and thoughts as output", () => {
		const usageMetadata = {
			promptTokenCount: 10,
			toolUsePromptTokenCount: 3,
			candidatesTokenCount: 5,
			thoughtsTokenCount: 2,
		};
		const body = { candidates: [{ finishReason: "STOP" }], usageMetadata };
		expect(usageIn(connector.decode(JSON.stringify(body)).events)).toEqual({
			inputTokens: 13,
			outputTokens: 7,
			reasoningTokens: 2,
			estimated: false,
		});
	});

	it("makes different ids for calls that come without one, also without a response id", () => {
		const part = { functionCall: { name: "f", args: {} } };
		const body = { candidates: [{ content: { parts: [part, part] }, finishReason: "STOP" }] };
		const ids = () =>
			connector
				.decode(JSON.stringify(body))
				.events.flatMap((event) => (event.type === "tool-start" ? [event.id] : []));
		expect(new Set([...ids(), ...ids()]).size).toBe(4);
	});

	it("reads error bodies, bare and in a list", () => {
		const error = { error: { code: 400, message: "bad", status: "INVALID_ARGUMENT" } };
		const fault = { message: "bad", type: "INVALID_ARGUMENT", code: "400" };
		expect(connector.decodeFault(400, JSON.stringify(error))).toEqual(fault);
		expect(connector.decodeFault(400, JSON.stringify([error]))).toEqual(fault);
	});

	it("lists the models that chat", () => {
		const models = [
			{ name: "models/gemini-x", supportedGenerationMethods: ["generateContent"] },
			{ name: "models/embedding", supportedGenerationMethods: ["embedContent"] },
		];
		expect(connector.models.parse(JSON.stringify({ models }))).toEqual(["gemini-x"]);
	});
});
