/**
 * Parts of the statement that puts lines of the journal into the ledger: the costs of rows that are new
 * are charged to their budgets in the same transaction, so a counter is always the sum of its rows.
 *
 * Wants `incoming` with `"requestId"`, node, charges, `"costMicroUsd"`, `"receivedAt"`, `"keyId"` and
 * `"userId"`, and `inserted` with request_id. The node that served a request set its cost aside, so it
 * is taken out of that node's lease, as far as the lease still has it: one that has lapsed went back to
 * everybody already. Counters are locked before leases, and both in the order of their keys, as
 * everywhere; two shippers cannot lock each other out.
 */
export const chargeBudgets = `
charged_rows AS (
	SELECT DISTINCT ON (i."requestId", c.counter) c.counter,
		to_timestamp(c.start_ms / 1000) AS window_start, i.node, i."costMicroUsd" AS cost,
		date_trunc('hour', to_timestamp(i."receivedAt" / 1000.0), 'UTC') AS hour,
		coalesce('key:' || i."keyId", 'user:' || i."userId") AS spender
	FROM incoming AS i
	JOIN inserted AS n ON n.request_id = i."requestId"
	CROSS JOIN LATERAL (
		SELECT charge->>0 AS counter, (charge->>1)::float8 AS start_ms
		FROM json_array_elements(i.charges) AS charge) AS c
	WHERE i."costMicroUsd" > 0
), charged_counters AS (
	SELECT c.counter, c.window_start FROM quota_counters AS c
	WHERE (c.counter, c.window_start) IN (SELECT counter, window_start FROM charged_rows)
	ORDER BY c.counter, c.window_start FOR UPDATE
), charged_leases AS (
	SELECT l.counter, l.window_start, l.node, l.amount FROM quota_leases AS l
	JOIN charged_counters USING (counter, window_start)
	ORDER BY l.counter, l.window_start, l.node FOR UPDATE OF l
), by_node AS (
	SELECT counter, window_start, node, sum(cost) AS cost FROM charged_rows GROUP BY 1, 2, 3
), taken AS (
	SELECT counter, window_start, node, cost, LEAST(cost, coalesce(amount, 0)) AS amount
	FROM by_node LEFT JOIN charged_leases USING (counter, window_start, node)
), charged_totals AS (
	INSERT INTO quota_counters AS c (counter, quota_id, window_start, unit, spent, leased)
	SELECT counter, split_part(counter, ':', 1), window_start, 'usd', sum(cost), -sum(amount)
	FROM taken GROUP BY counter, window_start ORDER BY counter, window_start
	ON CONFLICT (counter, window_start) DO UPDATE
		SET spent = c.spent + excluded.spent, leased = c.leased + excluded.leased
), lowered_leases AS (
	UPDATE quota_leases AS l SET amount = l.amount - taken.amount, charged = l.charged + taken.cost
	FROM taken
	WHERE l.counter = taken.counter AND l.window_start = taken.window_start AND l.node = taken.node
), burnt AS (
	INSERT INTO quota_burns AS b (counter, window_start, hour, spent)
	SELECT counter, window_start, hour, sum(cost)
	FROM charged_rows GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
	ON CONFLICT (counter, window_start, hour) DO UPDATE SET spent = b.spent + excluded.spent
), spent_by AS (
	INSERT INTO quota_spenders AS s (counter, quota_id, window_start, spender, spent)
	SELECT counter, split_part(counter, ':', 1), window_start, spender, sum(cost)
	FROM charged_rows WHERE spender IS NOT NULL
	GROUP BY counter, window_start, spender ORDER BY counter, window_start, spender
	ON CONFLICT (counter, window_start, spender) DO UPDATE SET spent = s.spent + excluded.spent
)`;
