import { describe, expect, test } from "vitest";
import { timeTicks } from "./time-ticks.ts";

const at = (text: string) => Date.parse(text);
const shown = (ticks: readonly number[]) =>
	ticks.map((tick) => new Date(tick).toISOString().slice(5, 16));

describe("ticks of a time axis", () => {
	test("stand at full hours", () => {
		const ticks = timeTicks(at("2026-03-04T00:29:00Z"), at("2026-03-04T08:10:00Z"), {
			max: 8,
			offsetMs: 0,
		});
		expect(shown(ticks)).toEqual([
			"03-04T01:00",
			"03-04T02:00",
			"03-04T03:00",
			"03-04T04:00",
			"03-04T05:00",
			"03-04T06:00",
			"03-04T07:00",
			"03-04T08:00",
		]);
	});

	test("stand at local midnights over a week", () => {
		const offsetMs = 3_600_000;
		const ticks = timeTicks(at("2026-03-01T05:00:00Z"), at("2026-03-08T05:00:00Z"), {
			max: 8,
			offsetMs,
		});
		expect(shown(ticks)[0]).toBe("03-01T23:00");
		expect(ticks).toHaveLength(7);
	});

	test("are never more than asked for, whatever the span", () => {
		for (let span = 60_000; span < 4e10; span *= 1.7) {
			const ticks = timeTicks(1e12, 1e12 + span, { max: 6, offsetMs: 0 });
			expect(ticks.length).toBeLessThanOrEqual(7);
			expect(ticks.every((tick) => tick >= 1e12 && tick <= 1e12 + span)).toBe(true);
		}
	});
});
