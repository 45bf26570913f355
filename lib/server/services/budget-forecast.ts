import type { BudgetForecast } from "../../contracts/budgets.ts";

export interface ForecastInput {
	/** Epoch milliseconds. */
	readonly now: number;
	/** When counting began in this window: its start, or when the budget was made. */
	readonly since: number;
	readonly windowEnd: number;
	readonly spent: number;
	readonly limit: number;
	/** When a raise ends, and the limit from then on. */
	readonly lowered?: { readonly at: number; readonly limit: number };
	/** What was spent on each whole day before today, oldest first; days without any are 0. */
	readonly days: readonly number[];
}

const dayMs = 86_400_000;
/** Of less than this a pace cannot be told. */
const elapsedShareMin = 0.02;
const daysOfHistory = 14;

/**
 * What will have been spent at the window's end: the pace of this window so far, leaned towards the
 * pace of the last days the less of the window has passed. Pure. Null: too little is known.
 */
export function forecastSpending(input: ForecastInput): BudgetForecast | null {
	const { now, since, windowEnd, spent } = input;
	const elapsedMs = now - since;
	const leftMs = windowEnd - now;
	if (elapsedMs <= 0 || leftMs <= 0) return null;
	const days = input.days.slice(-daysOfHistory);
	const share = elapsedMs / (elapsedMs + leftMs);
	if (share < elapsedShareMin && days.length < 2) return null;
	const own = spent / elapsedMs;
	const usual = days.length < 2 ? own : mean(days) / dayMs;
	// Half way through, the window speaks for itself.
	const trust = days.length < 2 ? 1 : Math.min(1, share * 2);
	const pace = own * trust + usual * (1 - trust);
	const rest = pace * leftMs;
	const doubt = rest * doubtOf(days, share);
	const confidence = confidenceOf(days.length, share);
	const runsOutAt = reachedAt(input, pace);
	return {
		amount: Math.round(spent + rest),
		low: Math.round(spent + Math.max(0, rest - doubt)),
		high: Math.round(spent + rest + doubt),
		confidence,
		exhaustedAt: pace > 0 && runsOutAt < windowEnd ? new Date(runsOutAt).toISOString() : null,
	};
}

/** When the limit of that time is reached; infinite without a pace. */
function reachedAt({ now, spent, limit, lowered }: ForecastInput, pace: number): number {
	const reached = (amount: number) => now + Math.max(0, amount - spent) / pace;
	const first = reached(limit);
	if (lowered === undefined || first <= lowered.at) return first;
	return Math.max(lowered.at, reached(lowered.limit));
}

/** How far the rest may be off, as a part of it: how uneven the days were, or how little has been seen. */
function doubtOf(days: readonly number[], share: number): number {
	const blind = 1 - share;
	if (days.length < 3) return Math.max(0.25, blind);
	const middle = mean(days);
	if (middle === 0) return blind;
	const spread = Math.sqrt(mean(days.map((day) => (day - middle) ** 2))) / middle;
	return Math.min(1, Math.max(0.1, spread) * Math.max(0.3, blind));
}

function confidenceOf(days: number, share: number): BudgetForecast["confidence"] {
	if (share >= 0.5 || (days >= 7 && share >= 0.1)) return "high";
	return share >= 0.15 || days >= 3 ? "medium" : "low";
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
