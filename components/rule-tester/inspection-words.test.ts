import { describe, expect, it } from "vitest";
import type { InspectionView } from "../../lib/contracts/inspections.ts";
import {
	compareFindings,
	compareStages,
	decisionSentence,
	encodingsWords,
	monitoredSentence,
} from "./inspection-words.ts";

type Finding = InspectionView["findings"][number];

const finding = (rule: string, more: Partial<Finding> = {}): Finding => ({
	guard: "words",
	rule,
	title: rule,
	action: "flag",
	source: "user",
	segment: 0,
	start: 0,
	end: 3,
	score: 1,
	...more,
});
const view = (more: Partial<InspectionView> = {}): InspectionView => ({
	action: "allow",
	refusal: null,
	durationUs: 10,
	stages: [],
	findings: [],
	segments: [],
	answer: null,
	...more,
});

describe("decisionSentence", () => {
	it("says what would happen to a request that passes", () => {
		expect(decisionSentence(view(), false)).toBe("It would pass as it is.");
		expect(decisionSentence(view({ action: "flag" }), false)).toContain("flagged");
		expect(decisionSentence(view({ action: "redact" }), false)).toContain("changed");
	});

	it("names status and rule of a refusal, the surest of several", () => {
		const refused = view({
			action: "block",
			refusal: { status: 403, code: "blocked", message: "" },
			findings: [
				finding("W-1"),
				finding("W-2", { action: "block", score: 0.6 }),
				finding("W-3", { action: "block", score: 0.9 }),
			],
		});
		expect(decisionSentence(refused, false)).toBe(
			"It would be refused with status 403 by rule W-3.",
		);
	});

	it("tells a withheld answer from a refused request", () => {
		const withheld = view({ action: "block", findings: [finding("W-2", { action: "block" })] });
		expect(decisionSentence(withheld, true)).toContain("answer would be withheld by rule W-2");
		expect(decisionSentence(view({ answer: "fine" }), true)).toBe("It would pass as it is.");
	});
});

describe("monitoredSentence", () => {
	it("counts what rules in monitor mode would have done", () => {
		expect(monitoredSentence(view())).toBeUndefined();
		const findings = [
			finding("a", { wouldBe: "redact" }),
			finding("b", { wouldBe: "block" }),
			finding("c", { wouldBe: "block" }),
		];
		expect(monitoredSentence({ findings })).toBe(
			"In monitor mode: 2 findings would have blocked, 1 finding would have changed it.",
		);
	});
});

describe("compareFindings", () => {
	it("tells what is the same, treated differently, new and gone", () => {
		const current = [finding("same"), finding("other"), finding("gone")];
		const changed = [finding("same"), finding("other", { action: "block" }), finding("new")];
		expect(
			compareFindings(current, changed).map((row) => [row.finding.rule, row.difference]),
		).toEqual([
			["same", "same"],
			["other", "other"],
			["gone", "gone"],
			["new", "new"],
		]);
	});

	it("pairs equal findings one by one", () => {
		const rows = compareFindings([finding("a"), finding("a")], [finding("a")]);
		expect(rows.map(({ difference }) => difference)).toEqual(["same", "gone"]);
	});
});

it("stages of both policies stand in one list", () => {
	const stage = (name: string) => ({ name, startMs: 0, durationMs: 1, action: "allow" as const });
	const rows = compareStages([stage("firewall")], [stage("firewall"), stage("parse")]);
	expect(rows.map(({ name, current }) => [name, current !== undefined])).toEqual([
		["firewall", true],
		["parse", false],
	]);
});

it("encodings are named from the outside in", () => {
	expect(encodingsWords([])).toBe("Plain");
	expect(encodingsWords(["base64", "rot13"])).toBe("Base64, then ROT13");
	expect(encodingsWords(["new-one"])).toBe("new-one");
});
