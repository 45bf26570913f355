import { describe, expect, it } from "vitest";
import { inWholeWeeks } from "./whole-weeks.ts";

const day = (text: string) => new Date(`${text}T00:00:00Z`);
const days = (from: string, to: string) => ({
	source: 86_400 as const,
	from: day(from),
	to: day(to),
});
/** A Sunday. */
const nowMs = Date.parse("2026-11-22T08:00:00Z");

describe("inWholeWeeks", () => {
	it("takes the weeks that begin on Thursdays out of days", () => {
		expect(inWholeWeeks([days("2026-10-20", "2026-11-10")], nowMs)).toEqual([
			days("2026-10-20", "2026-10-22"),
			{ source: 604_800, from: day("2026-10-22"), to: day("2026-11-05") },
			days("2026-11-05", "2026-11-10"),
		]);
	});

	it("takes the present week as it is", () => {
		expect(inWholeWeeks([days("2026-11-12", "2026-11-23")], nowMs)).toEqual([
			{ source: 604_800, from: day("2026-11-12"), to: day("2026-11-26") },
		]);
	});

	it("leaves days in which no week fits, and everything else, as they are", () => {
		const pieces = [
			{ source: "ledger" as const, from: day("2026-10-01"), to: day("2026-10-02") },
			days("2026-10-02", "2026-10-08"),
			{ source: 3600 as const, from: day("2026-10-08"), to: day("2026-10-09") },
		];
		expect(inWholeWeeks(pieces, nowMs)).toEqual(pieces);
	});
});
