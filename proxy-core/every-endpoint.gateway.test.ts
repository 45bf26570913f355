import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { EndpointId } from "./contract/settled-record.ts";
import type { TextSegment, Verdict } from "./contract/verdict.ts";
import type { CompiledGuard, GuardPhase } from "./guards/define-guard.ts";
import { keyIdOf } from "./keys/key-token.ts";
import type { CompiledPlugin, Ring } from "./plugins/define-plugin.ts";
import { provider as simulator } from "./providers/simulator/provider.ts";
import type { Quota } from "./quotas/quota.ts";
import type { Control, EndpointRow } from "./testing/endpoint-rows.ts";
import { endpointRows, pathOf } from "./testing/endpoint-rows.ts";
import { compiledGuard } from "./testing/guards.ts";
import type { SnapshotChange } from "./testing/test-gateway.ts";
import { startTestGateway, testPrice, testTarget } from "./testing/test-gateway.ts";

const gateway = await startTestGateway([
	testTarget("http://127.0.0.1:9", {
		id: "sim/echo",
		providerId: "sim",
		kind: "simulator",
		model: "echo",
		connector: simulator.connect(simulator.settings.parse({})),
		price: {
			...testPrice,
			imageMicroUsd: 40_000,
			audioMinuteMicroUsd: 6000,
			charactersMicroUsd: 15_000_000,
			searchesMicroUsd: 2_000_000,
		},
	}),
]);
const ownKey = { kind: "key", value: keyIdOf(gateway.token) ?? "" } as const;
afterAll(() => gateway.close());
beforeEach(() => {
	gateway.change({ settings: {}, guards: [], plugins: [] });
	gateway.threats.bans.remove(ownKey);
});

interface Sending {
	readonly text?: string;
	readonly isStreaming?: boolean;
	readonly headers?: Readonly<Record<string, string>>;
}

async function send(row: EndpointRow, sending: Sending = {}): Promise<Response> {
	const { text = "Good morning", isStreaming = false } = sending;
	const body = row.body?.(text, isStreaming);
	const isForm = body instanceof FormData;
	const response = await fetch(gateway.url + pathOf(row, isStreaming), {
		method: row.method,
		headers: {
			...(body !== undefined && !isForm && { "content-type": "application/json" }),
			// Nobody's limit by address is in the way of another.
			"x-test-ip": randomUUID(),
			...(sending.headers ?? { authorization: `Bearer ${gateway.token}` }),
		},
		...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
	});
	// Whoever reads to the end sees a settled request.
	return new Response(await response.arrayBuffer(), response);
}

/** Refuses whatever it is shown. */
function blocking(phase: GuardPhase): CompiledGuard {
	const verdictOn = (segments: readonly TextSegment[]): Verdict => ({
		findings: segments.map(({ text }, segment) => ({
			rule: "NO-1",
			segment,
			start: 0,
			end: text.length,
			score: 1,
			action: "block",
		})),
	});
	return compiledGuard({
		id: "no-text",
		holdBackMax: 1,
		inspector:
			phase === "request"
				? { inspectRequest: verdictOn }
				: { openAnswer: () => ({ inspect: verdictOn }) },
	});
}

function blockingIn(ring: Ring): CompiledPlugin {
	const verdict = { action: "block", findings: [], reason: "No." } as const;
	return {
		id: "no",
		ring,
		onFailure: "closed",
		timeoutMs: 1000,
		instance: { run: () => verdict },
	};
}

const spentBudget: Quota = {
	id: "spent",
	title: "Nothing",
	unit: "usd",
	scope: "organisation",
	subject: null,
	window: "total",
	timeZone: "UTC",
	hardLimit: 0,
	softLimit: null,
	softAction: "notify",
	downgradeTo: [],
};

const hidden = [..."ignore"]
	.map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0)))
	.join("");

interface Trial {
	readonly change?: SnapshotChange;
	readonly sending?: Sending;
	/** Whether its key is banned. */
	readonly isBanned?: true;
	/** Requests before the one that is refused. */
	readonly before?: number;
	readonly status: number;
	readonly code: string;
}

const trials: Readonly<Record<Exclude<Control, "ledger" | "output-guard">, Trial>> = {
	authentication: { sending: { headers: {} }, status: 401, code: "missing_api_key" },
	permission: {
		change: { key: { allowedEndpoints: [] } },
		status: 403,
		code: "endpoint_not_allowed",
	},
	"kill-switch": {
		change: {
			settings: { killSwitch: { engaged: true, reason: "drill", by: "Ada", since: null } },
		},
		status: 503,
		code: "kill_switch_engaged",
	},
	threats: { isBanned: true, status: 403, code: "caller_banned" },
	firewall: { sending: { text: `hi ${hidden}` }, status: 403, code: "guardrail_blocked" },
	shield: {
		change: { guards: [blocking("request")] },
		status: 403,
		code: "guardrail_blocked",
	},
	privacy: {
		change: { settings: { privacy: { mode: "enforce", actions: { EMAIL_ADDRESS: "block" } } } },
		sending: { text: "Write to ada@example.com" },
		status: 403,
		code: "guardrail_blocked",
	},
	"ring:ingress": inRing("ingress"),
	"ring:pre-flight": inRing("pre-flight"),
	"ring:routing": inRing("routing"),
	"ring:post-flight": inRing("post-flight"),
	"rate-limit": {
		change: { key: { requestsPerMinute: 1 } },
		before: 1,
		status: 429,
		code: "rate_limit_exceeded",
	},
	budget: { change: { quotas: [spentBudget] }, status: 402, code: "budget_exceeded" },
};

function inRing(ring: Ring): Trial {
	return { change: { plugins: [blockingIn(ring)] }, status: 403, code: "guardrail_blocked" };
}

/** Every way of calling an endpoint. */
const cases = [...gateway.gateway.stages.keys()].flatMap((id) =>
	endpointRows[id].streams === true
		? [
				{ id, isStreaming: false },
				{ id, isStreaming: true },
			]
		: [{ id, isStreaming: false }],
);

function applies(id: EndpointId, control: Control): boolean {
	return endpointRows[id].without?.[control] === undefined;
}

async function trialOf(id: EndpointId, trial: Trial, isStreaming: boolean): Promise<Response> {
	if (trial.change !== undefined) gateway.change({ guards: [], plugins: [], ...trial.change });
	const sending = { ...trial.sending, isStreaming };
	if (trial.isBanned) gateway.threats.bans.put({ ...ownKey, untilMs: null });
	for (let count = 0; count < (trial.before ?? 0); count++) await send(endpointRows[id], sending);
	return send(endpointRows[id], sending);
}

describe.each(cases)("$id (stream: $isStreaming)", ({ id, isStreaming }) => {
	const applying = (Object.entries(trials) as [keyof typeof trials, Trial][]).filter(([control]) =>
		applies(id, control),
	);
	test.each(applying)("does not escape %s", async (_, trial) => {
		const response = await trialOf(id, trial, isStreaming);
		expect(response.status).toBe(trial.status);
		if (applies(id, "ledger")) {
			expect(gateway.records.at(-1)).toMatchObject({ endpoint: id, errorCode: trial.code });
		}
		expect(await response.text()).toContain(trial.code);
		expect(response.headers.get("x-request-id")).toMatch(/^req_/);
	});

	test("does not escape output guards where its answer has text", async () => {
		gateway.change({ guards: [blocking("answer")], plugins: [] });
		const response = await send(endpointRows[id], { text: "Tell me", isStreaming });
		const body = await response.text();
		// Images have no text while they come in pieces.
		const hasText = applies(id, "output-guard") && !(isStreaming && id.startsWith("images."));
		const record = applies(id, "ledger") ? gateway.records.at(-1) : undefined;
		expect(record?.errorCode ?? null).toBe(hasText ? "answer_blocked" : null);
		if (hasText) expect(body).not.toContain("Tell me");
	});

	test("is recorded with what it used and cost", async () => {
		const before = gateway.records.length;
		const response = await send(endpointRows[id], { isStreaming });
		expect(response.status).toBe(200);
		const record = applies(id, "ledger") ? gateway.records.at(-1) : undefined;
		expect(gateway.records.length - before).toBe(record === undefined ? 0 : 1);
		if (record !== undefined) {
			expect(record).toMatchObject({ endpoint: id, outcome: "answered", isStreaming });
			expect((record.costMicroUsd ?? 0) > 0).toBe(applies(id, "budget"));
		}
	});
});

test("an endpoint either has the stage of a control, or its row says why not", () => {
	const unexplained = [...gateway.gateway.stages].flatMap(([id, stages]) =>
		(Object.keys(trials) as (keyof typeof trials)[])
			.filter((control) => applies(id, control) && !stages.includes(stageOf(control)))
			.map((control) => `${id}: ${control}`),
	);
	expect(unexplained).toEqual([]);
});

/** The stage that enforces a control. */
function stageOf(control: keyof typeof trials): string {
	switch (control) {
		case "authentication":
			return "authenticate";
		case "permission":
		case "kill-switch":
			return "admit";
		case "rate-limit":
			return "limit";
		default:
			return control;
	}
}
