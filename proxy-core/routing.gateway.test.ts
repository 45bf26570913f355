import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { openaiCompatible } from "./providers/openai-compatible/openai-compatible.ts";
import { route } from "./routing/__fixtures__/targets.ts";
import type { Route } from "./routing/route.ts";
import { errorOf, eventsOf } from "./testing/gateway-fixture.ts";
import { startTestGateway, testTarget } from "./testing/test-gateway.ts";
import type { Script, ScriptedUpstream } from "./testing/upstream-script.ts";
import {
	chunk,
	completion,
	sendEvents,
	sendJson,
	startScriptedUpstream,
} from "./testing/upstream-script.ts";

const names = ["a", "b", "c"] as const;
const upstreams = Object.fromEntries(
	await Promise.all(names.map(async (name) => [name, await startScriptedUpstream()] as const)),
) as Record<(typeof names)[number], ScriptedUpstream>;

function targetAt(name: (typeof names)[number]) {
	const { baseUrl } = upstreams[name];
	const provider = openaiCompatible({ id: name, title: name, baseUrl });
	const settings = provider.settings.parse({ baseUrl, apiKey: `credential-of-${name}` });
	return testTarget(baseUrl, {
		id: `${name}/model-${name}`,
		providerId: name,
		model: `model-${name}`,
		connector: provider.connect(settings),
	});
}

const gateway = await startTestGateway(names.map(targetAt));
afterAll(async () => {
	await gateway.close();
	await Promise.all(names.map((name) => upstreams[name].close()));
});
beforeEach(() => {
	for (const name of names) upstreams[name].answer(sendJson(completion));
});

const quick = { backoffBaseMs: 10, backoffMaxMs: 500, failuresToOpen: 0 };

/** Puts one route named `r` in force: its targets, and settings that make the test quick. */
function use(
	entries: readonly string[],
	overrides: Partial<Route> = {},
	routing: object = {},
): void {
	gateway.change({
		settings: { routing: { ...quick, ...routing } },
		routes: [route("r", entries, overrides)],
	});
}

function post(
	options: { stream?: boolean; headers?: Record<string, string>; signal?: AbortSignal } = {},
) {
	return fetch(`${gateway.url}/v1/chat/completions`, {
		method: "POST",
		headers: {
			authorization: `Bearer ${gateway.token}`,
			"content-type": "application/json",
			...options.headers,
		},
		body: JSON.stringify({
			model: "r",
			messages: [{ role: "user", content: "Hello" }],
			stream: options.stream ?? false,
		}),
		...(options.signal === undefined ? {} : { signal: options.signal }),
	});
}

/** Answers with these in turn, then with the last one. */
function inTurn(...scripts: readonly Script[]): Script {
	let at = 0;
	return (response, seen) => scripts[Math.min(at++, scripts.length - 1)]?.(response, seen);
}

function refuse(status: number, error: object = {}, headers: Record<string, string> = {}): Script {
	return (response) => {
		response.writeHead(status, { "content-type": "application/json", ...headers });
		response.end(JSON.stringify({ error: { message: "no", type: "x", ...error } }));
	};
}

/** Of polls: far more than it takes. */
const soon = { timeout: 20_000 };
const attempts = () =>
	gateway.records
		.at(-1)
		?.attempts.map(({ provider }) => provider)
		.join("");
const servedBy = (response: Response) => response.headers.get("x-llmproxy-provider");
const fallbacks = (own: Partial<Route["fallbacks"]>) => ({
	fallbacks: { error: [], "context-window": [], "content-policy": [], ...own },
});
const [a, b, c] = ["a/model-a", "b/model-b", "c/model-c"] as const;

describe("a retry", () => {
	test("asks the same target again after passing trouble", async () => {
		use([a, b], { retries: 2 });
		upstreams.a.answer(inTurn(refuse(500), refuse(503), sendJson(completion)));
		const response = await post();
		expect(response.status).toBe(200);
		expect(servedBy(response)).toBe("a");
		expect(response.headers.get("x-llmproxy-attempts")).toBe("3");
		await response.text();
		expect(attempts()).toBe("aaa");
	});

	test("waits as long as the provider asked, and asks another one when that is too long", async () => {
		use([a, b], { retries: 2 });
		upstreams.a.answer(refuse(429, {}, { "retry-after": "60" }));
		const response = await post();
		expect(servedBy(response)).toBe("b");
		await response.text();
		expect(attempts()).toBe("ab");
		upstreams.a.answer(inTurn(refuse(429, {}, { "retry-after-ms": "20" }), sendJson(completion)));
		use([a, b], { retries: 2 });
		expect(servedBy(await post())).toBe("a");
	});

	test("is not made for a request that the provider refused", async () => {
		use([a, b], { retries: 3, ...fallbacks({ error: [c] }) });
		upstreams.a.answer(refuse(400));
		const response = await post();
		expect(response.status).toBe(400);
		await response.text();
		expect(attempts()).toBe("a");
	});

	test("can be forbidden by the caller's headers, and more than configured cannot be asked for", async () => {
		use([a], { retries: 1 });
		upstreams.a.answer(refuse(500));
		await (await post({ headers: { "x-litellm-num-retries": "0" } })).text();
		expect(attempts()).toBe("a");
		await (await post({ headers: { "x-portkey-retry-count": "9" } })).text();
		expect(attempts()).toBe("aa");
	});

	test("ends when the caller hangs up", async () => {
		use([a], { retries: 9 }, { backoffBaseMs: 60_000, backoffMaxMs: 60_000 });
		const before = gateway.records.length;
		const calls = upstreams.a.seen.length;
		upstreams.a.answer(refuse(500));
		const hangUp = new AbortController();
		const asked = post({ signal: hangUp.signal });
		await expect.poll(() => upstreams.a.seen.length, soon).toBe(calls + 1);
		hangUp.abort();
		await expect(asked).rejects.toThrow();
		await expect.poll(() => gateway.records.length, soon).toBe(before + 1);
		expect(gateway.records.at(-1)?.outcome).toBe("cancelled");
	});
});

describe("a fallback", () => {
	test("after errors goes to the next target, then down the chain, with each target's own credential", async () => {
		use([a, b], fallbacks({ error: [c] }));
		upstreams.a.answer(refuse(500));
		upstreams.b.answer(refuse(401));
		const response = await post();
		expect(servedBy(response)).toBe("c");
		expect(response.headers.get("x-llmproxy-model")).toBe("model-c");
		await response.text();
		expect(attempts()).toBe("abc");
		for (const name of names) {
			const seen = upstreams[name].seen.at(-1);
			expect(seen?.headers.authorization).toBe(`Bearer credential-of-${name}`);
			expect(JSON.parse(seen?.body ?? "")).toMatchObject({ model: `model-${name}` });
		}
	});

	test("for length goes to its own chain and past the rest of the targets", async () => {
		use([a, b], fallbacks({ "context-window": [c], error: [b] }));
		upstreams.a.answer(refuse(400, { code: "context_length_exceeded" }));
		expect(servedBy(await post())).toBe("c");
		expect(attempts()).toBe("ac");
	});

	test("for length without a chain is a refusal with its own code", async () => {
		use([a, b]);
		upstreams.a.answer(refuse(400, { message: "prompt is too long: 9 tokens > 8 maximum" }));
		const response = await post();
		expect(response.status).toBe(400);
		expect(await errorOf(response)).toMatchObject({ code: "context_length_exceeded" });
		expect(attempts()).toBe("a");
	});

	test("for content is taken after a refusal and after an answer that was withheld", async () => {
		use([a], fallbacks({ "content-policy": [b] }));
		upstreams.a.answer(refuse(400, { code: "content_filter" }));
		expect(servedBy(await post())).toBe("b");
		const [choice] = completion.choices;
		const withheld = {
			...choice,
			message: { role: "assistant", content: null },
			finish_reason: "content_filter",
		};
		upstreams.a.answer(sendJson({ ...completion, choices: [withheld] }));
		expect(servedBy(await post())).toBe("b");
		upstreams.a.answer(
			sendEvents([chunk({ role: "assistant" }), chunk({}, "content_filter"), "data: [DONE]\n\n"]),
		);
		upstreams.b.answer(
			sendEvents([chunk({ content: "Hi" }), chunk({}, "stop"), "data: [DONE]\n\n"]),
		);
		const stream = await post({ stream: true });
		expect(servedBy(stream)).toBe("b");
		expect(JSON.stringify(await eventsOf(stream))).toContain("Hi");
	});

	test("is not taken for a withheld answer when there is none: the caller sees what the provider said", async () => {
		use([a, b]);
		const [choice] = completion.choices;
		const withheld = {
			...choice,
			message: { role: "assistant", content: null },
			finish_reason: "content_filter",
		};
		upstreams.a.answer(sendJson({ ...completion, choices: [withheld] }));
		const response = await post();
		expect(servedBy(response)).toBe("a");
		expect(await response.text()).toContain("content_filter");
	});
});

describe("a stream", () => {
	const good = sendEvents([chunk({ content: "Hi" }), chunk({}, "stop"), "data: [DONE]\n\n"]);

	test("goes to the next target until its first byte", async () => {
		use([a, b, c]);
		upstreams.a.answer(refuse(503));
		upstreams.b.answer(sendEvents([{ error: { message: "overloaded", type: "server_error" } }]));
		upstreams.c.answer(good);
		const response = await post({ stream: true });
		expect(response.status).toBe(200);
		expect(servedBy(response)).toBe("c");
		await response.text();
		expect(attempts()).toBe("abc");
	});

	test("never goes to another target after its first byte, and the break counts against the target", async () => {
		use([a, b], {}, { failuresToOpen: 1, openMs: 60_000 });
		upstreams.a.answer(sendEvents([chunk({ content: "He" })], "break"));
		const response = await post({ stream: true });
		expect(servedBy(response)).toBe("a");
		const events = await eventsOf(response);
		expect(JSON.stringify(events)).toContain("upstream_interrupted");
		expect(events).not.toContain("[DONE]");
		expect(attempts()).toBe("a");
		expect(gateway.gateway.routing.view(a)).toMatchObject({ breaker: "open", inFlight: 0 });
	});

	test("counts as under way until its end", async () => {
		use([a]);
		const more = Promise.withResolvers<void>();
		upstreams.a.answer(async (answer) => {
			answer.writeHead(200, { "content-type": "text/event-stream" });
			answer.write(`data: ${JSON.stringify(chunk({ content: "Hi" }))}\n\n`);
			await more.promise;
			answer.end(`data: ${JSON.stringify(chunk({}, "stop"))}\n\ndata: [DONE]\n\n`);
		});
		const response = await post({ stream: true });
		expect(gateway.gateway.routing.view(a)?.inFlight).toBe(1);
		more.resolve();
		await response.text();
		expect(gateway.gateway.routing.view(a)?.inFlight).toBe(0);
	});
});

describe("a circuit", () => {
	test("opens after failures in a row and spares the target; callers hear when to come back", async () => {
		use([a], {}, { failuresToOpen: 2, openMs: 600_000 });
		upstreams.a.answer(refuse(500));
		for (let count = 0; count < 2; count++) expect((await post()).status).toBe(502);
		const calls = upstreams.a.seen.length;
		const refused = await post();
		expect(refused.status).toBe(503);
		expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(300);
		expect(await errorOf(refused)).toMatchObject({ code: "no_healthy_target" });
		expect(upstreams.a.seen.length).toBe(calls);
	});

	test("closes when a probe works, and looking at it takes no probe away", async () => {
		use([a], {}, { failuresToOpen: 1, openMs: 100, halfOpenProbes: 1 });
		upstreams.a.answer(refuse(500));
		expect((await post()).status).toBe(502);
		upstreams.a.answer(sendJson(completion));
		await expect.poll(() => gateway.gateway.routing.view(a)?.breaker, soon).toBe("half-open");
		expect((await post()).status).toBe(200);
		expect(gateway.gateway.routing.view(a)?.breaker).toBe("closed");
	});

	test("that is open leaves the request to the others and to the fallbacks", async () => {
		use([a], fallbacks({ error: [b] }), { failuresToOpen: 1, openMs: 60_000 });
		upstreams.a.answer(refuse(500));
		await (await post()).text();
		expect(attempts()).toBe("ab");
		await (await post()).text();
		expect(attempts()).toBe("b");
	});

	test("is not opened by a caller's own impatience or by requests that are at fault", async () => {
		use([a], {}, { failuresToOpen: 1 });
		upstreams.a.answer(() => {});
		const impatient = await post({ headers: { "x-litellm-timeout": "0.05" } });
		expect(impatient.status).toBe(504);
		upstreams.a.answer(inTurn(refuse(400), refuse(429), sendJson(completion)));
		for (const status of [400, 429, 200]) expect((await post()).status).toBe(status);
		expect(gateway.gateway.routing.view(a)?.breaker).toBe("closed");
	});
});

describe("an order", () => {
	test("takes turns, and targets that asked for a pause come last", async () => {
		use([a, b, c], { strategy: "round-robin" });
		const served: (string | null)[] = [];
		for (let count = 0; count < 4; count++) served.push(servedBy(await post()));
		expect(new Set(served.slice(0, 3))).toEqual(new Set(names));
		expect(served[3]).toBe(served[0]);
		use([a, b]);
		upstreams.a.answer(refuse(429, {}, { "retry-after": "60" }));
		await (await post()).text();
		expect(servedBy(await post())).toBe("b");
		expect(attempts()).toBe("b");
	});

	test("of a sticky route keeps a session on one target while it works", async () => {
		use([a, b, c], { strategy: "round-robin", isSticky: true });
		const headers = { "helicone-session-id": "s-1" };
		const first = servedBy(await post({ headers })) as (typeof names)[number];
		for (let count = 0; count < 5; count++) expect(servedBy(await post({ headers }))).toBe(first);
		upstreams[first].answer(refuse(500));
		const second = servedBy(await post({ headers }));
		expect(second).not.toBe(first);
	});

	test("is written into the trace, strategy and scores included", async () => {
		use([a, b], { strategy: "smart" });
		await (await post()).text();
		const stage = gateway.records.at(-1)?.stages.find(([name]) => name === "route");
		expect(stage?.[4]).toMatch(/^smart · r: a\/model-a \[.* \/s \(100 % worked.*\], b\/model-b \[/);
	});
});

describe("a timeout", () => {
	test("of a target counts for that target only", async () => {
		const slow = { ...targetAt("a"), timeouts: { ...targetAt("a").timeouts, firstByteMs: 100 } };
		gateway.change({
			settings: { routing: quick },
			targets: [slow, targetAt("b")],
			routes: [route("r", [a, b])],
		});
		upstreams.a.answer(() => {});
		upstreams.b.answer(async (response, seen) => {
			await new Promise((resolve) => setTimeout(resolve, 200));
			await sendJson(completion)(response, seen);
		});
		expect(servedBy(await post())).toBe("b");
	});
});

describe("an explanation", () => {
	test("names the target that would be asked, and sends nothing", async () => {
		use([a, b], fallbacks({ error: [c] }), { failuresToOpen: 1, openMs: 60_000 });
		upstreams.a.answer(refuse(500));
		await (await post()).text();
		const calls = names.map((name) => upstreams[name].seen.length);
		const explained = gateway.gateway.routing.explain({
			model: "r",
			caller: { kind: "console", userId: "u" },
			session: null,
			endpoint: "chat.completions",
			inputTokens: 100,
		});
		expect(explained.chosen).toBe(b);
		expect(explained.candidates.map((entry) => entry.candidate.target.id)).toEqual([b, a]);
		expect(explained.candidates[1]?.skipped).toContain("Out of service");
		expect(explained.fallbacks).toEqual([{ reason: "error", targets: [c] }]);
		expect(explained.steps.map(({ step }) => step)).toEqual([
			"endpoint",
			"name",
			"access",
			"health",
			"order",
			"chosen",
		]);
		expect(names.map((name) => upstreams[name].seen.length)).toEqual(calls);
	});
});
