import type { Pool } from "pg";

/** The channel on which consoles hear that a limit was reached; the payload is a `LimitReached` as JSON. */
export const reachedChannel = "llmproxy_budget";

/**
 * Takes leases back that were not renewed. Any node may do it for all; whoever comes second finds
 * nothing. The row stays for a while: what the ledger charges late is still counted in it.
 */
const reapStatement = `
WITH counters AS (
	SELECT c.counter, c.window_start FROM quota_counters AS c
	WHERE EXISTS (SELECT FROM quota_leases AS l WHERE l.counter = c.counter
		AND l.window_start = c.window_start AND l.expires_at < now() AND l.amount > 0)
	ORDER BY c.counter, c.window_start FOR UPDATE
), lapsed AS (
	SELECT l.counter, l.window_start, l.node, l.amount FROM quota_leases AS l
	JOIN counters USING (counter, window_start)
	WHERE l.expires_at < now() AND l.amount > 0
	ORDER BY l.counter, l.window_start, l.node FOR UPDATE OF l
), emptied AS (
	UPDATE quota_leases AS l SET amount = 0 FROM lapsed
	WHERE l.counter = lapsed.counter AND l.window_start = lapsed.window_start AND l.node = lapsed.node
), lowered AS (
	UPDATE quota_counters AS c SET leased = c.leased - sums.amount
	FROM (SELECT counter, window_start, sum(amount) AS amount FROM lapsed GROUP BY 1, 2) AS sums
	WHERE c.counter = sums.counter AND c.window_start = sums.window_start
)
SELECT count(*)::int AS count FROM lapsed`;

/**
 * Tells of limits that were reached, each once a window: the update has one winner. What is leased
 * counts for the hard limit, because nothing of it can be had any more.
 */
const tellStatement = `
WITH reached AS (
	SELECT c.counter, c.window_start, q.id, q.title,
		q.soft_limit IS NOT NULL AND c.spent >= q.soft_limit AS soft,
		c.spent + c.leased >= q.hard_limit
			+ CASE WHEN q.raise_until > now() THEN coalesce(q.raise_amount, 0) ELSE 0 END
			AND c.spent > 0 AS hard
	FROM quotas AS q JOIN quota_counters AS c ON c.quota_id = q.id::text
	WHERE q.is_enabled AND q.archived_at IS NULL AND q.unit <> 'parallel'
		AND (c.window_end IS NULL OR c.window_end > now())
		AND (c.soft_told_at IS NULL OR c.hard_told_at IS NULL)
), told AS (
	UPDATE quota_counters AS c SET
		soft_told_at = CASE WHEN soft THEN coalesce(c.soft_told_at, now()) ELSE c.soft_told_at END,
		hard_told_at = CASE WHEN hard THEN coalesce(c.hard_told_at, now()) ELSE c.hard_told_at END
	FROM reached
	WHERE c.counter = reached.counter AND c.window_start = reached.window_start
		AND ((soft AND c.soft_told_at IS NULL) OR (hard AND c.hard_told_at IS NULL))
	RETURNING reached.id, reached.title, hard
)
SELECT pg_notify('${reachedChannel}', json_build_object(
	'budgetId', id, 'title', title, 'level', CASE WHEN hard THEN 'hard' ELSE 'soft' END)::text)
FROM told`;

const cleanStatements = [
	"DELETE FROM quota_leases WHERE amount = 0 AND expires_at < now() - interval '1 hour'",
	"DELETE FROM quota_counters WHERE unit <> 'usd' AND window_end < now() - interval '1 hour'",
	// A year and a month of money, so that months can be compared.
	"DELETE FROM quota_counters WHERE window_end < now() - interval '400 days'",
	"DELETE FROM quota_burns WHERE hour < now() - interval '400 days'",
	`DELETE FROM quota_spenders AS s WHERE NOT EXISTS (SELECT FROM quota_counters AS c
		WHERE c.counter = s.counter AND c.window_start = s.window_start)`,
];

export async function reapLeases(pool: Pool): Promise<number> {
	const { rows } = await pool.query<{ count: number }>(reapStatement);
	return rows[0]?.count ?? 0;
}

export async function tellReachedLimits(pool: Pool): Promise<void> {
	await pool.query(tellStatement);
}

/** Removes what neither requests nor the console will ask for again. */
export async function cleanCounters(pool: Pool): Promise<void> {
	for (const statement of cleanStatements) await pool.query(statement);
}
