import { describe, expect, it } from "vitest";
import { threatQuestion } from "../../lib/contracts/threats.ts";
import type { RuleRow } from "./guard-words.ts";
import {
	enforcementWords,
	filterRules,
	phaseWords,
	readRuleFilter,
	threatsHref,
} from "./guard-words.ts";

const rule = (id: string, facts: Partial<RuleRow> = {}, found = 0): RuleRow => ({
	id,
	title: id,
	category: "secret",
	severity: "high",
	mode: null,
	...facts,
	hits: { found, enforced: 0, wouldHave: 0, falseAlarms: 0 },
});
const everything = { search: "", category: "all", mode: "all" };

describe("threatsHref", () => {
	it("asks for the events of a guard or of one of its rules", () => {
		const asked = (href: string) => {
			const { tab, ...question } = Object.fromEntries(
				new URL(href, "http://gateway.example").searchParams,
			);
			expect(tab).toBe("events");
			return threatQuestion.parse(question);
		};
		expect(asked(threatsHref("secret-leak", "jwt"))).toMatchObject({
			range: "24h",
			guard: "secret-leak",
			rule: "jwt",
		});
		expect(asked(threatsHref("secret-leak")).rule).toBeUndefined();
	});
});

describe("filterRules", () => {
	const rows = [rule("one"), rule("two", { mode: "off" }), rule("three", {}, 4)];

	it("puts those with hits first", () => {
		expect(filterRules(rows, everything).map(({ id }) => id)).toEqual(["three", "one", "two"]);
	});

	it("searches ids and titles, and filters by category and mode", () => {
		const ids = (filter: object) =>
			filterRules(rows, { ...everything, ...filter }).map(({ id }) => id);
		expect(ids({ search: " TW" })).toEqual(["two"]);
		expect(ids({ mode: "guard" })).toEqual(["three", "one"]);
		expect(ids({ mode: "off" })).toEqual(["two"]);
		expect(ids({ category: "injection" })).toEqual([]);
	});

	it("ignores what an address holds that is no filter", () => {
		const params = new URLSearchParams("mode=strange&category=x&search=a");
		expect(readRuleFilter(params)).toEqual({ ...everything, search: "a" });
	});
});

describe("words", () => {
	it("say what a guard looks at", () => {
		expect(phaseWords({ phases: ["request", "answer"] })).toBe("Requests and answers");
		expect(phaseWords({ phases: ["answer"] })).toBe("Answers");
	});

	it("say what a change means for traffic, and nothing when it means nothing", () => {
		expect(enforcementWords({ begins: [], ends: [] })).toEqual({
			begins: undefined,
			ends: undefined,
		});
		const { begins, ends } = enforcementWords({ begins: ["a"], ends: ["b", "c"] });
		expect(begins).toMatch(/^1 rule will be enforced: /);
		expect(ends).toBe("2 rules will no longer be enforced: what is found passes.");
	});
});
