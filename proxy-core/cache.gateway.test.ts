import { beforeEach, describe, expect, test } from "vitest";
import { errorOf, eventsOf, startGatewayFixture } from "./testing/gateway-fixture.ts";
import type { Script } from "./testing/upstream-script.ts";
import { chunk, completion, sendEvents, sendJson } from "./testing/upstream-script.ts";

const { upstream, gateway, post, last } = await startGatewayFixture();

/** A request that no earlier test has sent. */
function fresh(): { readonly model: string; readonly messages: readonly object[] } {
	return {
		model: "test/test-model",
		messages: [{ role: "user", content: crypto.randomUUID() }],
	};
}

const calls = () => upstream.seen.length;

beforeEach(() => gateway.change({ settings: { cache: { mode: "on" } } }));

describe("an answer that is kept", () => {
	test("answers the same request again without a call to the provider, and for nothing", async () => {
		const body = fresh();
		const before = calls();
		const first = await post(body);
		expect(first.headers.get("x-llmproxy-cache")).toBe("miss");
		const firstText = await first.text();
		const second = await post({ messages: body.messages, model: body.model });
		expect(await second.text()).toBe(firstText);
		expect(calls() - before).toBe(1);
		expect(second.headers.get("x-llmproxy-cache")).toBe("hit");
		expect(second.headers.get("x-llmproxy-cost-usd")).toBe("0.000000");
		expect(last()).toMatchObject({ cache: "hit", costMicroUsd: 0, outcome: "answered" });
	});

	test("is replayed as a stream, event by event", async () => {
		upstream.answer(
			sendEvents([
				chunk({ role: "assistant", content: "Hel" }),
				chunk({ content: "lo" }),
				chunk({}, "stop"),
				{ ...(chunk({}) as object), choices: [], usage: completion.usage },
				"data: [DONE]\n\n",
			]),
		);
		const body = { ...fresh(), stream: true };
		const before = calls();
		const first = await eventsOf(await post(body));
		const second = await post(body);
		expect(second.headers.get("x-llmproxy-cache")).toBe("hit");
		expect(await eventsOf(second)).toEqual(first);
		expect(calls() - before).toBe(1);
	});

	test.each([
		["another message", { messages: [{ role: "user", content: "Something else" }] }],
		["another temperature", { temperature: 0.3 }],
		["a field that nobody knows yet", { x_new: 1 }],
		["a stream", { stream: true }],
	])("does not answer a request with %s", async (_, change) => {
		const body = fresh();
		await (await post(body)).text();
		const before = calls();
		await (await post({ ...body, ...change })).text();
		expect(calls() - before).toBe(1);
	});

	test("answers whatever only names the caller", async () => {
		const body = fresh();
		await (await post({ ...body, user: "a", metadata: { run: "1" } })).text();
		const again = await post({ ...body, user: "b" });
		await again.text();
		expect(again.headers.get("x-llmproxy-cache")).toBe("hit");
	});

	test("is not shown to another key", async () => {
		const body = fresh();
		await (await post(body)).text();
		gateway.change({ settings: { cache: { mode: "on" } }, key: { teamId: "another-team" } });
		const other = await post(body);
		await other.text();
		expect(other.headers.get("x-llmproxy-cache")).toBe("miss");
	});

	test("is judged by the guards each time, and forgotten when the settings change", async () => {
		const body = fresh();
		await (await post(body)).text();
		gateway.change({ settings: { cache: { mode: "on", ttlSeconds: 60 } } });
		const again = await post(body);
		await again.text();
		expect(again.headers.get("x-llmproxy-cache")).toBe("miss");
	});

	test("is not made of a failure", async () => {
		const body = fresh();
		upstream.answer(sendJson({ error: { message: "bad" } }, 400));
		expect((await post(body)).status).toBe(400);
		upstream.answer(sendJson(completion));
		const again = await post(body);
		await again.text();
		expect(again.headers.get("x-llmproxy-cache")).toBe("miss");
	});
});

describe("Cache-Control", () => {
	test("no-cache asks the provider and keeps the new answer", async () => {
		const body = fresh();
		await (await post(body)).text();
		const before = calls();
		const renewed = await post(body, { headers: { "cache-control": "no-cache" } });
		await renewed.text();
		expect(renewed.headers.get("x-llmproxy-cache")).toBe("bypass");
		expect(calls() - before).toBe(1);
	});

	test("no-store neither reads nor keeps", async () => {
		const body = fresh();
		await (await post(body, { headers: { "cache-control": "no-store" } })).text();
		const again = await post(body);
		await again.text();
		expect(again.headers.get("x-llmproxy-cache")).toBe("miss");
	});

	test("max-age switches the memory on for one request where it only works on request", async () => {
		gateway.change({ settings: { cache: { mode: "on-request" } } });
		const body = fresh();
		const plain = await post(body);
		await plain.text();
		expect(plain.headers.get("x-llmproxy-cache")).toBeNull();
		const headers = { "cache-control": "max-age=60" };
		await (await post(body, { headers })).text();
		const again = await post(body, { headers });
		await again.text();
		expect(again.headers.get("x-llmproxy-cache")).toBe("hit");
	});

	test("a namespace keeps answers apart", async () => {
		const body = fresh();
		await (await post(body, { headers: { "x-llmproxy-cache-namespace": "a" } })).text();
		const other = await post(body, { headers: { "x-llmproxy-cache-namespace": "b" } });
		await other.text();
		expect(other.headers.get("x-llmproxy-cache")).toBe("miss");
	});
});

/** Answers once `open` was called. */
function gate(script: Script): { readonly script: Script; readonly open: () => void } {
	const opened = Promise.withResolvers<void>();
	return {
		open: opened.resolve,
		script: async (response, seen) => {
			await opened.promise;
			await script(response, seen);
		},
	};
}

async function untilCalls(count: number): Promise<void> {
	for (let tries = 0; tries < 500 && calls() < count; tries++) {
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
}

describe("identical requests at once", () => {
	test("make one call, and one of them pays", async () => {
		const { script, open } = gate(sendJson(completion));
		upstream.answer(script);
		const body = fresh();
		const before = { calls: calls(), records: gateway.records.length };
		const answers = Array.from({ length: 12 }, () => post(body));
		await untilCalls(before.calls + 1);
		open();
		const texts = await Promise.all(answers.map(async (answer) => (await answer).text()));
		expect(new Set(texts).size).toBe(1);
		expect(calls() - before.calls).toBe(1);
		const records = gateway.records.slice(before.records);
		expect(records).toHaveLength(12);
		expect(records.filter((record) => (record.costMicroUsd ?? 0) > 0)).toHaveLength(1);
	});

	test("all hear of the one failure", async () => {
		const { script, open } = gate(sendJson({ error: { message: "too odd" } }, 400));
		upstream.answer(script);
		const body = fresh();
		const before = calls();
		const answers = Array.from({ length: 4 }, () => post(body));
		await untilCalls(before + 1);
		open();
		expect((await Promise.all(answers)).map((answer) => answer.status)).toEqual(
			Array.from({ length: 4 }, () => 400),
		);
		expect(calls() - before).toBe(1);
	});

	test("go on when the one that asked first hangs up, and another pays", async () => {
		const { script, open } = gate(sendJson(completion));
		upstream.answer(script);
		const body = fresh();
		const before = { calls: calls(), records: gateway.records.length };
		const leader = new AbortController();
		const first = post(body, { signal: leader.signal }).catch(() => "gone");
		await untilCalls(before.calls + 1);
		const second = post(body);
		await new Promise((resolve) => setTimeout(resolve, 50));
		leader.abort();
		await first;
		open();
		expect((await second).status).toBe(200);
		await (await second).text();
		expect(calls() - before.calls).toBe(1);
		const paid = gateway.records.slice(before.records).map((record) => record.costMicroUsd ?? 0);
		expect(paid.filter((cost) => cost > 0)).toHaveLength(1);
	});

	test("cancel the call when nobody waits any more", async () => {
		const { script } = gate(sendJson(completion));
		upstream.answer(script);
		const before = calls();
		const only = new AbortController();
		const answer = post(fresh(), { signal: only.signal }).catch(() => "gone");
		await untilCalls(before + 1);
		only.abort();
		expect(await answer).toBe("gone");
		expect(await upstream.seen.at(-1)?.closed).toBe("broken");
	});
});

describe("an Idempotency-Key", () => {
	test("gives the same answer again, for nothing, whatever the cache's mode", async () => {
		gateway.change({ settings: { cache: { mode: "off" } } });
		const body = fresh();
		const headers = { "idempotency-key": crypto.randomUUID() };
		const before = calls();
		const first = await (await post(body, { headers })).text();
		const second = await post(body, { headers });
		expect(await second.text()).toBe(first);
		expect(second.headers.get("x-llmproxy-cache")).toBe("replayed");
		expect(calls() - before).toBe(1);
		expect(last()).toMatchObject({ costMicroUsd: 0, cache: "replayed" });
	});

	test("is bound to the body it came with", async () => {
		const headers = { "idempotency-key": "bound" };
		await (await post(fresh(), { headers })).text();
		const other = await post(fresh(), { headers });
		expect(other.status).toBe(422);
		expect(other.headers.get("x-should-retry")).toBe("false");
		expect(await errorOf(other)).toMatchObject({ code: "idempotency_mismatch" });
	});

	test("lets a request that failed be sent again", async () => {
		const body = fresh();
		const headers = { "idempotency-key": crypto.randomUUID() };
		upstream.answer(sendJson({ error: { message: "later" } }, 400));
		expect((await post(body, { headers })).status).toBe(400);
		upstream.answer(sendJson(completion));
		expect((await post(body, { headers })).status).toBe(200);
	});
});
