import { describe, expect, it } from "vitest";
import type { BudgetForecast } from "../../lib/contracts/budgets.ts";
import { budgetOf, usageOf } from "./__fixtures__/budget.ts";
import { byUrgency, leftOf, levelOf, needsSomebody, whatNow } from "./budget-standing.ts";

const now = new Date("2026-03-16T12:00:00.000Z");
const forecast: BudgetForecast = {
	amount: 240_000_000,
	low: 220_000_000,
	high: 260_000_000,
	confidence: "high",
	exhaustedAt: "2026-03-25T14:00:00.000Z",
};
const usedUp = budgetOf({
	usage: usageOf({ spent: 199_000_000, reserved: 1_000_000, state: "hard" }),
});

describe("levelOf", () => {
	it("tells what is used up from what will be", () => {
		expect(levelOf(usedUp)).toBe("used-up");
		expect(levelOf(budgetOf({ forecast }))).toBe("running-out");
		expect(levelOf(budgetOf())).toBe("on-track");
	});

	it("alarms nobody with a rough guess", () => {
		const guess = budgetOf({ forecast: { ...forecast, confidence: "low" } });
		expect(levelOf(guess)).toBe("on-track");
	});

	it("takes a rate at its limit as daily use", () => {
		const rate = { ...usedUp, unit: "requests", window: "minute" } as const;
		expect(levelOf(rate)).toBe("at-limit");
		expect(needsSomebody(rate)).toBe(false);
		expect(needsSomebody(usedUp)).toBe(true);
	});

	it("says first that a budget is not in force", () => {
		expect(levelOf({ ...usedUp, isEnabled: false })).toBe("off");
		expect(levelOf({ ...usedUp, archivedAt: now.toISOString() })).toBe("archived");
	});
});

describe("byUrgency", () => {
	it("puts what wants a person first, and of equals the fullest", () => {
		const order = byUrgency([
			budgetOf({ id: "calm" }),
			budgetOf({ id: "fuller", usage: usageOf({ spent: 90_000_000 }) }),
			budgetOf({ id: "soon", forecast }),
			{ ...usedUp, id: "gone" },
		]);
		expect(order.map(({ id }) => id)).toEqual(["gone", "soon", "fuller", "calm"]);
	});
});

describe("whatNow", () => {
	it("says what is refused and until when", () => {
		expect(whatNow(usedUp, now)).toBe(
			"Requests are refused with status 402 until Wed 1 Apr, 00:00 (in 15 d).",
		);
	});

	it("says when it will run out, and how early", () => {
		expect(whatNow(budgetOf({ forecast }), now)).toContain(
			"reaches $200.00 on Wed 25 Mar, 14:00, 6 d before the window ends",
		);
	});

	it("knows which limit holds when a raise has ended by then", () => {
		const raise = { amount: 50_000_000, until: "2026-03-20T00:00:00.000Z" };
		const raised = budgetOf({ forecast, raise, usage: usageOf({ limit: 250_000_000 }) });
		expect(whatNow(raised, now)).toContain("reaches $200.00 on Wed 25 Mar");
		const longer = { ...raised, raise: { ...raise, until: "2026-03-30T00:00:00.000Z" } };
		expect(whatNow(longer, now)).toContain("reaches $250.00 on Wed 25 Mar");
	});

	it("names the fullest of each", () => {
		const each = {
			...usedUp,
			subject: { id: "*", name: null },
			usage: { ...usedUp.usage, subject: { id: "t2", name: "Research" } },
		};
		expect(whatNow(each, now)).toContain(
			"Team Research has nothing left: its requests are refused",
		);
	});

	it("says what to expect of a budget that lasts", () => {
		const lasting = { ...forecast, amount: 123_456_000, exhaustedAt: null };
		expect(whatNow(budgetOf({ forecast: lasting }), now)).toBe("About $123 of $200.00 by the end.");
	});
});

describe("leftOf", () => {
	it("takes what is set aside as gone and never falls below zero", () => {
		expect(leftOf({ usage: usageOf({ reserved: 10_000_000 }) })).toBe(140_000_000);
		expect(leftOf({ usage: usageOf({ spent: 500_000_000 }) })).toBe(0);
	});
});
