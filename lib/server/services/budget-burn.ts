import { createCalendar } from "../../../proxy-core/contract/quota-window.ts";
import type { BurnRow } from "../repositories/quota-counters.ts";
import type { Standing } from "./budget-view.ts";

export interface BurnSeries {
	readonly stepSeconds: number;
	readonly points: { at: string; amount: number }[];
}

const hourMs = 3_600_000;
const daySeconds = 86_400;
/** Of a window that never ends the last steps are shown; the first of them holds what came before. */
const stepsMax = 400;

/**
 * Spending per hour, or per day of the budget's zone when the window is longer than a day. Without
 * gaps up to `now`; the sum of all points is what was spent.
 */
export function burnSeries(
	{ row, quota, span }: Standing,
	rows: readonly BurnRow[],
	now: number,
): BurnSeries {
	const isHourly = span.end !== null && quota.window !== "week" && quota.window !== "month";
	const calendar = createCalendar(isHourly ? "UTC" : row.timeZone);
	const step = isHourly ? "hour" : "day";
	const begin = Math.max(span.start, Math.min(row.createdAt.getTime(), now));
	const starts: number[] = [];
	// Backwards from now, so that the newest steps are the ones that are shown.
	for (let at = now; starts.length < stepsMax; ) {
		const { start } = calendar.windowAt(step, at);
		starts.unshift(start);
		if (start <= begin) break;
		at = start - 1;
	}
	const points = starts.map((at) => ({ at: new Date(at).toISOString(), amount: 0 }));
	for (const { at, amount } of rows) {
		const { start } = calendar.windowAt(step, at.getTime());
		const found = points[starts.indexOf(start)] ?? points[0];
		if (found !== undefined) found.amount += amount;
	}
	return { stepSeconds: isHourly ? hourMs / 1000 : daySeconds, points };
}
