import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { strategyIds } from "../../contract/routing.ts";
import { target } from "../__fixtures__/targets.ts";
import { strategies } from "./registry.ts";
import type { Candidate, RankFacts } from "./strategy.ts";

const facts: RankFacts = { random: () => 0.5, turn: 0, costWeight: 1 };

interface Shape {
	readonly weight?: number;
	readonly priority?: number;
	readonly inFlight?: number;
	readonly success?: number;
	readonly latencyMs?: number | undefined;
	readonly costMicroUsd?: number | undefined;
}

function candidate(name: string, shape: Shape = {}): Candidate {
	const { weight = 1, priority = 0, inFlight = 0, success = 1, latencyMs, costMicroUsd } = shape;
	return {
		target: target(`p/${name}`, { priority }),
		weight,
		standing: { availability: "available", inFlight, success, latencyMs },
		costMicroUsd,
	};
}

function order(
	id: (typeof strategyIds)[number],
	candidates: readonly Candidate[],
	changes: Partial<RankFacts> = {},
): readonly string[] {
	return strategies[id]
		.rank(candidates, { ...facts, ...changes })
		.map((ranked) => ranked.candidate.target.model);
}

const shapes = fc.record({
	weight: fc.integer({ min: 0, max: 100 }),
	priority: fc.integer({ min: -5, max: 5 }),
	inFlight: fc.nat(50),
	success: fc.double({ min: 0, max: 1, noNaN: true }),
	latencyMs: fc.option(fc.double({ min: 0, max: 60_000, noNaN: true }), { nil: undefined }),
	costMicroUsd: fc.option(fc.nat(1_000_000), { nil: undefined }),
});

describe("every strategy", () => {
	it.each(strategyIds)("%s keeps every candidate once and scores in falling order", (id) => {
		fc.assert(
			fc.property(fc.array(shapes, { maxLength: 8 }), fc.nat(1000), (all, turn) => {
				const candidates = all.map((shape, index) => candidate(`m${index}`, shape));
				const ranked = strategies[id].rank(candidates, {
					random: Math.random,
					turn,
					costWeight: 1,
				});
				expect(new Set(ranked.map((entry) => entry.candidate))).toEqual(new Set(candidates));
				expect(ranked).toHaveLength(candidates.length);
				for (const { score, scoreText } of ranked) {
					expect(score === null || Number.isFinite(score)).toBe(true);
					expect(scoreText).not.toBe("");
				}
				if (id === "weighted" || id === "round-robin") return;
				const scores = ranked.map(({ score }) => score ?? Number.NEGATIVE_INFINITY);
				expect(scores).toEqual(scores.toSorted((a, b) => b - a));
			}),
		);
	});
});

describe("the strategies", () => {
	it("priority takes the lowest number first and keeps the list's order among equals", () => {
		const all = [candidate("a", { priority: 1 }), candidate("b"), candidate("c")];
		expect(order("priority", all)).toEqual(["b", "c", "a"]);
	});

	it("weighted draws in proportion to the weights, and weight 0 last", () => {
		const all = [
			candidate("a", { weight: 1 }),
			candidate("b", { weight: 3 }),
			candidate("c", { weight: 0 }),
		];
		const firsts = { a: 0, b: 0, c: 0 };
		// Every pair of numbers on a grid, once: the two targets with a weight draw one each.
		for (let step = 0; step < 64 * 64; step++) {
			const pair = [(step % 64) + 0.5, Math.floor(step / 64) + 0.5];
			const names = order("weighted", all, { random: () => (pair.shift() ?? 0) / 64 });
			firsts[names[0] as "a" | "b" | "c"]++;
			expect(names[2]).toBe("c");
		}
		expect(firsts.c).toBe(0);
		expect(firsts.a / 4096).toBeCloseTo(0.25, 1);
	});

	it("round robin takes turns", () => {
		const all = [candidate("a"), candidate("b"), candidate("c")];
		const firsts = [0, 1, 2, 3].map((turn) => order("round-robin", all, { turn })[0]);
		expect(firsts).toEqual(["a", "b", "c", "a"]);
	});

	it("least busy counts requests under way", () => {
		const all = [
			candidate("a", { inFlight: 2 }),
			candidate("b", { inFlight: 1 }),
			candidate("c", { inFlight: 1 }),
		];
		expect(order("least-busy", all)).toEqual(["b", "c", "a"]);
	});

	it("latency asks the fastest, and whoever was never measured before that", () => {
		const all = [
			candidate("a", { latencyMs: 200 }),
			candidate("b", { latencyMs: 90 }),
			candidate("c"),
		];
		expect(order("latency", all)).toEqual(["c", "b", "a"]);
	});

	it("cost asks the cheapest, and whoever has no price last", () => {
		const all = [
			candidate("a"),
			candidate("b", { costMicroUsd: 20 }),
			candidate("c", { costMicroUsd: 0 }),
		];
		expect(order("cost", all)).toEqual(["c", "b", "a"]);
		expect(strategies.cost.rank(all, facts).at(-1)).toMatchObject({
			score: null,
			scoreText: "no price",
		});
	});

	it("smart is success² / latency × costFactor^w, in 1/s", () => {
		const [best, worse] = strategies.smart.rank(
			[
				candidate("dear", { success: 0.5, latencyMs: 250, costMicroUsd: 199 }),
				candidate("cheap", { success: 1, latencyMs: 500, costMicroUsd: 99 }),
			],
			{ ...facts, costWeight: 2 },
		);
		expect(best?.candidate.target.model).toBe("cheap");
		expect(best?.score).toBeCloseTo(2, 10);
		expect(worse?.score).toBeCloseTo((0.25 / 0.25) * (100 / 200) ** 2, 10);
	});

	it("smart leaves cost out with weight 0 and takes unmeasured targets for the fastest", () => {
		const all = [
			candidate("slow", { latencyMs: 800, costMicroUsd: 1 }),
			candidate("fast", { latencyMs: 100, costMicroUsd: 900 }),
			candidate("new", { costMicroUsd: 900 }),
		];
		expect(order("smart", all, { costWeight: 0 })).toEqual(["fast", "new", "slow"]);
		expect(order("smart", all, { costWeight: 2 })[0]).toBe("slow");
	});
});
