import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { target } from "./__fixtures__/targets.ts";
import { rankForSession } from "./sticky.ts";
import type { Ranked } from "./strategies/strategy.ts";

function ranked(models: readonly string[], weight: (name: string) => number = () => 1): Ranked[] {
	return models.map((name) => ({
		candidate: {
			target: target(`p/${name}`),
			weight: weight(name),
			standing: { availability: "available", inFlight: 0, success: 1, latencyMs: undefined },
			costMicroUsd: undefined,
		},
		score: null,
		scoreText: "",
	}));
}

const modelsOf = (list: readonly Ranked[]) => list.map(({ candidate }) => candidate.target.model);
const names = ["a", "b", "c", "d"];

describe("rankForSession", () => {
	it("gives a session the same order wherever it is asked, and moves nobody else when a target drops out", () => {
		fc.assert(
			fc.property(fc.string(), fc.constantFrom(...names), (session, gone) => {
				const order = modelsOf(rankForSession(ranked(names), session));
				const shuffled = modelsOf(rankForSession(ranked(names.toReversed()), session));
				expect(shuffled).toEqual(order);
				const left = names.filter((name) => name !== gone);
				expect(modelsOf(rankForSession(ranked(left), session))).toEqual(
					order.filter((name) => name !== gone),
				);
			}),
		);
	});

	it("shares sessions by weight", () => {
		const count = { a: 0, b: 0 };
		for (let session = 0; session < 4000; session++) {
			const order = rankForSession(
				ranked(["a", "b"], (name) => (name === "a" ? 3 : 1)),
				`s${session}`,
			);
			count[modelsOf(order)[0] as "a" | "b"]++;
		}
		expect(count.a / 4000).toBeCloseTo(0.75, 1);
	});
});
