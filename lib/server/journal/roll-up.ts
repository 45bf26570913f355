import { addToCell, latencyColumn, ledgerSums, usageSums } from "../usage/usage-sums.ts";

const dimensionColumns =
	"endpoint, provider, model, route, team_id, owner_id, user_id, key_id, error_code";

/** What `inserted` must return. */
export const rolledUpColumns = `received_at, ${dimensionColumns}, outcome, action, is_unpriced, input_tokens,
	output_tokens, cached_tokens, reasoning_tokens, cost_micro_usd, duration_ms, tags`;

/**
 * Parts of the statement that puts lines of the journal into the ledger: rows that are new are added
 * to the sums that Analytics and the Overview read, in the same transaction, so that the sums always
 * agree with the ledger. Wants `inserted` with {@link rolledUpColumns}.
 *
 * A cell is one hour, six hours or one day (UTC) of one tag and one dimension: who asked for what, and the error
 * it ended with. The empty tag counts every request once, the others those that carry the tag. A
 * dimension's id is the digest of its values, so nodes agree on it without asking each other. Rows are
 * written in the order of their keys; two shippers cannot lock each other out.
 */
export const rollUp = `
measured AS MATERIALIZED (
	SELECT *, md5(ROW(${dimensionColumns})::text)::uuid AS dimension_id, ${latencyColumn}
	FROM inserted
), dimensions AS (
	INSERT INTO usage_dimensions (id, ${dimensionColumns})
	SELECT DISTINCT dimension_id, ${dimensionColumns} FROM measured ORDER BY dimension_id
	ON CONFLICT (id) DO NOTHING
), rolled_up AS (
	INSERT INTO usage_rollups AS u (step_seconds, tag, at, dimension_id, ${usageSums.join(", ")})
	SELECT step_seconds, tag,
		date_bin(make_interval(secs => step_seconds), received_at, to_timestamp(0)),
		dimension_id, ${usageSums.map((sum) => ledgerSums[sum]).join(", ")}
	FROM measured
	CROSS JOIN (VALUES (3600), (21600), (86400)) AS step (step_seconds)
	CROSS JOIN LATERAL (
		SELECT '' UNION SELECT carried FROM unnest(tags) AS carried) AS tagged (tag)
	GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
	ON CONFLICT (step_seconds, tag, at, dimension_id) DO UPDATE SET ${addToCell}
)`;
