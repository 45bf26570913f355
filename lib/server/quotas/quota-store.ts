import type { Pool, QueryResult } from "pg";
import type { QuotaStore } from "../../../proxy-core/ports.ts";
import { slicing } from "../../../proxy-core/quotas/slice.ts";

export interface QuotaStoreOptions {
	readonly pool: Pool;
	/** Whose leases these are. */
	readonly node: string;
	readonly leaseMs: () => number;
}

interface ExchangeRow {
	readonly granted: string;
	readonly spent: string;
	readonly leased: string;
	/** Null: the unit is not leased. */
	readonly amount: string | null;
	readonly charged: string | null;
}

type RenewRow = Omit<ExchangeRow, "granted"> & {
	readonly counter: string;
	readonly start_ms: string;
};

/** Another node may make the counter between two tries, or a clean-up remove it. */
const triesMax = 3;

/**
 * How much is given, from the counter's row as it is under its lock; the same rule as `sliceOf`.
 * $1 counter, $2 start, $3 limit, $4 returned, $5 need, $6 least.
 * Everybody locks counters before leases, and both in the order of their keys.
 */
const granting = `
WITH held AS (
	SELECT spent, leased FROM quota_counters
	WHERE counter = $1 AND window_start = to_timestamp($2::float8 / 1000) FOR UPDATE
)`;

const slice = `
	CASE WHEN $5::bigint = 0 OR rest <= 0 OR rest < $6::bigint THEN 0
	ELSE LEAST(rest, GREATEST($5::bigint,
		LEAST($3::bigint / ${slicing.ofLimit}, rest / ${slicing.ofRest}))) END`;

/** Money and parallel requests: out of the counter into the lease of node $7, for $8 ms. */
const leaseStatement = `${granting}, own AS (
	SELECT l.amount FROM quota_leases AS l, held
	WHERE l.counter = $1 AND l.window_start = to_timestamp($2::float8 / 1000) AND l.node = $7
	FOR UPDATE OF l
), after_return AS (
	SELECT spent, leased - back AS leased, back, $3::bigint - spent - (leased - back) AS rest
	FROM held, LATERAL (
		SELECT LEAST($4::bigint, coalesce((SELECT amount FROM own), 0)) AS back) AS given_back
), given AS (
	SELECT spent, leased, back, ${slice} AS granted FROM after_return
), counted AS (
	UPDATE quota_counters AS c SET leased = given.leased + granted FROM given
	WHERE c.counter = $1 AND c.window_start = to_timestamp($2::float8 / 1000)
), stored AS (
	INSERT INTO quota_leases AS l (counter, window_start, node, amount, expires_at)
	SELECT $1, to_timestamp($2::float8 / 1000), $7, granted - back,
		now() + make_interval(secs => $8::float8 / 1000)
	FROM given
	ON CONFLICT (counter, window_start, node) DO UPDATE
		SET amount = l.amount + excluded.amount, expires_at = excluded.expires_at
	RETURNING amount, charged
)
SELECT granted, spent, leased + granted AS leased, amount, charged
FROM given, stored`;

/** Requests and tokens: what is taken counts as used, and so does $7, which was taken unasked. */
const drawStatement = `${granting}, after_return AS (
	SELECT leased, spent - back AS spent, $3::bigint - (spent - back) - leased AS rest
	FROM held, LATERAL (
		SELECT LEAST($4::bigint, spent) - $7::bigint AS back) AS given_back
), given AS (
	SELECT spent, leased, ${slice} AS granted FROM after_return
), counted AS (
	UPDATE quota_counters AS c SET spent = given.spent + granted FROM given
	WHERE c.counter = $1 AND c.window_start = to_timestamp($2::float8 / 1000)
)
SELECT granted, spent + granted AS spent, leased, NULL AS amount, NULL AS charged FROM given`;

const addCounter = `
INSERT INTO quota_counters (counter, quota_id, window_start, window_end, unit)
VALUES ($1, split_part($1, ':', 1), to_timestamp($2::float8 / 1000),
	to_timestamp($3::float8 / 1000), $4)
ON CONFLICT (counter, window_start) DO NOTHING`;

/**
 * A lease whose time is over is still set aside as long as nobody has taken it back, so it can be
 * renewed; of one that was taken back the amount is 0, and the answer says so.
 */
const renewStatement = `
WITH wanted AS (
	SELECT counter, to_timestamp(ms / 1000) AS window_start
	FROM unnest($2::text[], $3::float8[]) AS asked (counter, ms)
), own AS (
	SELECT l.counter, l.window_start FROM quota_leases AS l
	JOIN wanted USING (counter, window_start)
	WHERE l.node = $1
	ORDER BY l.counter, l.window_start FOR UPDATE OF l
), renewed AS (
	UPDATE quota_leases AS l SET expires_at = now() + make_interval(secs => $4::float8 / 1000)
	FROM own
	WHERE l.counter = own.counter AND l.window_start = own.window_start AND l.node = $1
	RETURNING l.counter, l.window_start, l.amount, l.charged
)
SELECT counter, (extract(epoch FROM window_start) * 1000)::bigint AS start_ms,
	amount, charged, c.spent, c.leased
FROM renewed JOIN quota_counters AS c USING (counter, window_start)`;

const releaseStatement = `
WITH counters AS (
	SELECT c.counter, c.window_start FROM quota_counters AS c
	WHERE EXISTS (SELECT FROM quota_leases AS l
		WHERE l.node = $1 AND l.counter = c.counter AND l.window_start = c.window_start)
	ORDER BY c.counter, c.window_start FOR UPDATE
), own AS (
	SELECT l.counter, l.window_start, l.amount FROM quota_leases AS l
	JOIN counters USING (counter, window_start)
	WHERE l.node = $1 ORDER BY l.counter, l.window_start FOR UPDATE OF l
), emptied AS (
	DELETE FROM quota_leases AS l USING own
	WHERE l.node = $1 AND l.counter = own.counter AND l.window_start = own.window_start
)
UPDATE quota_counters AS c SET leased = c.leased - own.amount FROM own
WHERE c.counter = own.counter AND c.window_start = own.window_start`;

/** Counters in PostgreSQL. Each question is one statement, and so atomic over all nodes. */
export function createQuotaStore({ pool, node, leaseMs }: QuotaStoreOptions): QuotaStore {
	return {
		exchange: async (ask) => {
			const { counter, windowStart, limit, returned, owed, need, least } = ask;
			const common = [counter, windowStart, limit, returned, need, least];
			const query =
				ask.unit === "usd" || ask.unit === "parallel"
					? { name: "quota-lease", text: leaseStatement, values: [...common, node, leaseMs()] }
					: { name: "quota-draw", text: drawStatement, values: [...common, owed] };
			for (let tries = 0; tries < triesMax; tries += 1) {
				const { rows }: QueryResult<ExchangeRow> = await pool.query(query);
				const [row] = rows;
				if (row !== undefined) return toGrant(row);
				await pool.query(addCounter, [counter, windowStart, ask.windowEnd, ask.unit]);
			}
			throw new Error("A counter vanished again and again.");
		},
		renew: async (keys) => {
			const { rows } = await pool.query<RenewRow>({
				name: "quota-renew",
				text: renewStatement,
				values: [
					node,
					keys.map(({ counter }) => counter),
					keys.map(({ windowStart }) => windowStart),
					leaseMs(),
				],
			});
			return rows.map(({ counter, start_ms, ...row }) => ({
				counter,
				windowStart: Number(start_ms),
				...toGrant({ ...row, granted: "0" }),
			}));
		},
		release: async () => {
			await pool.query(releaseStatement, [node]);
		},
	};
}

function toGrant({ granted, spent, leased, amount, charged }: ExchangeRow) {
	const lease = amount === null ? null : { amount: Number(amount), charged: Number(charged) };
	return { granted: Number(granted), spent: Number(spent), leased: Number(leased), lease };
}
