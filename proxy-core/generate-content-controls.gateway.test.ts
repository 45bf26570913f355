import { describe, expect, test } from "vitest";
import type { Quota } from "./quotas/quota.ts";
import { fakeCredential } from "./testing/gateway-fixture.ts";
import { failureOf, geminiAnswer, reasonOf, startGoogleFixture } from "./testing/google-fixture.ts";
import { completion, sendJson } from "./testing/upstream-script.ts";

const { upstream, gateway, targets, client, call, sent, last } = await startGoogleFixture();

const model = "test/test-model";
const native = "google/gemini-x";
const hello = { contents: [{ role: "user", parts: [{ text: "Hello" }] }] };

describe("keys, errors and paths", () => {
	test("a key is taken from the query, and the query is kept nowhere", async () => {
		const path = `/v1beta/models/${model}:generateContent?key=${gateway.token}`;
		expect((await call(path, hello, {})).status).toBe(200);
		expect(JSON.stringify([last(), upstream.seen.at(-1)])).not.toContain(gateway.token);
		const refusal = await call(path.replace("?key=", "?key=x"), hello, {});
		expect(refusal.status).toBe(401);
		const text = await refusal.text();
		expect(text).toContain("UNAUTHENTICATED");
		expect(text + JSON.stringify(last())).not.toContain(gateway.token);
		const elsewhere = await call(`/v1/chat/completions?key=${gateway.token}`, hello, {});
		expect(elsewhere.status).toBe(401);
	});

	test("errors have Google's shape, with our code, the field, and the time to wait", async () => {
		const unknown = await failureOf(
			client.models.generateContent({ model: "nobody", contents: "Hello" }),
		);
		expect(unknown).toMatchObject({ status: 404, error: { code: 404, status: "NOT_FOUND" } });
		expect(reasonOf(unknown.error)).toBe("model_not_found");
		gateway.change({ key: { requestsPerMinute: 1 } });
		await call(`/v1beta/models/${model}:generateContent`, hello);
		const limited = await failureOf(client.models.generateContent({ model, contents: "Hello" }));
		expect(limited).toMatchObject({ status: 429, error: { status: "RESOURCE_EXHAUSTED" } });
		expect(JSON.stringify(limited.error.details)).toMatch(/"retryDelay":"\d+s"/);
	});

	test("a field in both of its spellings is refused, because two readers could differ", async () => {
		const response = await call(`/v1beta/models/${native}:generateContent`, {
			...hello,
			systemInstruction: { parts: [{ text: "a" }] },
			system_instruction: { parts: [{ text: "b" }] },
		});
		const { error } = (await response.json()) as Awaited<ReturnType<typeof failureOf>>;
		expect([response.status, reasonOf(error)]).toEqual([400, "duplicate_json_key"]);
	});

	test("what is not offered is refused in Google's shape, and embeddings say where to go", async () => {
		const embed = await call(`/v1beta/models/${model}:embedContent`, {});
		expect([embed.status, await embed.text()]).toEqual([
			404,
			expect.stringContaining("/v1/embeddings"),
		]);
		for (const path of ["/v1beta/files", "/v1beta/cachedContents", "/v1beta"]) {
			const response = await call(path, {});
			expect([response.status, await response.json()]).toMatchObject([
				404,
				{ error: { status: "NOT_FOUND" } },
			]);
		}
		const get = await fetch(`${gateway.url}/v1beta/models/${model}:generateContent`, {
			headers: { "x-goog-api-key": gateway.token },
		});
		expect(get.status).toBe(405);
	});

	test("a limit that a budget sets reaches the provider in whichever spelling was used", async () => {
		upstream.answer(sendJson(geminiAnswer));
		const quota: Quota = {
			id: "b",
			title: "Budget",
			unit: "usd",
			scope: "organisation",
			subject: null,
			window: "total",
			timeZone: "UTC",
			hardLimit: 10_000,
			softLimit: null,
			softAction: "notify",
			downgradeTo: [],
		};
		gateway.change({ targets, quotas: [quota] });
		await call(`/v1beta/models/${native}:generateContent`, {
			...hello,
			generation_config: { temperature: 0 },
		});
		const config = sent()["generation_config"] as Record<string, number>;
		expect(Object.keys(config)).toEqual(["temperature", "maxOutputTokens"]);
		expect(config["maxOutputTokens"]).toBeLessThan(5001);
	});

	test("an answer is kept for its own model and form only", async () => {
		gateway.change({ targets, settings: { cache: { mode: "on" } } });
		const at = (name: string, verb: string) => call(`/v1beta/models/${name}:${verb}`, hello);
		const outcomes: (string | null)[] = [];
		for (const [name, verb] of [
			[model, "generateContent"],
			[model, "generateContent"],
			[native, "generateContent"],
		] as const) {
			upstream.answer(sendJson(name === native ? geminiAnswer : completion));
			const response = await at(name, verb);
			expect([name, response.status, await response.text()]).toMatchObject([name, 200, /./]);
			outcomes.push(response.headers.get("x-llmproxy-cache"));
		}
		expect(outcomes).toEqual(["miss", "hit", "miss"]);
	});
});

describe("counting tokens", () => {
	test("is left to Google's own counter where Google is asked", async () => {
		upstream.answer(sendJson({ totalTokens: 4711 }));
		const count = await client.models.countTokens({ model: native, contents: "Hello" });
		expect(count.totalTokens).toBe(4711);
		expect(upstream.seen.at(-1)?.path).toBe("/v1beta/models/gemini-x:countTokens");
		const nested = { generateContentRequest: { model: `models/${native}`, ...hello } };
		await call(`/v1beta/models/${native}:countTokens`, nested);
		expect(sent()).toEqual({ generateContentRequest: { model: "models/gemini-x", ...hello } });
		expect(last()).toMatchObject({ endpoint: "generate_content.count_tokens", costMicroUsd: 0 });
	});

	test("is estimated for every other provider, and asks nobody", async () => {
		const before = upstream.seen.length;
		const few = await client.models.countTokens({ model, contents: "Hello" });
		const many = await client.models.countTokens({ model, contents: "word ".repeat(500) });
		expect(few.totalTokens).toBeGreaterThan(0);
		expect(many.totalTokens).toBeGreaterThan(400);
		expect(upstream.seen).toHaveLength(before);
	});
});

describe("the list of models", () => {
	test("comes in Google's shape, page by page", async () => {
		const names: (string | undefined)[] = [];
		for await (const entry of await client.models.list({ config: { pageSize: 2 } })) {
			names.push(entry.name);
		}
		expect(names).toEqual([
			"models/test/test-model",
			"models/google/gemini-x",
			"models/claude/claude-sonnet-4-5",
		]);
		const found = await client.models.get({ model: native });
		expect(found).toMatchObject({ name: `models/${native}`, displayName: "gemini-x" });
		expect(found.supportedActions).toEqual(["generateContent", "countTokens"]);
		await failureOf(client.models.get({ model: "nobody" }));
	});
});

describe("security", () => {
	test.each([
		["a model's turn", { contents: [{ role: "model", parts: [{ text: fakeCredential }] }] }],
		[
			"arguments",
			{
				contents: [
					{
						role: "model",
						parts: [{ functionCall: { name: "f", args: { a: [fakeCredential] } } }],
					},
				],
			},
		],
		[
			"a result",
			{
				contents: [
					{ parts: [{ function_response: { name: "f", response: { my_key: fakeCredential } } }] },
				],
			},
		],
		[
			"code",
			{ contents: [{ role: "model", parts: [{ executable_code: { code: fakeCredential } }] }] },
		],
		["a system instruction", { ...hello, system_instruction: { parts: { text: fakeCredential } } }],
		[
			"a description",
			{ ...hello, tools: { function_declarations: { name: "f", description: fakeCredential } } },
		],
		["a label", { ...hello, labels: { a: fakeCredential } }],
		["a part of tomorrow", { contents: { parts: { futurePart: { deep: [fakeCredential] } } } }],
		["a field of tomorrow", { ...hello, futureField: { a: fakeCredential } }],
		[
			"the nested request",
			{ generateContentRequest: { contents: [{ parts: [{ text: fakeCredential }] }] } },
		],
	])("a credential in %s is found", async (_, body) => {
		upstream.answer(sendJson(geminiAnswer));
		gateway.change({
			targets,
			settings: { guards: { "secret-leak": { mode: "enforce", requestAction: "block" } } },
		});
		await call(`/v1beta/models/${native}:generateContent`, body);
		expect(last().findings.map(({ guard }) => guard)).toContain("secret-leak");
	});
});
