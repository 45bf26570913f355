import { describe, expect, it } from "vitest";
import { errorOf, question, startGatewayFixture } from "./testing/gateway-fixture.ts";
import { compiledGuard } from "./testing/guards.ts";
import { solveChallenge } from "./threat-ledger/proof-of-work.ts";

const { gateway, post, last } = await startGatewayFixture();

/** As the shield would say it: a number at the end of a text is its risk. */
const toldRisk = compiledGuard({
	id: "prompt-injection",
	inspector: {
		inspectRequest: (segments) => ({
			findings: [],
			risks: segments.map(({ text }) => Number(/ (0\.\d+)$/.exec(text)?.[1] ?? 0)),
		}),
	},
});
/** Blocks whatever says so. */
const toldBlock = compiledGuard({
	id: "prompt-injection",
	inspector: {
		inspectRequest: (segments) => ({
			findings: segments.flatMap(({ text }, segment) =>
				text.includes("ATTACK")
					? [{ rule: "told", segment, start: 0, end: 6, score: 1, action: "block" as const }]
					: [],
			),
		}),
	},
});
const attack = { ...question, messages: [{ role: "user", content: "ATTACK" }] };

function from(ip: string, headers: Readonly<Record<string, string>> = {}) {
	return { headers: { "x-test-ip": ip, ...headers } };
}

async function attackFrom(ip: string, count: number): Promise<void> {
	for (let index = 0; index < count; index += 1) await post(attack, from(ip));
}

const quick = { slowDown: { delayMsMax: 0, requestsPerMinute: 1000 } };

describe("the threat ledger at the gateway", () => {
	it("bans an address that keeps attacking, also for its harmless requests, and nobody else", async () => {
		gateway.change({
			settings: {
				threats: { ...quick, challenge: { difficultyBits: 1 }, thresholds: { ban: 14 } },
			},
			guards: [toldBlock],
		});
		await attackFrom("203.0.113.5", 20);
		const refused = await post(question, from("203.0.113.5"));
		expect(refused.status).toBe(403);
		expect(refused.headers.get("x-should-retry")).toBe("false");
		expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(800);
		const error = await errorOf(refused);
		expect(error["code"]).toBe("caller_banned");
		expect(error["message"]).toMatch(/^This caller is banned until \d{4}-/);
		expect(last()).toMatchObject({
			outcome: "refused",
			errorCode: "caller_banned",
			requestBytes: 0,
		});
		expect((await post(question, from("203.0.113.6"))).status).toBe(200);
	});

	it("refuses a banned key on every endpoint before the body is read", async () => {
		gateway.change({});
		const [keyId = ""] = gateway.snapshot().keys.keys();
		gateway.threats.bans.put({ kind: "key", value: keyId, untilMs: null });
		for (const [id, stages] of gateway.gateway.stages) {
			const at = stages.indexOf("threats");
			expect(at, id).toBeGreaterThan(stages.indexOf("authenticate"));
			if (stages.includes("read")) expect(at, id).toBeLessThan(stages.indexOf("read"));
		}
		expect((await errorOf(await post(question)))["code"]).toBe("caller_banned");
		gateway.threats.bans.remove({ kind: "key", value: keyId });
		expect((await post(question)).status).toBe(200);
	});

	it("asks for work, says how to do it, and lets whoever did it through", async () => {
		gateway.change({
			settings: { threats: { ...quick, challenge: { difficultyBits: 6 } } },
			guards: [toldBlock],
		});
		const ip = "203.0.113.31";
		for (let index = 0; index < 16; index += 1) {
			gateway.threats.note({ address: ip, layer: "sign-in", rule: "test", severity: "high" });
		}
		const asked = await post(question, from(ip));
		expect(asked.status).toBe(403);
		expect(asked.headers.get("x-should-retry")).toBe("false");
		const challenge = asked.headers.get("x-llmproxy-challenge") ?? "";
		const error = await errorOf(asked);
		expect(error["code"]).toBe("challenge_required");
		expect(error["message"]).toContain(challenge);
		const proof = solveChallenge(challenge) ?? "";
		const answered = await post(question, from(ip, { "x-llmproxy-challenge": proof }));
		expect(answered.status).toBe(200);
		const stolen = await post(question, from("203.0.113.32", { "x-llmproxy-challenge": proof }));
		expect(stolen.status).toBe(200);
		expect((await post(question, from(ip))).status).toBe(403);
	});

	it("slows down by a delay that is not the gateway's own time, and by a tighter rate", async () => {
		gateway.change({
			settings: { threats: { slowDown: { delayMsMax: 40, requestsPerMinute: 2 } } },
			guards: [toldBlock],
		});
		const ip = "203.0.113.41";
		for (let index = 0; index < 10; index += 1) {
			gateway.threats.note({ address: ip, layer: "sign-in", rule: "test", severity: "high" });
		}
		expect((await post(question, from(ip))).status).toBe(200);
		const stage = last().stages.find(([name]) => name === "threats");
		expect(stage?.[4]).toMatch(/^Slowed down by \d+ ms$/);
		expect(last().durationMs - last().overheadMs).toBeGreaterThan(5);
		await post(question, from(ip));
		const limited = await post(question, from(ip));
		expect(limited.status).toBe(429);
		expect((await errorOf(limited))["code"]).toBe("caller_slowed");
		expect(limited.headers.get("retry-after")).not.toBeNull();
	});

	it("knows sessions and end users by header and by body", async () => {
		gateway.change({});
		gateway.threats.bans.put({ kind: "session", value: "evil", untilMs: null });
		gateway.threats.bans.put({ kind: "user", value: "mallory", untilMs: null });
		const byHeader = await post(question, { headers: { "x-llmproxy-session": "evil" } });
		expect(byHeader.status).toBe(403);
		const byBody = await post({ ...question, metadata: { session_id: "evil" } });
		expect(byBody.status).toBe(403);
		expect((await post({ ...question, user: "mallory" })).status).toBe(403);
		expect((await post({ ...question, user: "alice" })).status).toBe(200);
		gateway.threats.bans.remove({ kind: "session", value: "evil" });
		gateway.threats.bans.remove({ kind: "user", value: "mallory" });
	});

	it("counts wrong keys against their address only", async () => {
		gateway.change({ settings: { limits: { failedSignInsPerMinute: 10_000 } } });
		const wrong = { headers: { authorization: "Bearer wrong", "x-test-ip": "203.0.113.61" } };
		for (let index = 0; index < 50; index += 1) await post(question, wrong);
		expect((await post(question, from("203.0.113.61"))).status).toBe(403);
		expect((await post(question, from("203.0.113.62"))).status).toBe(200);
	});
});

describe("the trajectory at the gateway", () => {
	const escalations = () => last().findings.filter(({ guard }) => guard === "trajectory");
	const turns = (...risks: readonly number[]) => ({
		...question,
		messages: risks.flatMap((risk, turn) => [
			...(turn === 0 ? [] : [{ role: "assistant", content: `Answer ${turn}` }]),
			{ role: "user", content: `Turn ${turn} ${risk}` },
		]),
	});

	it("blocks where a crescendo leads to, with rule and incident", async () => {
		gateway.change({ guards: [toldRisk] });
		expect((await post(turns(0.4))).status).toBe(200);
		expect((await post(turns(0.4, 0.55))).status).toBe(200);
		const refused = await post(turns(0.4, 0.55, 0.65, 0.75, 0.85));
		expect(refused.status).toBe(403);
		expect((await errorOf(refused))["message"]).toContain(`incident ${last().requestId}`);
		expect(escalations()).toMatchObject([
			{ guard: "trajectory", rule: "escalation", category: "escalation", action: "block" },
		]);
	});

	it("only records it when it is to monitor, and does nothing when it is off", async () => {
		const escalating = turns(0.5, 0.6, 0.7, 0.8, 0.9);
		gateway.change({
			settings: { shield: { trajectory: { mode: "monitor" } } },
			guards: [toldRisk],
		});
		expect((await post(escalating)).status).toBe(200);
		expect(escalations()).toMatchObject([{ action: "flag", wouldBe: "block" }]);
		gateway.change({ settings: { shield: { trajectory: { mode: "off" } } }, guards: [toldRisk] });
		expect((await post(escalating)).status).toBe(200);
		expect(escalations()).toEqual([]);
	});

	it("never blocks a harmless chat from its third turn on for what its first message asked", async () => {
		gateway.change({ guards: [toldRisk] });
		const risks = [0.74];
		for (let turn = 0; turn < 8; turn += 1) {
			expect((await post(turns(...risks))).status).toBe(200);
			expect(escalations()).toEqual([]);
			risks.push(0.1);
		}
	});
});

describe("what is remembered of a refused request", () => {
	it("says session, end user, fingerprint and country also when it was blocked early", async () => {
		gateway.change({ guards: [toldBlock] });
		await post(attack, {
			headers: {
				"x-llmproxy-session": "s1",
				"helicone-user-id": "alice",
				"x-ja4": "t13d1516h2_8daaf6152771",
				"cf-ipcountry": "AT",
			},
		});
		expect(last()).toMatchObject({
			...{ outcome: "refused", session: "s1", endUser: "alice" },
			...{ fingerprint: "ja4:t13d1516h2_8daaf6152771", country: "AT" },
		});
	});
});
