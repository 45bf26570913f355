import { describe, expect, test } from "vitest";
import {
	claudeQuestion,
	failureOf,
	startMessagesFixture,
	weatherTools,
} from "./testing/messages-fixture.ts";
import { chunk, completion, sendEvents, sendJson } from "./testing/upstream-script.ts";

const { upstream, client, sent, last } = await startMessagesFixture();

const toolCalls = [
	["call_a", '{"city":"Paris"}'],
	["call_b", '{"city":"Oslo"}'],
].map(([id, args], index) => ({
	index,
	id,
	type: "function",
	function: { name: "get_weather", arguments: args },
}));

describe("Anthropic's SDK before OpenAI", () => {
	const ask = { ...claudeQuestion, model: "test/test-model", tools: weatherTools };

	test("calls tools in parallel and gives their results back", async () => {
		const message = { role: "assistant", content: null, tool_calls: toolCalls };
		upstream.answer(
			sendJson({ ...completion, choices: [{ index: 0, message, finish_reason: "tool_calls" }] }),
		);
		const answer = await client.messages.create(ask);
		expect(answer).toMatchObject({
			type: "message",
			stop_reason: "tool_use",
			content: [
				{ type: "tool_use", id: "call_a", name: "get_weather", input: { city: "Paris" } },
				{ type: "tool_use", id: "call_b", input: { city: "Oslo" } },
			],
			usage: { input_tokens: 100, output_tokens: 20 },
		});
		upstream.answer(sendJson(completion));
		const image = { type: "base64" as const, media_type: "image/png" as const, data: "QUJD" };
		const final = await client.messages.create({
			...ask,
			system: "Be brief.",
			tool_choice: { type: "auto", disable_parallel_tool_use: true },
			messages: [
				...ask.messages,
				{ role: "assistant", content: answer.content },
				{
					role: "user",
					content: [
						{ type: "tool_result", tool_use_id: "call_a", content: "21 degrees" },
						{
							type: "tool_result",
							tool_use_id: "call_b",
							content: [{ type: "image", source: image }],
						},
					],
				},
			],
		});
		expect(final.content).toEqual([{ type: "text", text: "Hello there." }]);
		expect(sent()).toMatchObject({
			model: "test-model",
			max_completion_tokens: 100,
			parallel_tool_calls: false,
			tools: [{ type: "function", function: { name: "get_weather" } }],
			messages: [
				{ role: "system", content: "Be brief." },
				{ role: "user", content: "Hello" },
				{ role: "assistant", tool_calls: [{ id: "call_a" }, { id: "call_b" }] },
				{ role: "tool", tool_call_id: "call_a", content: "21 degrees" },
				{ role: "tool", tool_call_id: "call_b" },
				{
					role: "user",
					content: [
						{ type: "text" },
						{ type: "image_url", image_url: { url: "data:image/png;base64,QUJD" } },
					],
				},
			],
		});
	});

	test("streams text, reasoning and parallel calls", async () => {
		upstream.answer(
			sendEvents([
				chunk({ role: "assistant", reasoning_content: "Hm." }),
				chunk({ content: "Look" }),
				chunk({ content: "ing." }),
				...toolCalls.map((call) => chunk({ tool_calls: [call] })),
				chunk({}, "tool_calls"),
				{ ...chunk({}), choices: [], usage: completion.usage },
				"data: [DONE]\n\n",
			]),
		);
		const stream = client.messages.stream(ask);
		const message = await stream.finalMessage();
		expect(message.content).toMatchObject([
			{ type: "thinking", thinking: "Hm.", signature: "" },
			{ type: "text", text: "Looking." },
			{ type: "tool_use", id: "call_a", input: { city: "Paris" } },
			{ type: "tool_use", id: "call_b", input: { city: "Oslo" } },
		]);
		expect(message).toMatchObject({
			stop_reason: "tool_use",
			usage: { input_tokens: 100, output_tokens: 20 },
		});
		expect(last()).toMatchObject({ outcome: "answered", costMicroUsd: 140 });
	});

	test("is told what the model cannot do, by the field's path", async () => {
		const search = { type: "web_search_20250305" as const, name: "web_search" as const };
		const before = upstream.seen.length;
		const failure = await failureOf(client.messages.create({ ...ask, tools: [search] }));
		expect(failure).toMatchObject({
			status: 400,
			type: "invalid_request_error",
			errorCode: "unsupported_by_target",
		});
		expect(failure.error).toMatchObject({ error: { param: "tools[0].type" } });
		expect(upstream.seen).toHaveLength(before);
	});

	test("that hangs up cancels the call to the provider", async () => {
		upstream.answer((out) => {
			out.writeHead(200, { "content-type": "text/event-stream" });
			out.write(`data: ${JSON.stringify(chunk({ content: "word ".repeat(40) }))}\n\n`);
		});
		const stream = await client.messages.create({ ...ask, stream: true });
		for await (const event of stream) if (event.type === "content_block_delta") break;
		expect(await upstream.seen.at(-1)?.closed).toBe("broken");
		await expect.poll(() => last().outcome).toBe("cancelled");
		expect(last().usage).toMatchObject({ estimated: true, outputTokens: 50 });
	});

	test("gets an error event when the provider breaks off", async () => {
		upstream.answer(sendEvents([chunk({ content: "Hel" })], "break"));
		const failure = await failureOf(client.messages.stream(ask).finalMessage());
		expect(failure).toMatchObject({ type: "api_error", errorCode: "upstream_interrupted" });
		expect(last()).toMatchObject({ outcome: "failed" });
	});
});

describe("Anthropic's SDK before Gemini", () => {
	const ask = { ...claudeQuestion, model: "google/gemini-x", tools: weatherTools };
	const call = { functionCall: { name: "get_weather", args: { city: "Paris" } } };
	const answer = (parts: readonly object[], finishReason?: string) => ({
		candidates: [{ index: 0, content: { role: "model", parts }, finishReason }],
		usageMetadata: { promptTokenCount: 100, candidatesTokenCount: 20, totalTokenCount: 120 },
	});

	test("gets tool calls with Gemini's proof, which goes back with the result", async () => {
		upstream.answer(sendJson(answer([{ ...call, thoughtSignature: "c2ln" }], "STOP")));
		const first = await client.messages.create(ask);
		expect(first).toMatchObject({
			stop_reason: "tool_use",
			content: [{ type: "tool_use", name: "get_weather", input: { city: "Paris" } }],
		});
		const [use] = first.content;
		upstream.answer(sendJson(answer([{ text: "Warm." }], "STOP")));
		const second = await client.messages.create({
			...ask,
			messages: [
				...ask.messages,
				{ role: "assistant", content: first.content },
				{
					role: "user",
					content: [
						{
							type: "tool_result",
							tool_use_id: use?.type === "tool_use" ? use.id : "",
							content: "21",
						},
					],
				},
			],
		});
		expect(second.content).toEqual([{ type: "text", text: "Warm." }]);
		expect(JSON.stringify(sent()["contents"])).toContain('"thoughtSignature":"c2ln"');
	});

	test("streams", async () => {
		upstream.answer(
			sendEvents([answer([{ text: "Wa" }]), answer([{ text: "rm." }]), answer([call], "STOP")]),
		);
		const message = await client.messages.stream(ask).finalMessage();
		expect(message).toMatchObject({
			stop_reason: "tool_use",
			content: [
				{ type: "text", text: "Warm." },
				{ type: "tool_use", name: "get_weather" },
			],
			usage: { input_tokens: 100, output_tokens: 20 },
		});
	});
});
