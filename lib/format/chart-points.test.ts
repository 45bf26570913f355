import { describe, expect, test } from "vitest";
import { axisTop, isFlat, toPoints, toTable } from "./chart-points.ts";

const buckets = [
	{ at: "2026-03-04T10:00:00.000Z", answered: 120, p95: 900 },
	{ at: "2026-03-04T10:05:00.000Z", answered: 0, p95: null },
];
const points = toPoints(buckets, {
	answered: (bucket) => bucket.answered,
	p95: (bucket) => bucket.p95,
});

describe("points of a chart", () => {
	test("carry the time as milliseconds and keep gaps", () => {
		expect(points).toEqual([
			{ at: 1_772_618_400_000, values: { answered: 120, p95: 900 } },
			{ at: 1_772_618_700_000, values: { answered: 0, p95: null } },
		]);
	});

	test("are flat only when nothing at all would be drawn", () => {
		expect(isFlat(points)).toBe(false);
		expect(isFlat(points.slice(1))).toBe(true);
		expect(isFlat([])).toBe(true);
	});

	test("reach up to a round number that holds them all", () => {
		const at = 0;
		expect(axisTop([{ at, values: { a: 3, b: 61 } }], false)).toBe(80);
		expect(axisTop([{ at, values: { a: 60, b: 61 } }], true)).toBe(160);
		expect(axisTop([], true)).toBe(1);
	});

	test("become the rows of a table with times and units", () => {
		const series = [
			{ id: "answered", label: "answered", color: "" },
			{ id: "p95", label: "p95", color: "" },
		];
		expect(toTable(points, series, { value: (value) => `${value} x`, timeZone: "UTC" })).toEqual({
			headers: ["Time", "answered", "p95"],
			rows: [
				["2026-03-04 10:00:00 UTC", "120 x", "900 x"],
				["2026-03-04 10:05:00 UTC", "0 x", "–"],
			],
		});
	});
});
