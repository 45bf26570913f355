import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ForecastInput } from "./budget-forecast.ts";
import { forecastSpending } from "./budget-forecast.ts";

const dayMs = 86_400_000;
const base: ForecastInput = {
	now: 10 * dayMs,
	since: 0,
	windowEnd: 30 * dayMs,
	spent: 1000,
	limit: 2000,
	days: [],
};

describe("forecastSpending", () => {
	it("carries the pace of the window on", () => {
		const forecast = forecastSpending(base);
		expect(forecast).toMatchObject({ amount: 3000, confidence: "medium" });
		expect(forecast?.exhaustedAt).toBe(new Date(20 * dayMs).toISOString());
	});

	it("knows that a raise ends before the window does", () => {
		const raised = { ...base, limit: 2600, lowered: { at: 15 * dayMs, limit: 2000 } };
		expect(forecastSpending(raised)?.exhaustedAt).toBe(new Date(20 * dayMs).toISOString());
		const late = { ...base, limit: 2600, lowered: { at: 22 * dayMs, limit: 2000 } };
		expect(forecastSpending(late)?.exhaustedAt).toBe(new Date(22 * dayMs).toISOString());
		const later = { ...base, limit: 2600, lowered: { at: 28 * dayMs, limit: 2000 } };
		expect(forecastSpending(later)?.exhaustedAt).toBe(new Date(26 * dayMs).toISOString());
	});

	it("leans on the last days while the window is young", () => {
		const quiet = { ...base, now: 2 * dayMs, spent: 0, days: [100, 100, 100, 100, 100, 100, 100] };
		const forecast = forecastSpending(quiet);
		expect(forecast?.amount).toBeGreaterThan(2000);
		expect(forecast?.confidence).toBe("medium");
	});

	it("says nothing about a window that has only begun, or that is over", () => {
		expect(forecastSpending({ ...base, now: 0.1 * dayMs })).toBeNull();
		expect(forecastSpending({ ...base, now: 30 * dayMs })).toBeNull();
	});

	it("does not expect the end of a budget that nobody uses", () => {
		expect(forecastSpending({ ...base, spent: 0 })).toMatchObject({ amount: 0, exhaustedAt: null });
	});

	it("never expects less than is spent, and keeps its bounds in order", () => {
		const amount = fc.nat(1_000_000_000);
		fc.assert(
			fc.property(
				fc.double({ min: 0.001, max: 29.99, noNaN: true }),
				fc.record({ spent: amount, limit: amount, days: fc.array(amount, { maxLength: 20 }) }),
				(day, facts) => {
					const forecast = forecastSpending({ ...base, ...facts, now: day * dayMs });
					if (forecast === null) return;
					expect(forecast.low).toBeGreaterThanOrEqual(facts.spent);
					expect(forecast.amount).toBeGreaterThanOrEqual(forecast.low);
					expect(forecast.high).toBeGreaterThanOrEqual(forecast.amount);
				},
			),
		);
	});
});
