import { describe, expect, it } from "vitest";
import { windowFor } from "./durations.ts";

describe("windowFor", () => {
	it.each([
		["60s", "minute", 1, true],
		["1h", "hour", 1, true],
		["24h", "day", 1, true],
		["7d", "week", 1, true],
		["1mo", "month", 1, true],
		["31d", "month", 1, true],
		["30s", "minute", 1, false],
		["2d", "week", 1, false],
		["10d", "month", 1, false],
		["60d", "month", 2, false],
		["1y", "month", 13, false],
	])("takes %s as a %s with 1/%i of the limit", (duration, ...expected) => {
		const [window, divisor, isExact] = expected;
		expect(windowFor(duration)).toEqual({ window, divisor, isExact });
	});

	it("counts for ever without a duration, and refuses what is none", () => {
		expect(windowFor(undefined)).toMatchObject({ window: "total", isExact: true });
		expect(windowFor("0d")).toBeUndefined();
		expect(windowFor("monthly")).toBeUndefined();
	});
});
