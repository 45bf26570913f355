import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Breaker, Pass, PassOutcome } from "./breaker.ts";
import { createBreaker } from "./breaker.ts";

const limits = { failuresToOpen: 3, openMs: 1000, halfOpenProbes: 2 };
const open = (overrides = {}) => createBreaker(() => ({ ...limits, ...overrides }));

function send(breaker: Breaker, outcome: PassOutcome, now: number): void {
	const pass = breaker.enter(now);
	if (pass === undefined) throw new Error("refused");
	pass.settle(outcome, now);
}

/** The same rules, written as plainly as possible, for requests that end one by one. */
interface Model {
	failures: number;
	openUntil: number | undefined;
}

function mayPassModel({ openUntil }: Model, now: number): boolean {
	return openUntil === undefined || now >= openUntil;
}

function settleModel(model: Model, outcome: PassOutcome, now: number): void {
	if (outcome === "neutral") return;
	if (outcome === "worked") {
		model.failures = 0;
		model.openUntil = undefined;
		return;
	}
	model.failures++;
	const opens = model.openUntil !== undefined || model.failures >= limits.failuresToOpen;
	if (opens) model.openUntil = now + limits.openMs;
}

function enterChecked(breaker: Breaker, now: number): Pass | undefined {
	const state = breaker.state(now);
	const pass = breaker.enter(now);
	if (state === "open") expect(pass).toBeUndefined();
	if (state === "closed") expect(pass?.isProbe).toBe(false);
	return pass;
}

describe("createBreaker", () => {
	it("opens after failures in a row, and a success in between starts the count anew", () => {
		const breaker = open();
		for (const outcome of ["failed", "failed", "worked", "failed", "failed"] as const) {
			send(breaker, outcome, 0);
		}
		expect(breaker.state(0)).toBe("closed");
		send(breaker, "failed", 0);
		expect(breaker.state(0)).toBe("open");
		expect(breaker.enter(999)).toBeUndefined();
	});

	it("lets a bounded number of probes through and closes with the first that works", () => {
		const breaker = open();
		for (let count = 0; count < 3; count++) send(breaker, "failed", 0);
		const probes = [breaker.enter(1000), breaker.enter(1000)];
		expect(probes.every((probe) => probe?.isProbe)).toBe(true);
		expect(breaker.enter(1000)).toBeUndefined();
		probes[0]?.settle("worked", 1001);
		expect(breaker.state(1001)).toBe("closed");
		// The other probe was sent before; whatever becomes of it judges a state that is over.
		probes[1]?.settle("failed", 1002);
		expect(breaker.failures()).toBe(0);
	});

	it("opens again with the first probe that fails, and gives a cancelled probe's place back", () => {
		const breaker = open();
		for (let count = 0; count < 3; count++) send(breaker, "failed", 0);
		for (let count = 0; count < 10; count++) send(breaker, "neutral", 1000);
		expect(breaker.probes()).toBe(0);
		send(breaker, "failed", 1000);
		expect(breaker.state(1999)).toBe("open");
		expect(breaker.state(2000)).toBe("half-open");
	});

	it("never opens when the number of failures is 0", () => {
		const breaker = open({ failuresToOpen: 0 });
		for (let count = 0; count < 50; count++) send(breaker, "failed", 0);
		expect(breaker.state(0)).toBe("closed");
	});

	it("hears health checks: failures count, a success lets an open one probe at once", () => {
		const breaker = open();
		for (let count = 0; count < 3; count++) breaker.observe("failed", 0);
		expect(breaker.state(0)).toBe("open");
		breaker.observe("worked", 10);
		expect(breaker.state(10)).toBe("half-open");
		breaker.observe("failed", 11);
		expect(breaker.state(11)).toBe("half-open");
	});

	it("agrees with a simple model over any history of requests that end one by one", () => {
		const step = fc.record({
			waitMs: fc.integer({ min: 0, max: 1500 }),
			outcome: fc.constantFrom<PassOutcome>("worked", "failed", "neutral"),
			looks: fc.integer({ min: 0, max: 3 }),
		});
		fc.assert(
			fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
				const breaker = open();
				const model: Model = { failures: 0, openUntil: undefined };
				let now = 0;
				for (const { waitMs, outcome, looks } of steps) {
					now += waitMs;
					for (let look = 0; look < looks; look++) breaker.state(now);
					const mayPass = mayPassModel(model, now);
					expect(breaker.mayEnter(now)).toBe(mayPass);
					const pass = breaker.enter(now);
					expect(pass !== undefined).toBe(mayPass);
					pass?.settle(outcome, now);
					if (mayPass) settleModel(model, outcome, now);
				}
			}),
		);
	});

	it("never has more probes under way than allowed, in whatever order requests end", () => {
		const action = fc.oneof(
			fc.record({ kind: fc.constant("enter" as const), waitMs: fc.integer({ min: 0, max: 800 }) }),
			fc.record({
				kind: fc.constant("settle" as const),
				which: fc.nat(20),
				outcome: fc.constantFrom<PassOutcome>("worked", "failed", "neutral"),
			}),
		);
		fc.assert(
			fc.property(fc.array(action, { maxLength: 80 }), (actions) => {
				const breaker = open();
				const underWay: Pass[] = [];
				let now = 0;
				for (const entry of actions) {
					if (entry.kind === "enter") {
						now += entry.waitMs;
						const pass = enterChecked(breaker, now);
						if (pass !== undefined) underWay.push(pass);
					} else {
						underWay
							.splice(entry.which % Math.max(1, underWay.length), 1)[0]
							?.settle(entry.outcome, now);
					}
					expect(breaker.probes()).toBeGreaterThanOrEqual(0);
					expect(breaker.probes()).toBeLessThanOrEqual(limits.halfOpenProbes);
				}
			}),
		);
	});
});
