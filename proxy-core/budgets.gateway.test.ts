import { describe, expect, test } from "vitest";
import type { EndpointId } from "./contract/settled-record.ts";
import { provider as anthropic } from "./providers/anthropic/provider.ts";
import type { Quota } from "./quotas/quota.ts";
import { route } from "./routing/__fixtures__/targets.ts";
import { errorOf, eventsOf, question, startGatewayFixture } from "./testing/gateway-fixture.ts";
import { quota } from "./testing/quota.ts";
import { testTarget } from "./testing/test-gateway.ts";
import { chunk, completion, sendEvents, sendJson } from "./testing/upstream-script.ts";

const { gateway, upstream, post, last } = await startGatewayFixture();

/** The answer of the scripted upstream: 100 tokens in at $1 and 20 out at $2 a million. */
const answerCost = 140;

function counterOf({ id }: Quota) {
	return gateway.quotas.counterOf({ counter: id, windowStart: 0 });
}

describe("a budget of nothing", () => {
	const form = new FormData();
	form.set("model", "test/test-model");
	form.set("file", new Blob([new Uint8Array(64)], { type: "audio/mpeg" }), "speech.mp3");
	const drawing = new FormData();
	drawing.set("model", "test/test-model");
	drawing.set("prompt", "A hat");
	drawing.set("image", new Blob([new Uint8Array(64)], { type: "image/png" }), "hat.png");
	const model = "test/test-model";
	/** `null`: nobody is paid for this, so there is nothing that a budget could refuse. */
	const requests: Readonly<Record<EndpointId, { path: string; body: object | FormData } | null>> = {
		"chat.completions": { path: "/v1/chat/completions", body: question },
		completions: { path: "/v1/completions", body: { model, prompt: "Hello" } },
		responses: { path: "/v1/responses", body: { model, input: "Hello" } },
		messages: { path: "/v1/messages", body: { ...question, max_tokens: 10 } },
		"messages.count_tokens": null,
		generate_content: {
			path: `/v1beta/models/${model}:generateContent`,
			body: { contents: [{ parts: [{ text: "Hello" }] }] },
		},
		"generate_content.count_tokens": null,
		embeddings: { path: "/v1/embeddings", body: { model, input: "Hello" } },
		moderations: null,
		"images.generations": { path: "/v1/images/generations", body: { model, prompt: "A hat" } },
		"images.edits": { path: "/v1/images/edits", body: drawing },
		"audio.speech": { path: "/v1/audio/speech", body: { model, input: "Hello", voice: "alloy" } },
		"audio.transcriptions": { path: "/v1/audio/transcriptions", body: form },
		"audio.translations": { path: "/v1/audio/translations", body: form },
		rerank: { path: "/v1/rerank", body: { model, query: "hat", documents: ["a hat"] } },
		models: null,
		metrics: null,
	};

	test("is refused on every endpoint that costs money, and none of them leaves the stage out", async () => {
		gateway.change({ quotas: [quota({ hardLimit: 0 })] });
		const asked = upstream.seen.length;
		for (const [id, stages] of gateway.gateway.stages) {
			const request = requests[id];
			expect(stages.includes("budget"), id).toBe(request !== null);
			if (request === null) continue;
			const isForm = request.body instanceof FormData;
			const answer = await fetch(`${gateway.url}${request.path}`, {
				method: "POST",
				headers: {
					authorization: `Bearer ${gateway.token}`,
					...(isForm ? {} : { "content-type": "application/json" }),
				},
				body: isForm ? (request.body as FormData) : JSON.stringify(request.body),
			});
			expect(`${id} ${answer.status}`).toBe(`${id} 402`);
		}
		expect(upstream.seen).toHaveLength(asked);
	});

	test("is told with the budget's name and without a reason to try again", async () => {
		const month = { window: "month", timeZone: "UTC" } as const;
		gateway.change({ quotas: [quota({ hardLimit: 0, title: "Team A", ...month })] });
		const response = await post(question);
		expect(response.status).toBe(402);
		expect(response.headers.get("x-should-retry")).toBe("false");
		const error = await errorOf(response);
		expect(error).toMatchObject({ code: "budget_exceeded", type: "insufficient_quota" });
		expect(error["message"]).toMatch(/"Team A".*until \d{4}-\d{2}-01T00:00:00\.000Z/);
	});
});

describe("money", () => {
	test("is set aside before the call and replaced by the true cost afterwards", async () => {
		const budget = quota({ hardLimit: 100_000 });
		gateway.change({ quotas: [budget] });
		let during = 0;
		upstream.answer((response, seen) => {
			during = counterOf(budget).leased;
			return sendJson(completion)(response, seen);
		});
		expect((await post({ ...question, max_tokens: 1000 })).status).toBe(200);
		expect(during).toBeGreaterThanOrEqual(2000);
		expect(last()).toMatchObject({ costMicroUsd: answerCost, charges: [[budget.id, 0]] });
		gateway.quotas.charge("test", { counter: budget.id, windowStart: 0 }, answerCost);
		expect(counterOf(budget).spent).toBe(answerCost);
		expect((await post({ ...question, max_tokens: 49_000 })).status).toBe(200);
	});

	test("is reserved for parallel requests together: what fits ten is never given to eleven", async () => {
		// One request of 1,000 output tokens costs 2,000 at most, and less than 100 for its input.
		gateway.change({ quotas: [quota({ hardLimit: 21_000 })] });
		const gate = Promise.withResolvers<void>();
		let called = 0;
		upstream.answer(async (response, seen) => {
			called += 1;
			await gate.promise;
			return sendJson(completion)(response, seen);
		});
		let refused = 0;
		const answers = Array.from({ length: 60 }, async () => {
			const response = await post({ ...question, max_tokens: 1000 });
			if (response.status === 402) refused += 1;
			return response;
		});
		// Sixty connections take a while on a machine that has other work.
		await expect.poll(() => [called, refused], { timeout: 30_000 }).toEqual([10, 50]);
		gate.resolve();
		const statuses = (await Promise.all(answers)).map(({ status }) => status);
		expect(statuses.filter((status) => status === 200)).toHaveLength(10);
		expect(statuses.filter((status) => status === 402)).toHaveLength(50);
	});

	test("is released when the provider fails, and when the caller hangs up early", async () => {
		gateway.change({ quotas: [quota({ hardLimit: 2500 })] });
		upstream.answer(sendJson({ error: { message: "No such parameter." } }, 400));
		for (let round = 0; round < 3; round += 1) {
			expect((await post({ ...question, max_tokens: 1000 })).status).toBe(400);
		}
		const hangUp = new AbortController();
		upstream.answer(() => hangUp.abort());
		await expect(
			post({ ...question, max_tokens: 1000 }, { signal: hangUp.signal }),
		).rejects.toThrow();
		upstream.answer(sendJson(completion));
		await expect.poll(async () => (await post({ ...question, max_tokens: 1000 })).status).toBe(200);
	});

	test("of an answer of unknown length is what is usual, and the provider is told to keep to it", async () => {
		gateway.change({
			quotas: [quota({ hardLimit: 10_000 })],
			settings: { budgets: { assumedOutputTokens: 512 } },
		});
		expect((await post(question)).status).toBe(200);
		expect(JSON.parse(upstream.seen.at(-1)?.body ?? "")).toMatchObject({
			max_completion_tokens: 512,
		});
		gateway.change({ quotas: [] });
		await post(question);
		expect(JSON.parse(upstream.seen.at(-1)?.body ?? "")).not.toHaveProperty(
			"max_completion_tokens",
		);
	});

	test.each([
		[4000, 3000, { type: "enabled", budget_tokens: 2400 }],
		[4000, 1200, { type: "disabled" }],
		[1024, 3000, { type: "enabled", budget_tokens: 1024 }],
	])(
		"leaves Anthropic's budget of %i for thinking below a limit of %i",
		async (budget, cap, left) => {
			const access = { baseUrl: upstream.baseUrl.replace(/\/v1$/, ""), apiKey: "k" };
			const connector = anthropic.connect(anthropic.settings.parse(access));
			gateway.change({
				targets: [testTarget(upstream.baseUrl, { connector })],
				quotas: [quota()],
				settings: { budgets: { assumedOutputTokens: cap } },
			});
			await fetch(`${gateway.url}/v1/messages`, {
				method: "POST",
				headers: { "x-api-key": gateway.token, "content-type": "application/json" },
				body: JSON.stringify({
					...question,
					thinking: { type: "enabled", budget_tokens: budget },
				}),
			});
			expect(JSON.parse(upstream.seen.at(-1)?.body ?? "")).toMatchObject({
				max_tokens: cap,
				thinking: left,
			});
		},
	);

	test("is asked for no more than the model can say", async () => {
		const traits = { purpose: "chat", outputTokensMax: 1000, capabilities: [] } as const;
		const target = testTarget(upstream.baseUrl, { traits });
		gateway.change({ targets: [target], quotas: [quota({ hardLimit: 3000 })] });
		expect((await post({ ...question, max_tokens: 1_000_000 })).status).toBe(200);
		gateway.change({ quotas: [quota({ hardLimit: 3000 })] });
		expect((await post({ ...question, max_tokens: 1_000_000 })).status).toBe(402);
	});

	test("counts nothing for a model without a price, and says so", async () => {
		const target = testTarget(upstream.baseUrl, { price: undefined });
		gateway.change({ targets: [target], quotas: [quota({ hardLimit: 10 })] });
		expect((await post(question)).status).toBe(200);
		expect(last()).toMatchObject({ isUnpriced: true, charges: [] });
		const stage = last().stages.find(([name]) => name === "budget");
		expect(stage?.[4]).toMatch(/no price is known/);
	});

	test("is counted for whoever the request counts for, each once", async () => {
		const counting = [
			quota({ scope: "organisation" }),
			quota({ scope: "team", subject: "team-1" }),
			quota({ scope: "user", subject: "user-1" }),
			quota({ scope: "key", subject: "*", id: "each-key" }),
			quota({ scope: "model", subject: "test/test-model" }),
			quota({ scope: "model", subject: "test-model" }),
			quota({ scope: "model", subject: "*", id: "each-model" }),
			quota({ scope: "tag", subject: "night" }),
			quota({ scope: "ip", subject: "203.0.113.9" }),
		];
		const others = [
			quota({ scope: "team", subject: "team-2" }),
			quota({ scope: "model", subject: "test/other" }),
			quota({ scope: "tag", subject: "day" }),
		];
		gateway.change({
			key: { teamId: "team-1", ownerId: "user-1" },
			quotas: [...counting, ...others],
		});
		await post(question, { headers: { "x-llmproxy-tags": "night", "x-test-ip": "203.0.113.9" } });
		const keyId = last().keyId ?? "";
		const expected = counting.map(({ id }) => {
			if (id === "each-key") return `each-key:${keyId}`;
			return id === "each-model" ? "each-model:test/test-model" : id;
		});
		expect(
			last()
				.charges.map(([counter]) => counter)
				.toSorted(),
		).toEqual(expected.toSorted());
	});

	test("of a model's own budget that is used up leaves the other targets of the name", async () => {
		const second = testTarget(upstream.baseUrl, { id: "second/test-model", providerId: "second" });
		gateway.change({
			targets: [testTarget(upstream.baseUrl), second],
			quotas: [quota({ scope: "model", subject: "test/test-model", hardLimit: 0 })],
		});
		const response = await post({ ...question, model: "test-model" });
		expect(response.status).toBe(200);
		expect(response.headers.get("x-llmproxy-provider")).toBe("second");
		expect(last().charges).toEqual([]);
		expect((await post(question)).status).toBe(402);
	});

	test("that runs short turns to the cheaper models that the caller may use", async () => {
		const cheap = testTarget(upstream.baseUrl, {
			id: "test/cheap",
			model: "cheap",
			price: { inputMicroUsd: 1000, outputMicroUsd: 1000 },
		});
		const budget = quota({
			hardLimit: 1_000_000,
			softLimit: 100,
			softAction: "downgrade",
			downgradeTo: ["gone", "test/cheap"],
		});
		gateway.change({ targets: [testTarget(upstream.baseUrl), cheap], quotas: [budget] });
		const first = await post({ ...question, max_tokens: 100 });
		expect(first.headers.get("x-llmproxy-model")).toBe("test-model");
		const next = await post({ ...question, max_tokens: 100 });
		expect(next.headers.get("x-llmproxy-model")).toBe("cheap");
		// What the dear model would have needed is not kept.
		expect((await post({ ...question, max_tokens: 400_000_000 })).status).toBe(200);
	});

	test("of one model does not change a plan that goes there only when others fail", async () => {
		const dear = testTarget(upstream.baseUrl, { id: "test/dear", model: "dear" });
		const cheap = testTarget(upstream.baseUrl, { id: "test/cheap", model: "cheap" });
		const fallbacks = { error: ["test/dear"], "context-window": [], "content-policy": [] };
		gateway.change({
			targets: [testTarget(upstream.baseUrl), dear, cheap],
			routes: [route("r", ["test/test-model"], { fallbacks })],
			quotas: [
				quota({
					scope: "model",
					subject: "test/dear",
					softLimit: 0,
					softAction: "downgrade",
					downgradeTo: ["test/cheap"],
				}),
			],
		});
		const response = await post({ ...question, model: "r", max_tokens: 10 });
		expect(response.headers.get("x-llmproxy-model")).toBe("test-model");
	});

	test("is charged for a stream that broke, by what had been said", async () => {
		const budget = quota();
		gateway.change({ quotas: [budget] });
		upstream.answer(sendEvents([chunk({ content: "It begins and then " })], "break"));
		await eventsOf(await post({ ...question, stream: true }));
		expect(last().usage?.estimated).toBe(true);
		expect(last().costMicroUsd).toBeGreaterThan(0);
		expect(last().charges).toEqual([[budget.id, 0]]);
	});

	test("is not handed out on trust while nobody can say what is left", async () => {
		gateway.change({ quotas: [quota()] });
		gateway.quotas.breakDown(true);
		const response = await post(question);
		gateway.quotas.breakDown(false);
		expect(response.status).toBe(503);
		expect(await errorOf(response)).toMatchObject({ code: "budget_unavailable" });
	});
});
