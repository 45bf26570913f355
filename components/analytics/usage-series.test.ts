import { describe, expect, it } from "vitest";
import { groupLabel, usageChart } from "./usage-series.ts";

const answer = {
	buckets: ["2026-01-01T00:00:00.000Z", "2026-01-01T01:00:00.000Z"],
	series: [
		{ kind: "group" as const, id: "a/x", label: "a/x", values: [5, 0] },
		{ kind: "group" as const, id: null, label: "No model", values: [1, 2] },
		{ kind: "others" as const, id: null, label: "All others", values: [3, 4] },
	],
	valuesBefore: [7, 0],
};

describe("usageChart", () => {
	it("has a value of every series in every step", () => {
		const { points, series } = usageChart(answer, "model");
		expect(series.map(({ label }) => label)).toEqual(["a/x", "No model", "all others"]);
		expect(points.map(({ values }) => series.map(({ id }) => values[id]))).toEqual([
			[5, 1, 3],
			[0, 2, 4],
		]);
	});

	it("lays the period before over it", () => {
		const { points, before } = usageChart(answer, "model");
		expect(points.map(({ values }) => values[before?.id ?? ""])).toEqual([7, 0]);
		expect(usageChart({ ...answer, valuesBefore: null }, "model").before).toBeUndefined();
	});

	it("gives every series a colour of its own", () => {
		const { series } = usageChart(answer, "model");
		expect(new Set(series.map(({ color }) => color)).size).toBe(series.length);
	});
});

describe("groupLabel", () => {
	it("says errors in words, and codes that it does not know as they are", () => {
		expect(groupLabel("error", { id: "upstream_failed", label: "upstream_failed" })).toBe(
			"The model's provider failed",
		);
		expect(groupLabel("error", { id: "of_tomorrow", label: "of_tomorrow" })).toBe("of_tomorrow");
		expect(groupLabel("key", { id: "upstream_failed", label: "CI" })).toBe("CI");
	});
});
