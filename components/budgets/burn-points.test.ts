import { describe, expect, it } from "vitest";
import { budgetOf, usageOf } from "./__fixtures__/budget.ts";
import type { Burn } from "./burn-points.ts";
import { burnChart } from "./burn-points.ts";

const day = 86_400_000;
const start = Date.parse("2026-03-01T00:00:00.000Z");
const now = start + 2.5 * day;
const burn: Burn = {
	usage: usageOf(),
	stepSeconds: 86_400,
	points: [10, 15, 25].map((dollars, index) => ({
		at: new Date(start + index * day).toISOString(),
		amount: dollars * 1_000_000,
	})),
	forecast: {
		amount: 180_000_000,
		low: 150_000_000,
		high: 210_000_000,
		confidence: "medium",
		exhaustedAt: null,
	},
};

describe("burnChart", () => {
	it("adds the steps up, each at its end and the last one now", () => {
		const { points } = burnChart(burn, budgetOf(), now);
		expect(
			points.slice(0, -1).map(({ at, values }) => [(at - start) / day, values["spent"]]),
		).toEqual([
			[0, 0],
			[1, 10_000_000],
			[2, 25_000_000],
			[2.5, 50_000_000],
		]);
	});

	it("ends with the forecast where the window ends", () => {
		const { points } = burnChart(burn, budgetOf(), now);
		expect(points.at(-1)).toEqual({
			at: Date.parse("2026-04-01T00:00:00.000Z"),
			values: { spent: null, forecast: 180_000_000 },
		});
	});

	it("lowers the limit where a raise ends before the window does", () => {
		const until = "2026-03-10T00:00:00.000Z";
		const raised = { ...burn, usage: usageOf({ limit: 250_000_000 }) };
		const raise = { amount: 50_000_000, until };
		const { hard } = burnChart(raised, budgetOf({ raise }), now);
		expect(hard.map(({ to, value }) => [new Date(to).toISOString(), value])).toEqual([
			[until, 250_000_000],
			["2026-04-01T00:00:00.000Z", 200_000_000],
		]);
	});

	it("keeps the limit in sight, however wild the forecast is", () => {
		const wild = { ...burn, forecast: { ...burn.forecast, high: 9_000_000_000 } } as Burn;
		const { top } = burnChart(wild, budgetOf(), now);
		expect(top).toBeGreaterThan(200_000_000);
		expect(top).toBeLessThanOrEqual(400_000_000);
	});

	it("has no end to draw for what never begins anew", () => {
		const total = { ...burn, forecast: null, usage: usageOf({ windowEnd: null }) };
		expect(burnChart(total, budgetOf(), now).points).toHaveLength(4);
	});
});
