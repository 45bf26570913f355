import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCalendar } from "./quota-window.ts";

const at = (text: string) => Date.parse(text);
const iso = (epochMs: number | null) => (epochMs === null ? null : new Date(epochMs).toISOString());

function spanOf(zone: string, window: "day" | "week" | "month", now: string) {
	const { start, end } = createCalendar(zone).windowAt(window, at(now));
	return [iso(start), iso(end)];
}

describe("createCalendar", () => {
	it("begins days, weeks and months by the clocks of the zone", () => {
		expect(spanOf("Europe/Vienna", "day", "2026-01-14T23:30:00Z")).toEqual([
			"2026-01-14T23:00:00.000Z",
			"2026-01-15T23:00:00.000Z",
		]);
		expect(spanOf("Asia/Kolkata", "month", "2026-02-01T00:00:00Z")).toEqual([
			"2026-01-31T18:30:00.000Z",
			"2026-02-28T18:30:00.000Z",
		]);
		expect(spanOf("UTC", "week", "2026-01-04T23:59:59.999Z")).toEqual([
			"2025-12-29T00:00:00.000Z",
			"2026-01-05T00:00:00.000Z",
		]);
	});

	it("makes the days on which clocks are moved an hour shorter or longer", () => {
		expect(spanOf("Europe/Vienna", "day", "2026-03-29T12:00:00Z")).toEqual([
			"2026-03-28T23:00:00.000Z",
			"2026-03-29T22:00:00.000Z",
		]);
		expect(spanOf("America/New_York", "day", "2026-11-01T12:00:00Z")).toEqual([
			"2026-11-01T04:00:00.000Z",
			"2026-11-02T05:00:00.000Z",
		]);
	});

	it("begins a day whose midnight was skipped when the clocks jump", () => {
		expect(spanOf("America/Sao_Paulo", "day", "2018-11-04T12:00:00Z")).toEqual([
			"2018-11-04T03:00:00.000Z",
			"2018-11-05T02:00:00.000Z",
		]);
	});

	it("does not begin a day twice when clocks are put back over midnight", () => {
		// 00:01 became 23:01 of the day before.
		const before = spanOf("America/St_Johns", "day", "2010-11-07T02:30:45Z");
		const after = spanOf("America/St_Johns", "day", "2010-11-07T02:45:00Z");
		expect(before).toEqual(after);
		expect(before[0]).toBe("2010-11-07T02:30:00.000Z");
	});

	it("lets a date that a zone left out take no time", () => {
		const before = spanOf("Pacific/Apia", "day", "2011-12-30T09:59:00Z");
		const after = spanOf("Pacific/Apia", "day", "2011-12-30T10:00:00Z");
		expect(before[1]).toBe(after[0]);
	});

	it("counts minutes and hours in UTC, and a total for ever", () => {
		const calendar = createCalendar("Asia/Kolkata");
		const now = at("2026-05-06T07:08:09Z");
		expect(iso(calendar.windowAt("minute", now).start)).toBe("2026-05-06T07:08:00.000Z");
		expect(iso(calendar.windowAt("hour", now).start)).toBe("2026-05-06T07:00:00.000Z");
		expect(calendar.windowAt("total", now)).toEqual({ start: 0, end: null });
	});

	it("refuses a zone that does not exist", () => {
		expect(() => createCalendar("Mars/Olympus")).toThrow(RangeError);
	});

	it("parts all time into windows that touch, in every zone", () => {
		const zones = Intl.supportedValuesOf("timeZone");
		const calendars = new Map(zones.map((zone) => [zone, createCalendar(zone)]));
		fc.assert(
			fc.property(
				fc.constantFrom(...zones),
				fc.constantFrom("day", "week", "month"),
				fc.integer({ min: at("1990-01-01T00:00:00Z"), max: at("2037-12-31T00:00:00Z") }),
				(zone, window, now) => {
					const calendar = calendars.get(zone);
					const span = calendar?.windowAt(window, now);
					if (calendar === undefined || span?.end == null) throw new Error("No window.");
					expect(span.start).toBeLessThanOrEqual(now);
					expect(span.end).toBeGreaterThan(now);
					expect(calendar.windowAt(window, span.start)).toEqual(span);
					expect(calendar.windowAt(window, span.end - 1)).toEqual(span);
					expect(calendar.windowAt(window, span.end).start).toBe(span.end);
				},
			),
			{ numRuns: 2000 },
		);
	});
});
