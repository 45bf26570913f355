import type { Budget } from "../../../lib/contracts/budgets.ts";

/** A team's budget of $200 a month, in the middle of it, with $50 spent. */
export function budgetOf(part: Partial<Budget> = {}): Budget {
	return {
		id: "0199a0aa-0000-7000-8000-000000000001",
		title: "Search",
		unit: "usd",
		scope: "team",
		subject: { id: "team-1", name: "Search" },
		window: "month",
		timeZone: "UTC",
		hardLimit: 200_000_000,
		softLimit: 160_000_000,
		softAction: "notify",
		downgradeTo: [],
		raise: null,
		isEnabled: true,
		archivedAt: null,
		createdAt: "2026-01-01T00:00:00.000Z",
		updatedAt: "2026-01-01T00:00:00.000Z",
		usage: usageOf(),
		subjects: [],
		subjectCount: 0,
		spenders: [],
		forecast: null,
		...part,
	};
}

export function usageOf(part: Partial<Budget["usage"]> = {}): Budget["usage"] {
	return {
		subject: null,
		windowStart: "2026-03-01T00:00:00.000Z",
		windowEnd: "2026-04-01T00:00:00.000Z",
		spent: 50_000_000,
		reserved: 0,
		limit: 200_000_000,
		state: "ok",
		...part,
	};
}
