import { describe, expect, it } from "vitest";
import type { SegmentJudgement } from "../../shield/judge-segments.ts";
import { classifierConfig } from "./classifier-config.ts";
import type { HeavyScores } from "./suspects.ts";
import { findingsOf, findSuspects, heavyRule, risksOf } from "./suspects.ts";

const own = { blockAt: 0.8, flagAt: 0.5 };

function judged(score: number): SegmentJudgement {
	return { score, evidence: [{ rule: "INJ-001", start: 2, end: 9, encodings: [] }] };
}

function heavy(score: number): HeavyScores {
	return new Map([[0, { score, start: 0, end: 20 }]]);
}

/** What becomes of one text: its level, and the rules that say so, the deciding one first. */
function weighed(score: number, second: number | undefined, config: object = {}) {
	const classifier = classifierConfig.parse(config);
	const scores = second === undefined ? undefined : heavy(second);
	const [suspect] = findSuspects([judged(score)], { ...own, classifier }, scores);
	if (suspect === undefined) return "nothing";
	const rules = suspect.evidence.map(({ rule }) => rule).join(" ");
	return `${suspect.isCertain ? "certain" : "grey"}: ${rules}`;
}

describe("two layers", () => {
	it.each([
		[0.2, undefined, "nothing"],
		[0.6, undefined, "grey: INJ-001"],
		[0.9, undefined, "certain: INJ-001"],
		[0.2, 0.2, "nothing"],
		[0.2, 0.6, `grey: ${heavyRule}`],
		[0.2, 0.95, `certain: ${heavyRule}`],
		[0.6, 0.2, "grey: INJ-001"],
		[0.6, 0.7, `grey: INJ-001 ${heavyRule}`],
		[0.6, 0.95, `certain: ${heavyRule} INJ-001`],
		[0.9, 0.95, `certain: INJ-001 ${heavyRule}`],
	])("with %s and %s come to: %s", (score, second, expected) => {
		expect(weighed(score, second)).toBe(expected);
	});

	it("let the second clear the grey zone of the first only when it is told to", () => {
		expect(weighed(0.6, 0.01)).toBe("grey: INJ-001");
		expect(weighed(0.6, 0.01, { harmlessBelow: 0.05 })).toBe("nothing");
		expect(weighed(0.6, 0.06, { harmlessBelow: 0.05 })).toBe("grey: INJ-001");
		expect(weighed(0.9, 0.01, { harmlessBelow: 0.05 })).toBe("certain: INJ-001");
	});

	it("give findings with the score of the layer that made each", () => {
		const classifier = classifierConfig.parse({});
		const [suspect] = findSuspects([judged(0.61234)], { ...own, classifier }, heavy(0.98765));
		if (suspect === undefined) throw new Error("no suspect");
		expect(findingsOf(suspect, "flag")).toEqual([
			{ rule: heavyRule, segment: 0, start: 0, end: 20, score: 0.988, action: "block" },
			{ rule: "INJ-001", segment: 0, start: 2, end: 9, score: 0.612, action: "flag" },
		]);
	});

	it("put the surest text first", () => {
		const classifier = classifierConfig.parse({});
		const all = [judged(0.55), judged(0.7), judged(0.1)];
		const scores: HeavyScores = new Map([[2, { score: 0.93, start: 0, end: 5 }]]);
		const order = findSuspects(all, { ...own, classifier }, scores).map(({ segment }) => segment);
		expect(order).toEqual([2, 1, 0]);
	});

	it("raise what later turns are weighed with, never lower it", () => {
		const classifier = classifierConfig.parse({});
		expect(risksOf([judged(0.3)], classifier, heavy(0.9))).toEqual([0.9]);
		expect(risksOf([judged(0.3)], classifier, heavy(0.4))).toEqual([0.3]);
		expect(risksOf([judged(0.6)], classifier, heavy(0.01))).toEqual([0.6]);
	});
});
