import { describe, expect, test } from "vitest";
import { formatTrend, trendOf } from "./trend.ts";

describe("a trend", () => {
	test.each([
		[112, 100, "+12 %"],
		[96.6, 100, "−3.4 %"],
		[100.2, 100, "unchanged"],
		[800, 100, "×8"],
		[5, 0, "from zero"],
		[0, 0, "unchanged"],
		[0, 10, "−100 %"],
		[null, 10, "no comparison"],
		[10, null, "no comparison"],
	])("from %s against %s reads %s", (current, previous, text) => {
		expect(formatTrend(trendOf(current, previous))).toBe(text);
	});
});
