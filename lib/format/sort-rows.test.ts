import { describe, expect, test } from "vitest";
import { nextSort, sortRows } from "./sort-rows.ts";

describe("sorting rows", () => {
	test("puts numbers in order of size and nothing last, both ways", () => {
		const rows = [3, null, 20, 1];
		expect(sortRows(rows, (row) => row, "ascending")).toEqual([1, 3, 20, null]);
		expect(sortRows(rows, (row) => row, "descending")).toEqual([20, 3, 1, null]);
	});

	test("reads numbers inside of names", () => {
		expect(sortRows(["gpt-10", "gpt-9"], (row) => row, "ascending")).toEqual(["gpt-9", "gpt-10"]);
	});

	test("leaves the given rows as they are", () => {
		const rows = [2, 1];
		sortRows(rows, (row) => row, "ascending");
		expect(rows).toEqual([2, 1]);
	});

	test("goes from ascending over descending to how it came", () => {
		const first = nextSort(undefined, "cost");
		const second = nextSort(first, "cost");
		expect([first?.direction, second?.direction, nextSort(second, "cost")]).toEqual([
			"ascending",
			"descending",
			undefined,
		]);
	});
});
