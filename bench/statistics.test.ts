import { describe, expect, it } from "vitest";
import { flatness, median, percentile } from "./statistics.ts";

describe("percentile", () => {
	it("takes the nearest rank, whatever the order", () => {
		const values = [5, 1, 4, 2, 3];
		expect([0, 0.5, 0.95, 1].map((share) => percentile(values, share))).toEqual([1, 3, 5, 5]);
		expect(median([4, 1, 3, 2])).toBe(2);
	});

	it("is no number for no values", () => {
		expect(percentile([], 0.5)).toBeNaN();
	});
});

describe("flatness", () => {
	it("ignores growth at the start", () => {
		expect(flatness([10, 50, 100, 100, 101, 100, 99, 104]).isFlat).toBe(true);
	});

	it("sees a leak", () => {
		expect(flatness([100, 110, 120, 130, 140, 150, 160, 170]).isFlat).toBe(false);
	});
});
