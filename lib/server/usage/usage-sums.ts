import type { CellSeconds } from "./split-period.ts";

/**
 * What is summed about requests, in SQL: over rows of the ledger, and over the cells of
 * `usage_rollups` that were made of them. Names are those of the cells' columns.
 *
 * `latency` is a histogram in one number: of forty counts each has twelve decimal digits of its own, so
 * adding two numbers adds all their counts at once (measured over 80,000 cells: 25 ms, against 350 ms
 * for an array of counts). The lowest counts answers below 1 ms, the next those below √2 ms, then 2 ms
 * and so on, the last all slower ones. `latency_percentile` reads it.
 */

const latencyEntries = 40;
const latencyDigits = 12;

/** A column beside those of a ledger row: the request's share of `latency`; null unless answered. */
export const latencyColumn = `CASE WHEN outcome = 'answered' THEN ('1e' || ${latencyDigits} * least(${latencyEntries - 1},
	greatest(0, 1 + floor(2 * ln(greatest(duration_ms, 0.5)) / ln(2::float8)))::int))::numeric END AS counted_latency`;

/** Over ledger rows with {@link latencyColumn}. */
export const ledgerSums = {
	requests: "count(*)::int",
	answered: "(count(*) FILTER (WHERE outcome = 'answered'))::int",
	refused: "(count(*) FILTER (WHERE outcome = 'refused'))::int",
	failed: "(count(*) FILTER (WHERE outcome = 'failed'))::int",
	cancelled: "(count(*) FILTER (WHERE outcome = 'cancelled'))::int",
	blocked: "(count(*) FILTER (WHERE action = 'block'))::int",
	unpriced: "(count(*) FILTER (WHERE is_unpriced))::int",
	input_tokens: "coalesce(sum(input_tokens), 0)::bigint",
	output_tokens: "coalesce(sum(output_tokens), 0)::bigint",
	cached_tokens: "coalesce(sum(cached_tokens), 0)::bigint",
	reasoning_tokens: "coalesce(sum(reasoning_tokens), 0)::bigint",
	cost_micro_usd: "coalesce(sum(cost_micro_usd), 0)::bigint",
	latency: "coalesce(sum(counted_latency), 0)",
} as const;

export type UsageSum = keyof typeof ledgerSums;

export const usageSums = Object.keys(ledgerSums) as readonly UsageSum[];

/** Over cells, or over anything with their columns. */
export function cellSum(sum: UsageSum): string {
	return sum === "latency" ? "sum(latency)" : `sum(${sum})::bigint`;
}

/**
 * Halves of a dimension by which `usage_summaries` keeps the same sums once more, without tags, for
 * questions that need no more: what was asked for and how it ended, and who asked. Who asked is summed
 * up by days only: installations have more keys than models, and each cell costs the shipper some 20 µs.
 */
export const summaries = {
	what: ["endpoint", "provider", "model", "route", "error_code"],
	who: ["team_id", "owner_id", "user_id", "key_id"],
} as const;

/** Lengths of the cells that a summary has. */
export const summarySteps: Readonly<Record<Summary, readonly CellSeconds[]>> = {
	what: [3600, 21_600, 86_400],
	who: [86_400],
};

export type Summary = keyof typeof summaries;

/** Adds what an insert brings to the cell that is there: the right side of `DO UPDATE SET`. */
export const addToCell = usageSums.map((sum) => `${sum} = u.${sum} + excluded.${sum}`).join(", ");
