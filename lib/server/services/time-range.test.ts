import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rangeQuery } from "../../contracts/shapes.ts";
import { bucketSecondsOf, periodBefore, readPeriod } from "./time-range.ts";

describe("readPeriod", () => {
	it("ends presets now and takes instants as they are", () => {
		const now = Date.UTC(2026, 0, 2);
		expect(readPeriod(rangeQuery.parse({ range: "1h" }), now)).toEqual({
			from: new Date(now - 3_600_000),
			to: new Date(now),
		});
		const given = { from: "2026-01-01T00:00:00Z", to: "2026-01-01T06:00:00Z" };
		expect(readPeriod(rangeQuery.parse(given), now)).toEqual({
			from: new Date(given.from),
			to: new Date(given.to),
		});
	});

	it("refuses ranges that end before they begin or never end", () => {
		for (const from of ["2026-01-03T00:00:00Z", "1970-01-01T00:00:00Z"]) {
			expect(() => readPeriod(rangeQuery.parse({ from }), Date.UTC(2026, 0, 2))).toThrow(/range/);
		}
	});
});

describe("bucketSecondsOf", () => {
	it("never makes more bars than a chart can show", () => {
		fc.assert(
			fc.property(fc.integer({ min: 60_000, max: 400 * 86_400_000 }), (lengthMs) => {
				const period = { from: new Date(0), to: new Date(lengthMs) };
				expect(lengthMs / 1000 / bucketSecondsOf(period)).toBeLessThanOrEqual(72);
			}),
		);
	});
});

describe("periodBefore", () => {
	it("is as long and ends where the period begins", () => {
		const period = { from: new Date(5000), to: new Date(8000) };
		expect(periodBefore(period)).toEqual({ from: new Date(2000), to: new Date(5000) });
	});
});
