import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { startGatewayFixture } from "./testing/gateway-fixture.ts";
import { callChunks, nativeTarget, postTo, seenJson } from "./testing/responses-script.ts";
import { completion, sendEvents, sendJson } from "./testing/upstream-script.ts";

const { upstream, gateway, last } = await startGatewayFixture();
const post = postTo(gateway, "/v1/completions");
const seenBody = () => seenJson(upstream);

const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.token, maxRetries: 0 });
const model = "test/test-model";

describe("a request for a completion", () => {
	test("are put into a conversation for a provider that has no such endpoint", async () => {
		const answer = await client.completions.create({
			model,
			prompt: "Say hello",
			max_tokens: 9,
			stop: "!",
		});
		expect(answer).toMatchObject({
			object: "text_completion",
			choices: [{ index: 0, text: "Hello there.", finish_reason: "stop" }],
			usage: { total_tokens: 120 },
		});
		expect(seenBody()).toEqual({
			model: "test-model",
			messages: [{ role: "user", content: "Say hello" }],
			max_completion_tokens: 9,
			stop: ["!"],
		});
		expect(last()).toMatchObject({ endpoint: "completions", outcome: "answered" });
	});

	test("stream chunks up to [DONE]", async () => {
		upstream.answer(sendEvents(callChunks.slice(1, 3).concat(callChunks.slice(-3))));
		const stream = await client.completions.create({
			model,
			prompt: "Say",
			stream: true,
			stream_options: { include_usage: true },
		});
		let text = "";
		let total: number | undefined;
		for await (const part of stream) {
			text += part.choices[0]?.text ?? "";
			total = part.usage?.total_tokens ?? total;
		}
		expect(text).toBe("Let me look.");
		expect(total).toBe(120);
	});

	test("are forwarded where the provider has them", async () => {
		gateway.change({ targets: [nativeTarget(upstream.baseUrl)] });
		const answer = `{"id":"cmpl-1", "object":"text_completion","created":1,"model":"m","choices":[{"text":" world","index":0,"logprobs":null,"finish_reason":"length"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}`;
		upstream.answer(sendJson(answer));
		const response = await post({ model, prompt: ["Hello"], echo: true });
		expect(await response.text()).toBe(answer);
		expect(upstream.seen.at(-1)?.path).toBe("/v1/completions");
		expect(last().usage).toMatchObject({ inputTokens: 1, outputTokens: 2 });
	});

	test("stream natively without the usage that the caller did not ask for", async () => {
		gateway.change({ targets: [nativeTarget(upstream.baseUrl)] });
		const part = (text: string, finish: string | null = null) => ({
			id: "cmpl-1",
			object: "text_completion",
			created: 1,
			model: "m",
			choices: [{ text, index: 0, logprobs: null, finish_reason: finish }],
		});
		const usage = { ...part(""), choices: [], usage: completion.usage };
		upstream.answer(sendEvents([part("a"), part("b", "stop"), usage, "data: [DONE]\n\n"]));
		const sent = await (await post({ model, prompt: "Hello", stream: true })).text();
		expect(sent).toContain("[DONE]");
		expect(sent).not.toContain("prompt_tokens");
		expect(seenBody()).toMatchObject({ stream_options: { include_usage: true } });
		expect(last()).toMatchObject({ costMicroUsd: 140 });
	});

	test.each([
		[{ prompt: ["a", "b"] }, "prompt"],
		[{ prompt: [1, 2] }, "prompt[0]"],
		[{ prompt: "a", suffix: "b" }, "suffix"],
		[{ prompt: "a", echo: true }, "echo"],
		[{ prompt: "a", best_of: 2 }, "best_of"],
		[{ prompt: "a", logprobs: 0 }, "logprobs"],
	])("refuse %j with a 400 that names the field", async (extra, param) => {
		const response = await post({ model, ...extra });
		expect(response.status).toBe(400);
		expect(await response.json()).toMatchObject({
			error: { code: "unsupported_by_target", param },
		});
	});
});
