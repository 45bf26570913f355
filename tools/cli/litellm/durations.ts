import type { QuotaWindow } from "../../../proxy-core/contract/quota.ts";

const secondsPer = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, mo: 2_592_000, y: 31_536_000 };
const form = /^(\d{1,6})\s*(s|mo|m|h|d|w|y)$/;
const windows = [
	["minute", 60],
	["hour", 3600],
	["day", 86_400],
	["week", 604_800],
	["month", 2_592_000],
] as const satisfies readonly (readonly [QuotaWindow, number])[];
/** The longest that people mean by a month. */
const monthSecondsMax = 31 * 86_400;

export interface WindowChoice {
	readonly window: QuotaWindow;
	/** What the limit is divided by, because the window is shorter. */
	readonly divisor: number;
	/** Whether the window is as long as the duration. */
	readonly isExact: boolean;
}

/**
 * The window for one of LiteLLM's durations (`30s`, `12h`, `7d`, `1mo`). Where there is none of that
 * length it is one that never lets more be spent: the next longer one with the same limit or, above a
 * month, a month with its share. No duration counts for ever. Undefined: not a duration.
 */
export function windowFor(duration: string | undefined): WindowChoice | undefined {
	if (duration === undefined) return { window: "total", divisor: 1, isExact: true };
	const [, count, unit] = form.exec(duration.trim().toLowerCase()) ?? [];
	if (count === undefined || unit === undefined || Number(count) === 0) return undefined;
	const seconds = Number(count) * secondsPer[unit as keyof typeof secondsPer];
	if (seconds > 2_592_000 && seconds <= monthSecondsMax) {
		return { window: "month", divisor: 1, isExact: true };
	}
	const fitting = windows.find(([, length]) => length >= seconds);
	if (fitting !== undefined) {
		return { window: fitting[0], divisor: 1, isExact: fitting[1] === seconds };
	}
	return { window: "month", divisor: Math.ceil(seconds / 2_592_000), isExact: false };
}
