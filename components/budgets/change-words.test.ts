import { describe, expect, it } from "vitest";
import type { BudgetChange } from "../../lib/contracts/budgets.ts";
import { differencesOf } from "./change-words.ts";

const now = new Date("2026-03-16T12:00:00.000Z");
const after: BudgetChange["after"] = {
	title: "Search",
	unit: "usd",
	scope: "team",
	subject: "team-1",
	window: "month",
	timeZone: "UTC",
	hardLimit: 200_000_000,
	softLimit: null,
	softAction: "notify",
	downgradeTo: [],
	isEnabled: true,
	raise: null,
	archivedAt: null,
};
const change: BudgetChange = {
	id: "1",
	action: "changed",
	before: after,
	after,
	changedBy: "ada@example.test",
	changedAt: now.toISOString(),
};

describe("differencesOf", () => {
	it("says how it was and how it is, of what changed only", () => {
		const changed = { ...after, hardLimit: 250_000_000, softLimit: 160_000_000 };
		expect(differencesOf({ ...change, after: changed }, now)).toEqual([
			{ label: "Hard limit", before: "$200.00", after: "$250.00" },
			{ label: "Soft limit", before: "none", after: "$160.00" },
		]);
	});

	it("says with what a budget began", () => {
		const labels = differencesOf({ ...change, action: "created", before: null }, now);
		expect(labels).toEqual([
			{ label: "Hard limit", before: null, after: "$200.00" },
			{ label: "Starts anew", before: null, after: "Each month" },
		]);
	});

	it("names a raise with its end", () => {
		const raise = { amount: 50_000_000, until: "2026-03-20T00:00:00.000Z" };
		expect(differencesOf({ ...change, after: { ...after, raise } }, now)).toEqual([
			{ label: "Raise", before: "none", after: "+$50.00 until Fri 20 Mar, 00:00" },
		]);
	});
});
