import type { Summary } from "../usage/usage-sums.ts";
import {
	addToCell,
	cellSum,
	latencyColumn,
	ledgerSums,
	summaries,
	summarySteps,
	usageSums,
} from "../usage/usage-sums.ts";

const dimensionColumns = [
	"endpoint",
	"provider",
	"model",
	"route",
	"team_id",
	"owner_id",
	"user_id",
	"key_id",
	"error_code",
] as const;
const dimension = dimensionColumns.join(", ");

/** What `inserted` must return. */
export const rolledUpColumns = `received_at, ${dimension}, outcome, action, is_unpriced, input_tokens,
	output_tokens, cached_tokens, reasoning_tokens, cost_micro_usd, duration_ms, tags`;

const digestOf = (columns: string) => `md5(ROW(${columns})::text)::uuid`;

/** A dimension in which only a summary's columns are told; an endpoint is never null. */
function halfOf(summary: Summary): string {
	const told: readonly string[] = summaries[summary];
	return dimensionColumns
		.map((column) => {
			if (told.includes(column)) return column;
			return column === "endpoint" ? "''" : "NULL::text";
		})
		.join(", ");
}

const halfSteps = Object.entries(summarySteps)
	.flatMap(([about, steps]) => steps.map((step) => `('${about}', ${step})`))
	.join(", ");
const sums = usageSums.join(", ");

/**
 * Parts of the statement that puts lines of the journal into the ledger: rows that are new are added
 * to the sums that Analytics and the Overview read, in the same transaction, so that the sums always
 * agree with the ledger. Wants `inserted` with {@link rolledUpColumns}.
 *
 * A cell is one hour, six hours or one day (UTC) of one tag and one dimension: who asked for what, and the error
 * it ended with. The empty tag counts every request once, the others those that carry the tag; its
 * cells are summed up once more by one half of their dimension. A dimension's id is the digest of its
 * values, so nodes agree on it without asking each other; it is made of groups, of which there are fewer
 * than of requests. Rows are written in the order of their keys;
 * two shippers cannot lock each other out.
 */
export const rollUp = `
hours AS MATERIALIZED (
	SELECT *, ${digestOf(dimension)} AS dimension_id, ${digestOf(halfOf("what"))} AS what_id,
		${digestOf(halfOf("who"))} AS who_id
	FROM (
		SELECT tag, date_bin(make_interval(secs => 3600), received_at, to_timestamp(0)) AS hour, ${dimension},
			${usageSums.map((sum) => `${ledgerSums[sum]} AS ${sum}`).join(", ")}
		FROM (SELECT *, ${latencyColumn} FROM inserted) AS measured
		CROSS JOIN LATERAL (
			SELECT '' UNION SELECT carried FROM unnest(tags) AS carried) AS tagged (tag)
		GROUP BY tag, hour, ${dimension}) AS grouped
), cells AS MATERIALIZED (
	SELECT step_seconds, tag, date_bin(make_interval(secs => step_seconds), hour, to_timestamp(0)) AS at,
		dimension_id, what_id, who_id, ${usageSums.map((sum) => `${cellSum(sum)} AS ${sum}`).join(", ")}
	FROM hours CROSS JOIN (VALUES (3600), (21600), (86400)) AS step (step_seconds)
	GROUP BY 1, 2, 3, 4, 5, 6
), wholes AS MATERIALIZED (
	SELECT DISTINCT dimension_id, what_id, who_id, ${dimension} FROM hours WHERE tag = ''
), dimensions AS (
	INSERT INTO usage_dimensions (id, ${dimension})
	SELECT dimension_id, ${dimension} FROM wholes
	UNION SELECT what_id, ${halfOf("what")} FROM wholes
	UNION SELECT who_id, ${halfOf("who")} FROM wholes ORDER BY 1
	ON CONFLICT (id) DO NOTHING
), rolled_up AS (
	INSERT INTO usage_rollups AS u (step_seconds, tag, at, dimension_id, ${sums})
	SELECT step_seconds, tag, at, dimension_id, ${sums}
	FROM cells ORDER BY 1, 2, 3, 4
	ON CONFLICT (step_seconds, tag, at, dimension_id) DO UPDATE SET ${addToCell}
), summed_up AS (
	INSERT INTO usage_summaries AS u (about, step_seconds, at, dimension_id, ${sums})
	SELECT about, step_seconds, at, half_id, ${usageSums.map(cellSum).join(", ")}
	FROM cells CROSS JOIN LATERAL (VALUES ('what', what_id), ('who', who_id)) AS half (about, half_id)
	WHERE tag = '' AND (about, step_seconds) IN (${halfSteps})
	GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
	ON CONFLICT (about, step_seconds, at, dimension_id) DO UPDATE SET ${addToCell}
)`;
