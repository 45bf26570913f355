import { describe, expect, test } from "vitest";
import { formatAbsolute, formatDate, formatRelative, formatTick } from "./time.ts";

const now = new Date("2026-03-04T12:00:00Z");
const ago = (seconds: number) => formatRelative(new Date(now.getTime() - seconds * 1000), now);

describe("time", () => {
	test("says how long ago something was", () => {
		expect(ago(2)).toBe("now");
		expect(ago(12)).toBe("12 s ago");
		expect(ago(119)).toBe("1 min ago");
		expect(ago(3 * 3600)).toBe("3 h ago");
		expect(ago(29 * 86_400)).toBe("29 d ago");
	});

	test("says how long something will take to come", () => {
		expect(ago(-7200)).toBe("in 2 h");
	});

	test("gives the date of what is long ago", () => {
		expect(ago(90 * 86_400)).toBe("2025-12-04");
	});

	test("names the zone of an absolute time", () => {
		expect(formatAbsolute(now, "UTC")).toBe("2026-03-04 12:00:00 UTC");
		expect(formatAbsolute(now, "America/New_York")).toBe("2026-03-04 07:00:00 GMT-5");
	});

	test("writes midnight as the beginning of its day", () => {
		expect(formatAbsolute(new Date("2026-03-04T00:00:00Z"), "UTC")).toBe("2026-03-04 00:00:00 UTC");
	});

	test("takes the day of the given zone", () => {
		expect(formatDate(new Date("2026-03-04T23:30:00Z"), "Asia/Tokyo")).toBe("2026-03-05");
	});

	test("ticks with the clock over hours and with days over weeks", () => {
		expect(formatTick(now, 3_600_000, "UTC")).toBe("12:00");
		expect(formatTick(now, 7 * 86_400_000, "UTC")).toBe("4 Mar");
	});
});
