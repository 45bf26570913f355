import { describe, expect, test } from "vitest";
import { errorOf, eventsOf, question, startGatewayFixture } from "./testing/gateway-fixture.ts";
import { testTarget } from "./testing/test-gateway.ts";
import { chunk, completion, sendEvents, sendJson } from "./testing/upstream-script.ts";

const { upstream, gateway, post, last } = await startGatewayFixture();

describe("a JSON answer", () => {
	test("comes back byte for byte, with the gateway's headers", async () => {
		const raw = `{ "id":"x", "big": 12345678901234567890, "choices":[{"index":0,"message":{"role":"assistant","content":"hi \\u00e9"},"finish_reason":"stop"}],\n "usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120}}`;
		upstream.answer(sendJson(raw));
		const response = await post(question);
		expect(response.status).toBe(200);
		expect(await response.text()).toBe(raw);
		expect(response.headers.get("x-request-id")).toBe(last().requestId);
		expect(response.headers.get("x-llmproxy-provider")).toBe("test");
		expect(response.headers.get("x-llmproxy-model")).toBe("test-model");
		expect(response.headers.get("x-llmproxy-cost-usd")).toBe("0.000140");
		expect(Number(response.headers.get("x-llmproxy-overhead-ms"))).toBeGreaterThan(0);
	});

	test("is recorded before its last byte leaves, with usage and cost", async () => {
		await (await post(question)).text();
		expect(last()).toMatchObject({
			outcome: "answered",
			status: 200,
			usage: { inputTokens: 100, outputTokens: 20, estimated: false },
			costMicroUsd: 140,
			isUnpriced: false,
			provider: "test",
			action: "allow",
		});
		expect(last().stages.map(([name]) => name)).toEqual(
			gateway.gateway.stages.get("chat.completions"),
		);
	});

	test("is withheld when it cannot be recorded", async () => {
		gateway.breakJournal(true);
		const response = await post(question);
		gateway.breakJournal(false);
		expect(response.status).toBe(503);
		expect(await errorOf(response)).toMatchObject({ code: "unavailable" });
	});

	test("has an unknown cost, not a zero one, when the model has no price", async () => {
		gateway.change({ targets: [testTarget(upstream.baseUrl, { price: undefined })] });
		const response = await post(question);
		expect(response.headers.get("x-llmproxy-cost-usd")).toBe("unknown");
		await response.text();
		expect(last()).toMatchObject({ costMicroUsd: null, isUnpriced: true });
	});
});

describe("the request to the provider", () => {
	test("is the caller's own JSON but for the model's name", async () => {
		const body = `{"model":"test/test-model" ,"messages":[{"role":"user","content":"a\\u0041"}], "seed":12345678901234567890,"x_new_field":{"a":[1e400]}}`;
		await (await post(body)).text();
		const sent = upstream.seen.at(-1);
		expect(sent?.body).toBe(body.replace('"test/test-model"', '"test-model"'));
		expect(sent?.path).toBe("/v1/chat/completions");
		expect(sent?.headers["authorization"]).toBe("Bearer upstream-credential");
	});

	test("carries neither the caller's key nor its headers", async () => {
		await (await post(question, { headers: { "x-secret": "mine", cookie: "a=b" } })).text();
		const sent = JSON.stringify(upstream.seen.at(-1)?.headers);
		expect(sent).not.toContain(gateway.token);
		expect(sent).not.toContain("mine");
		expect(sent).not.toContain("a=b");
	});
});

describe("a streamed answer", () => {
	const parts = [
		chunk({ role: "assistant", content: "Hel" }),
		chunk({ content: "lo " }),
		chunk({}, "stop"),
	];
	const usage = { ...chunk({}), choices: [], usage: completion.usage };

	test("passes through chunk by chunk and ends with [DONE]", async () => {
		upstream.answer(sendEvents([...parts, usage, "data: [DONE]\n\n"]));
		const response = await post({ ...question, stream: true });
		expect(response.headers.get("content-type")).toContain("text/event-stream");
		expect(await eventsOf(response)).toEqual([...parts, "[DONE]"]);
		expect(last()).toMatchObject({ outcome: "answered", isStreaming: true, costMicroUsd: 140 });
	});

	test("asks the provider for usage always, and shows it only to callers who asked", async () => {
		upstream.answer(sendEvents([...parts, usage, "data: [DONE]\n\n"]));
		await (await post({ ...question, stream: true })).text();
		expect(JSON.parse(upstream.seen.at(-1)?.body ?? "")).toMatchObject({
			stream_options: { include_usage: true },
		});
		const asked = await post({
			...question,
			stream: true,
			stream_options: { include_usage: true },
		});
		expect(await eventsOf(asked)).toEqual([...parts, usage, "[DONE]"]);
	});

	test("tells cost and overhead in a comment before its end", async () => {
		upstream.answer(sendEvents([...parts, usage, "data: [DONE]\n\n"]));
		const text = await (await post({ ...question, stream: true })).text();
		expect(text).toMatch(/^: x-llmproxy-cost-usd=0\.000140 x-llmproxy-overhead-ms=[\d.]+$/m);
	});

	test("is an error with a real status when the provider fails before the first byte", async () => {
		upstream.answer(sendJson({ error: { message: "overloaded" } }, 500));
		const response = await post({ ...question, stream: true });
		expect(response.status).toBe(502);
		expect(await errorOf(response)).toMatchObject({ code: "upstream_failed" });
	});

	test("is an error with a real status when the first event is an error", async () => {
		upstream.answer(sendEvents([{ error: { message: "quota", type: "x" } }]));
		const response = await post({ ...question, stream: true });
		expect(response.status).toBe(502);
	});

	test.each([
		["breaks off", sendEvents([parts[0] ?? {}], "break")],
		["ends without its closing mark", sendEvents([parts[0] ?? {}])],
		["sends an error event", sendEvents([parts[0] ?? {}, { error: { message: "late" } }])],
	])("ends with an error event and no [DONE] when the provider %s", async (_, script) => {
		upstream.answer(script);
		const response = await post({ ...question, stream: true });
		expect(response.status).toBe(200);
		const seen = await eventsOf(response);
		expect(seen).not.toContain("[DONE]");
		expect(seen.at(-1)).toHaveProperty("error.code");
		expect(last()).toMatchObject({ outcome: "failed", usage: { estimated: true } });
	});

	test("that the caller hangs up on is cancelled at the provider and accounted for", async () => {
		upstream.answer(async (out) => {
			out.writeHead(200, { "content-type": "text/event-stream" });
			out.write(`data: ${JSON.stringify(chunk({ content: "word ".repeat(40) }))}\n\n`);
		});
		const hangUp = new AbortController();
		const response = await post({ ...question, stream: true }, { signal: hangUp.signal });
		await response.body?.getReader().read();
		const before = gateway.records.length;
		hangUp.abort();
		expect(await upstream.seen.at(-1)?.closed).toBe("broken");
		await expect.poll(() => gateway.records.length).toBe(before + 1);
		expect(last()).toMatchObject({
			outcome: "cancelled",
			usage: { estimated: true, outputTokens: 50 },
		});
		expect(last().costMicroUsd).toBeGreaterThan(0);
	});
});
