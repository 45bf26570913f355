import { FunctionCallingConfigMode } from "@google/genai";
import { describe, expect, test } from "vitest";
import {
	failureOf,
	geminiAnswer,
	reasonOf,
	sendGoogleEvents,
	startGoogleFixture,
} from "./testing/google-fixture.ts";
import { chunk, completion, sendEvents, sendJson } from "./testing/upstream-script.ts";

const { upstream, gateway, targets, client, call, sent, last } = await startGoogleFixture();

const model = "test/test-model";
const native = "google/gemini-x";
const hello = { contents: [{ role: "user", parts: [{ text: "Hello" }] }] };

describe("with Gemini behind it", () => {
	test("a request goes on as it was sent, and its answer comes back byte by byte", async () => {
		upstream.answer(sendJson(geminiAnswer));
		const body = {
			...hello,
			generationConfig: { topK: 40, futureField: [1, 2.5] },
			safetySettings: [{ category: "HARM_CATEGORY_HATE_SPEECH", threshold: "BLOCK_LOW_AND_ABOVE" }],
			tools: [{ googleSearch: {} }],
		};
		const response = await call(`/v1beta/models/${native}:generateContent`, body);
		expect(await response.text()).toBe(JSON.stringify(geminiAnswer));
		expect(upstream.seen.at(-1)).toMatchObject({
			path: "/v1beta/models/gemini-x:generateContent",
			body: JSON.stringify(body),
			headers: { "x-goog-api-key": "upstream-credential" },
		});
		expect(last()).toMatchObject({
			endpoint: "generate_content",
			requestedModel: native,
			outcome: "answered",
			usage: { inputTokens: 100, outputTokens: 25, cachedInputTokens: 40, reasoningTokens: 5 },
		});
	});

	test("streams pass with thoughts and signatures as Google wrote them", async () => {
		const part = { text: "Hm.", thought: true, thoughtSignature: "c2ln" };
		const piece = (parts: object[], more = {}) => ({
			candidates: [{ content: { parts, role: "model" }, index: 0, ...more }],
		});
		const end = {
			...piece([{ text: " world" }], { finishReason: "STOP" }),
			usageMetadata: geminiAnswer.usageMetadata,
		};
		upstream.answer(sendGoogleEvents([piece([part]), piece([{ text: "Hello" }]), end]));
		const response = await call(`/v1beta/models/${native}:streamGenerateContent?alt=sse`, hello);
		expect(response.headers.get("content-type")).toContain("text/event-stream");
		const events = [piece([part]), piece([{ text: "Hello" }]), end];
		expect(await response.text()).toBe(
			events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(""),
		);
		expect(upstream.seen.at(-1)?.path).toBe(
			"/v1beta/models/gemini-x:streamGenerateContent?alt=sse",
		);
	});

	test("proofs of another provider's thinking do not reach Google", async () => {
		upstream.answer(sendJson(geminiAnswer));
		const foreign = Buffer.from("llmproxy:shown:proof").toString("base64");
		const turn = (thoughtSignature: string) => ({
			role: "model",
			parts: [{ text: "Hm.", thought: true, thoughtSignature }, { text: "Hi" }],
		});
		await call(`/v1beta/models/${native}:generateContent`, {
			contents: [...hello.contents, turn(foreign), turn("b3du"), ...hello.contents],
		});
		expect(JSON.stringify(sent())).not.toContain(foreign);
		expect(JSON.stringify(sent())).toContain("b3du");
	});

	test("what its API finds wrong is passed on in its shape", async () => {
		const error = { code: 400, message: "contents is not specified", status: "INVALID_ARGUMENT" };
		upstream.answer(sendJson({ error }, 400));
		const failure = await failureOf(
			client.models.generateContent({ model: native, contents: "Hello" }),
		);
		expect(failure).toMatchObject({ status: 400, error: { status: "INVALID_ARGUMENT" } });
		expect(failure.error.message).toContain("contents is not specified");
	});

	test("tuned models keep their collection", async () => {
		upstream.answer(sendJson(geminiAnswer));
		gateway.change({
			targets: targets.map((target) =>
				target.id === native ? { ...target, model: "tunedModels/mine" } : target,
			),
		});
		await call(`/v1beta/models/${native}:generateContent`, hello);
		expect(upstream.seen.at(-1)?.path).toBe("/v1beta/tunedModels/mine:generateContent");
	});
});

describe("with any other provider behind it", () => {
	test("the SDK gets text, usage, version and id", async () => {
		const answer = await client.models.generateContent({
			model,
			contents: "Hello",
			config: {
				systemInstruction: "Be brief.",
				temperature: 0.5,
				maxOutputTokens: 50,
				stopSequences: ["END"],
			},
		});
		expect(answer.text).toBe("Hello there.");
		expect(answer.candidates?.[0]).toMatchObject({ finishReason: "STOP", index: 0 });
		expect(answer.usageMetadata).toMatchObject({
			promptTokenCount: 100,
			candidatesTokenCount: 20,
			totalTokenCount: 120,
		});
		expect([answer.modelVersion, `req_${answer.responseId}`]).toEqual([
			"test-model",
			last().requestId,
		]);
		expect(sent()).toMatchObject({
			messages: [
				{ role: "system", content: "Be brief." },
				{ role: "user", content: "Hello" },
			],
			temperature: 0.5,
			max_completion_tokens: 50,
			stop: ["END"],
		});
	});

	test("the name of a model may hold slashes, encoded or not, in both versions of the API", async () => {
		for (const path of [
			"/v1beta/models/test%2Ftest-model:generateContent",
			"/v1beta/models/test/test-model:generateContent",
			"/v1/models/test/test-model:generateContent",
			"/v1/models/test-model:generateContent",
			"/v1beta/test/test-model:generateContent",
		]) {
			const response = await call(path, hello);
			expect([path, response.status]).toEqual([path, 200]);
			expect(await response.json()).toHaveProperty("candidates");
		}
	});

	test("parallel calls come whole, with ids, and their results go back in order", async () => {
		const args = ['{"city":"Paris","n":12345678901234567890}', '{"city":"Tokyo"}'];
		const toolCalls = args.map((given, index) => ({
			index,
			id: `call_${index}`,
			type: "function",
			function: { name: "get_weather", arguments: given },
		}));
		upstream.answer(
			sendEvents([
				chunk({
					tool_calls: [{ ...toolCalls[0], function: { name: "get_weather", arguments: "" } }],
				}),
				chunk({ tool_calls: [{ index: 0, function: { arguments: args[0]?.slice(0, 9) } }] }),
				chunk({ tool_calls: [{ index: 0, function: { arguments: args[0]?.slice(9) } }] }),
				chunk({ tool_calls: [toolCalls[1]] }),
				chunk({}, "tool_calls"),
				"data: [DONE]\n\n",
			]),
		);
		const response = await call(`/v1beta/models/${model}:streamGenerateContent?alt=sse`, hello);
		const text = await response.text();
		expect(text).toContain('"args":{"city":"Paris","n":12345678901234567890}');
		expect(text.match(/"id":"call_\d"/g)).toEqual(['"id":"call_0"', '"id":"call_1"']);
		upstream.answer(sendJson(completion));
		const functionCall = (city: string) => ({
			functionCall: { name: "get_weather", args: { city } },
		});
		const functionResponse = (celsius: number) => ({
			functionResponse: { name: "get_weather", response: { celsius } },
		});
		await client.models.generateContent({
			model,
			contents: [
				{ role: "user", parts: [{ text: "Compare" }] },
				{ role: "model", parts: [functionCall("Paris"), functionCall("Tokyo")] },
				{ role: "user", parts: [functionResponse(21), functionResponse(17)] },
			],
		});
		expect(sent()["messages"]).toMatchObject([
			{ role: "user" },
			{ tool_calls: [{ id: "call_1" }, { id: "call_2" }] },
			{ role: "tool", tool_call_id: "call_1", content: '{"celsius":21}' },
			{ role: "tool", tool_call_id: "call_2", content: '{"celsius":17}' },
		]);
	});

	test("a chat of streams is remembered turn by turn and counted as the turns that it has", async () => {
		gateway.change({ settings: { limits: { messagesMax: 3 } } });
		const chat = client.chats.create({ model });
		const say = async (message: string): Promise<string> => {
			upstream.answer(
				sendEvents([
					...["One", " two", " three"].map((content) => chunk({ content })),
					chunk({}, "stop"),
					"data: [DONE]\n\n",
				]),
			);
			let text = "";
			for await (const piece of await chat.sendMessageStream({ message })) text += piece.text ?? "";
			return text;
		};
		expect(await say("Count")).toBe("One two three");
		expect(await say("Again")).toBe("One two three");
		expect(sent()["messages"]).toEqual([
			{ role: "user", content: "Count" },
			{ role: "assistant", content: "One two three" },
			{ role: "user", content: "Again" },
		]);
	});

	test("thinking is shown to whoever asks for it, and its proof comes back to its provider", async () => {
		upstream.answer(
			sendJson({
				id: "m",
				type: "message",
				role: "assistant",
				model: "claude-sonnet-4-5",
				content: [
					{ type: "thinking", thinking: "Hm.", signature: "proof+/=" },
					{ type: "text", text: "Hi" },
				],
				stop_reason: "end_turn",
				stop_sequence: null,
				usage: { input_tokens: 1, output_tokens: 1 },
			}),
		);
		const ask = (contents: object[], includeThoughts: boolean) =>
			client.models.generateContent({
				model: "claude/claude-sonnet-4-5",
				contents,
				config: { thinkingConfig: { thinkingBudget: 2048, includeThoughts } },
			});
		const hidden = await ask(hello.contents, false);
		expect(hidden.candidates?.[0]?.content?.parts).toEqual([{ text: "Hi" }]);
		const shown = await ask(hello.contents, true);
		const content = shown.candidates?.[0]?.content ?? {};
		expect(content.parts).toMatchObject([{ text: "Hm.", thought: true }, { text: "Hi" }]);
		await ask([...hello.contents, content, ...hello.contents], true);
		expect(sent()["messages"]).toMatchObject([
			{},
			{ content: [{ type: "thinking", thinking: "Hm.", signature: "proof+/=" }, { text: "Hi" }] },
			{},
		]);
	});

	test("without alt=sse a stream is one JSON array", async () => {
		upstream.answer(
			sendEvents([chunk({ content: "Hel" }), chunk({ content: "lo" }), chunk({}, "stop")]),
		);
		const response = await call(`/v1beta/models/${model}:streamGenerateContent`, hello);
		expect(response.headers.get("content-type")).toBe("application/json");
		const chunks = (await response.json()) as (typeof geminiAnswer)[];
		expect(chunks.map(({ candidates }) => candidates[0]?.content.parts[0]?.text).join("")).toBe(
			"Hello",
		);
		expect(chunks.at(-1)).toMatchObject({ candidates: [{ finishReason: "STOP" }] });
	});

	test("a stream that breaks off ends with an error, not with a reason", async () => {
		upstream.answer(sendEvents([chunk({ content: "Hel" })], "break"));
		const stream = await client.models.generateContentStream({ model, contents: "Hello" });
		const failure = await failureOf(
			(async () => {
				for await (const _ of stream);
			})(),
		);
		expect(failure.error.status).toBe("UNAVAILABLE");
		upstream.answer(sendEvents([chunk({ content: "Hel" })], "break"));
		const array = await call(`/v1beta/models/${model}:streamGenerateContent`, hello);
		const chunks = (await array.json()) as object[];
		expect(chunks).toHaveLength(2);
		expect(chunks.at(-1)).toHaveProperty("error");
	});

	const refused: readonly (readonly [string, object])[] = [
		["tools[0].googleSearch", { tools: [{ googleSearch: {} }] }],
		["cachedContent", { cachedContent: "cachedContents/1" }],
		["generationConfig.topK", { generationConfig: { topK: 40 } }],
		[
			"generationConfig.responseModalities",
			{ generationConfig: { responseModalities: ["IMAGE"] } },
		],
		[
			"safetySettings[0].threshold",
			{ safetySettings: [{ category: "X", threshold: "BLOCK_LOW_AND_ABOVE" }] },
		],
		["toolConfig.retrievalConfig", { toolConfig: { retrievalConfig: {} } }],
		["contents[0].parts[0].executableCode", { contents: [{ parts: [{ executableCode: {} }] }] }],
		[
			"contents[0].parts[0].fileData.fileUri",
			{ contents: [{ parts: [{ fileData: { fileUri: "gs://bucket/file" } }] }] },
		],
		["contents[1]", { contents: [...hello.contents, { role: "model", parts: [{ text: "So" }] }] }],
	];
	test.each(refused)("%s is refused by its name", async (param, fields) => {
		const response = await call(`/v1beta/models/${model}:generateContent`, { ...hello, ...fields });
		const { error } = (await response.json()) as Awaited<ReturnType<typeof failureOf>>;
		expect([response.status, reasonOf(error)]).toEqual([400, "unsupported_by_target"]);
		expect(error.details).toContainEqual(
			expect.objectContaining({ fieldViolations: [expect.objectContaining({ field: param })] }),
		);
	});

	test("a choice among some functions leaves the others out, and what is only a hint is named", async () => {
		const declare = (name: string) => ({ name, parametersJsonSchema: { type: "object" } });
		const response = await call(`/v1beta/models/${model}:generateContent`, {
			...hello,
			labels: { team: "a" },
			safetySettings: [{ category: "X", threshold: "BLOCK_NONE" }],
			generationConfig: { thinkingConfig: { thinkingBudget: 0 } },
			tools: [{ functionDeclarations: ["a", "b", "c"].map(declare) }],
			toolConfig: {
				functionCallingConfig: {
					mode: FunctionCallingConfigMode.ANY,
					allowedFunctionNames: ["a", "c"],
				},
			},
		});
		expect(response.headers.get("x-llmproxy-omitted")?.split(", ").toSorted()).toEqual([
			"generationConfig.thinkingConfig",
			"labels",
			"safetySettings",
		]);
		expect(sent()).toMatchObject({
			tools: [{ function: { name: "a" } }, { function: { name: "c" } }],
			tool_choice: "required",
		});
	});
});
