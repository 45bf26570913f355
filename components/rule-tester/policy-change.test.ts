import { describe, expect, it } from "vitest";
import type { GuardInfo } from "../../lib/contracts/guards.ts";
import {
	changedParts,
	editedPart,
	isUnchanged,
	readChange,
	ruleModeIn,
	withGuard,
	withoutPart,
	withRuleMode,
	withSection,
} from "./policy-change.ts";

const hits = { found: 0, enforced: 0, wouldHave: 0, falseAlarms: 0 };
const guard: GuardInfo = {
	id: "words",
	title: "Words",
	summary: "",
	phases: ["request"],
	defaultMode: "monitor",
	mode: "monitor",
	holdBackMax: 0,
	schema: {
		type: "object",
		properties: {
			mode: { type: "string", title: "Mode" },
			threshold: { type: "number", title: "Certain enough" },
			rules: { type: "object" },
		},
	},
	value: { mode: "monitor", threshold: 0.5, rules: {} },
	hits,
	rules: [],
};
const inForce = {
	guards: [guard],
	sections: { privacy: { mode: "monitor", analyzer: "builtin" } },
};

describe("a change of the policy", () => {
	it("holds only what is not in force anyway", () => {
		const change = withGuard({}, guard, { ...guard.value, threshold: 0.9 });
		expect(change).toEqual({ guards: { words: { mode: "monitor", threshold: 0.9, rules: {} } } });
		expect(withGuard(change, guard, { rules: {}, threshold: 0.5, mode: "monitor" })).toEqual({});
		const stored = { name: "privacy", value: inForce.sections.privacy };
		const privacy = withSection({}, stored, { ...stored.value, mode: "enforce" });
		expect(isUnchanged(privacy)).toBe(false);
		expect(withSection(privacy, stored, stored.value)).toEqual({});
	});

	it("gives a rule a mode of its own, and takes it back", () => {
		const own = withRuleMode(guard.value, "W-1", "off");
		expect(ruleModeIn(own, "W-1")).toBe("off");
		expect(ruleModeIn(own, "W-2")).toBeNull();
		expect(withRuleMode(own, "W-1", null)).toEqual(guard.value);
	});

	it("is told in words, part by part, with the page where it is put in force", () => {
		const change = {
			guards: { words: { ...guard.value, threshold: 0.9, rules: { "W-1": { mode: "off" } } } },
			privacy: { mode: "enforce", analyzer: "builtin" },
		};
		expect(changedParts(change, inForce)).toEqual([
			{
				part: "guards.words",
				title: "Words",
				href: "/guards?guard=words",
				fields: [
					{ label: "Certain enough", before: "0.5", after: "0.9" },
					{ label: "Rule W-1", before: "not set", after: "off" },
				],
			},
			{
				part: "privacy",
				title: "Personal data",
				href: "/privacy",
				fields: [{ label: "Mode", before: "monitor", after: "enforce" }],
			},
		]);
		expect(withoutPart(change, "guards.words")).toEqual({ privacy: change.privacy });
		expect(withoutPart(withoutPart(change, "privacy"), "guards.words")).toEqual({});
	});

	it("says once that fields which it does not name have their defaults", () => {
		const [part] = changedParts({ privacy: { mode: "off" } }, inForce);
		expect(part?.fields).toEqual([
			{ label: "Mode", before: "monitor", after: "off" },
			{ label: "Everything else", before: "as in force", after: "by default" },
		]);
	});

	it("is read from JSON, and says what is wrong with it", () => {
		expect(readChange("")).toEqual({ change: {} });
		expect(readChange('{"privacy":{"mode":"off"}}')).toEqual({
			change: { privacy: { mode: "off" } },
		});
		expect(readChange("[]")).toHaveProperty("problem");
		expect(readChange("{")).toHaveProperty("problem");
	});
});

describe("editedPart", () => {
	it("opens the guard that another page leads here with, until something else is chosen", () => {
		expect(editedPart(new URLSearchParams("guard=secret-leak"))).toBe("guards.secret-leak");
		expect(editedPart(new URLSearchParams("guard=secret-leak&edit=privacy"))).toBe("privacy");
		expect(editedPart(new URLSearchParams(""))).toBe("");
	});
});
