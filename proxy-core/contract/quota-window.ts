import type { QuotaWindow } from "./quota.ts";

/** Epoch milliseconds; from the start on, up to but not with the end. Null: it never ends. */
export interface WindowSpan {
	readonly start: number;
	readonly end: number | null;
}

/** Finds windows in one time zone. Holds a formatter, which is dear to make. */
export interface Calendar {
	readonly windowAt: (window: QuotaWindow, now: number) => WindowSpan;
}

interface LocalDate {
	readonly year: number;
	/** From 1; numbers beyond the year or month carry over, as `Date.UTC` does it. */
	readonly month: number;
	readonly day: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * Minutes and hours are those of UTC. Days, weeks (from Monday) and months begin at the first instant
 * of their date in `timeZone`, wherever its clocks are moved. Throws `RangeError` for an unknown zone.
 */
export function createCalendar(timeZone: string): Calendar {
	const offsetAt = timeZone === "UTC" ? () => 0 : zoneOffsets(timeZone);
	const beginOf = (date: LocalDate) => firstInstant(date, offsetAt);

	const dated = (window: "day" | "week" | "month", now: number): WindowSpan => {
		let first = firstDateOf(window, dateOf(now + offsetAt(now)));
		let next = dateAfter(window, first);
		let end = beginOf(next);
		// Clocks that are put back over midnight show yesterday's date again after today has begun.
		if (end <= now) {
			first = next;
			next = dateAfter(window, next);
			end = beginOf(next);
		}
		return { start: beginOf(first), end };
	};
	return {
		windowAt: (window, now) => {
			switch (window) {
				case "minute":
					return stepOf(now, minuteMs);
				case "hour":
					return stepOf(now, hourMs);
				case "total":
					return { start: 0, end: null };
				default:
					return dated(window, now);
			}
		},
	};
}

function stepOf(now: number, stepMs: number): WindowSpan {
	const start = Math.floor(now / stepMs) * stepMs;
	return { start, end: start + stepMs };
}

/** `local` is epoch milliseconds as a clock in the zone would read them. */
function dateOf(local: number): LocalDate {
	const date = new Date(local);
	return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function midnightUtc({ year, month, day }: LocalDate): number {
	return Date.UTC(year, month - 1, day);
}

function firstDateOf(window: "day" | "week" | "month", date: LocalDate): LocalDate {
	if (window === "month") return { ...date, day: 1 };
	if (window === "day") return date;
	const daysSinceMonday = (new Date(midnightUtc(date)).getUTCDay() + 6) % 7;
	return dateOf(midnightUtc({ ...date, day: date.day - daysSinceMonday }));
}

function dateAfter(window: "day" | "week" | "month", date: LocalDate): LocalDate {
	if (window === "month") return dateOf(midnightUtc({ ...date, month: date.month + 1 }));
	return dateOf(midnightUtc({ ...date, day: date.day + (window === "week" ? 7 : 1) }));
}

/** The first instant at which clocks show this date; a date that a zone skipped begins where the next does. */
function firstInstant(date: LocalDate, offsetAt: (epochMs: number) => number): number {
	const midnight = midnightUtc(date);
	const before = offsetAt(midnight - dayMs);
	const after = offsetAt(midnight + dayMs);
	const shown = [midnight - before, midnight - after].filter(
		(instant) => instant + offsetAt(instant) === midnight,
	);
	if (shown.length > 0) return Math.min(...shown);
	// Midnight itself was skipped: the date begins when the clocks jump.
	let low = midnight - Math.max(before, after) - 1;
	let high = midnight - Math.min(before, after);
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if (offsetAt(middle) === after) high = middle;
		else low = middle;
	}
	return high;
}

/** How far clocks in the zone are ahead of UTC, in milliseconds. */
function zoneOffsets(timeZone: string): (epochMs: number) => number {
	const format = new Intl.DateTimeFormat("en-US", {
		timeZone,
		calendar: "gregory",
		numberingSystem: "latn",
		hourCycle: "h23",
		year: "numeric",
		month: "numeric",
		day: "numeric",
		hour: "numeric",
		minute: "numeric",
		second: "numeric",
	});
	return (epochMs) => {
		const read: Record<string, number> = {};
		for (const { type, value } of format.formatToParts(epochMs)) read[type] = Number(value);
		const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = read;
		const wholeSecond = Math.floor(epochMs / 1000) * 1000;
		return Date.UTC(year, month - 1, day, hour, minute, second) - wholeSecond;
	};
}
