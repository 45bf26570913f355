import { describe, expect, it } from "vitest";
import type { GuardControl } from "./guard-control.ts";
import { rebaseControl } from "./rebase-control.ts";

const base: GuardControl = {
	mode: "enforce",
	rules: { a: { mode: "off" }, b: { mode: "off" } },
	scope: { endpoints: [], sources: ["user"], keyIds: ["k"], teamIds: [] },
	exceptions: [
		{ rule: "a", note: "" },
		{ rule: "b", note: "" },
	],
};

describe("rebaseControl", () => {
	it("takes theirs where nothing was changed here", () => {
		const theirs: GuardControl = { ...base, mode: "monitor", rules: {}, exceptions: [] };
		expect(rebaseControl({ base, mine: base, theirs })).toEqual(theirs);
	});

	it("keeps both sides' changes where they do not touch", () => {
		const mine: GuardControl = {
			...base,
			rules: { b: { mode: "off" }, c: { mode: "monitor" } },
			scope: { ...base.scope, keyIds: [] },
			exceptions: [
				{ rule: "b", note: "" },
				{ text: "mine", note: "" },
			],
		};
		const theirs: GuardControl = {
			mode: "monitor",
			rules: { a: { mode: "off" }, b: { mode: "enforce" } },
			scope: { ...base.scope, sources: [] },
			exceptions: [...base.exceptions, { text: "theirs", note: "" }],
		};
		expect(rebaseControl({ base, mine, theirs })).toEqual({
			mode: "monitor",
			rules: { b: { mode: "enforce" }, c: { mode: "monitor" } },
			scope: { endpoints: [], sources: [], keyIds: [], teamIds: [] },
			exceptions: [
				{ rule: "b", note: "" },
				{ text: "theirs", note: "" },
				{ text: "mine", note: "" },
			],
		});
	});

	it("lets the change made here count where both changed the same", () => {
		const mine: GuardControl = {
			...base,
			mode: "off",
			rules: { ...base.rules, a: { mode: "enforce" } },
		};
		const theirs: GuardControl = { ...base, mode: "monitor", rules: { b: { mode: "off" } } };
		const rebased = rebaseControl({ base, mine, theirs });
		expect(rebased.mode).toBe("off");
		expect(rebased.rules).toEqual({ a: { mode: "enforce" }, b: { mode: "off" } });
	});
});
