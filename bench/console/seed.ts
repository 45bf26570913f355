import type { Pool } from "pg";
import { rolledUpColumns, rollUp } from "../../lib/server/journal/roll-up.ts";
import { bulkLoad } from "./bulk-load.ts";

export interface SeedOptions {
	readonly rows: number;
	/** The rows are spread over so many days that end now, busier by daylight. */
	readonly days: number;
}

/**
 * A made-up installation: 20 teams, 60 people, 300 keys, 48 models at 12 providers and a ledger of
 * `rows` requests. Busy keys and models are much busier than the others; of a hundred requests five end
 * badly. The same in every run, but for the present time.
 */
export async function seedLedger(pool: Pool, options: SeedOptions): Promise<void> {
	await bulkLoad(pool, {
		tables: ["ledger_entries"],
		load: async (client) => {
			await client.query("SELECT setseed(0.42)");
			await client.query(ledger, [options.rows, options.days]);
		},
	});
	await bulkLoad(pool, {
		tables: ["usage_dimensions", "usage_rollups", "usage_summaries"],
		areUpserted: true,
		load: async (client) => {
			for (const day of daysOf(options)) {
				await client.query(
					`WITH inserted AS (SELECT ${rolledUpColumns} FROM ledger_entries
						WHERE received_at >= $1 AND received_at < $1::timestamptz + interval '1 day'), ${rollUp} SELECT`,
					[day],
				);
			}
		},
	});
}

const dayMs = 86_400_000;

/**
 * The beginnings of the days (UTC) in which there are rows. What is summed up by the day fits into memory,
 * and no cell of a day or less is met twice.
 */
export function daysOf({ days }: SeedOptions): readonly Date[] {
	const today = Math.floor(Date.now() / dayMs) * dayMs;
	// One more at both ends: rows are scattered a few hours, and midnight may pass meanwhile.
	return Array.from(
		{ length: days + 3 },
		(_, index) => new Date(today + (index - days - 1) * dayMs),
	);
}

/** Who makes the requests. */
export async function seedPeople(pool: Pool): Promise<void> {
	await pool.query(people);
}

const people = `
WITH made_teams AS (
	INSERT INTO teams (id, name)
	SELECT md5('team' || n)::uuid, 'Team ' || n FROM generate_series(1, 20) AS n
	RETURNING id
), made_users AS (
	INSERT INTO users (id, email, name, role)
	SELECT md5('user' || n)::uuid, 'person-' || n || '@example.test', 'Person ' || n,
		CASE WHEN n = 1 THEN 'admin' ELSE 'user' END
	FROM generate_series(1, 60) AS n
	RETURNING id
), counted AS (
	SELECT (SELECT count(*) FROM made_teams) + (SELECT count(*) FROM made_users) AS parents
)
INSERT INTO api_keys (id, name, secret_hash, owner_id, team_id, allowed_models, allowed_endpoints)
SELECT 'key' || n, 'Key ' || n, '', md5('user' || (1 + n % 60))::uuid, md5('team' || (1 + n % 20))::uuid, '{}', '{}'
FROM counted, generate_series(1, 300) AS n WHERE parents > 0`;

/**
 * `random() ^ 3` makes low numbers frequent. A key has three models of its own, as applications have.
 * Durations are spread log-normally about a second.
 */
const ledger = `
INSERT INTO ledger_entries (
	request_id, received_at, node, endpoint, outcome, status, error_code, action, key_id, owner_id, team_id,
	user_id, ip, user_agent, requested_model, route, provider, model, cache, is_streaming, input_tokens,
	output_tokens, cached_tokens, is_estimated, cost_micro_usd, is_unpriced, price_version, duration_ms,
	overhead_ms, first_byte_ms, request_bytes, response_bytes, tags, end_user, session, trace)
SELECT
	'req_' || md5(n::text), at, 'bench', endpoint, outcome,
	CASE outcome WHEN 'answered' THEN 200 WHEN 'refused' THEN 403 WHEN 'failed' THEN 502 ELSE 499 END,
	CASE outcome WHEN 'refused' THEN CASE WHEN dice < 0.022 THEN 'guardrail_blocked' ELSE 'rate_limit_exceeded' END
		WHEN 'failed' THEN 'upstream_failed' WHEN 'cancelled' THEN 'client_closed_request' END,
	CASE WHEN outcome = 'refused' AND dice < 0.022 THEN 'block' ELSE 'allow' END,
	'key' || key, md5('user' || (1 + key % 60))::uuid::text, md5('team' || (1 + key % 20))::uuid::text,
	NULL, '192.0.2.' || (1 + key % 250), 'bench/1.0', 'provider-' || (model % 12) || '/model-' || model,
	CASE WHEN model < 6 THEN 'route-' || model END,
	CASE WHEN outcome <> 'refused' THEN 'provider-' || (model % 12) END,
	CASE WHEN outcome <> 'refused' THEN 'model-' || model END,
	CASE WHEN dice > 0.97 THEN 'hit' WHEN dice > 0.5 THEN 'miss' END, dice > 0.4, tokens, tokens / 6, tokens / 10, false,
	CASE WHEN outcome <> 'refused' AND model <> 47 THEN tokens * (1 + model % 9) END, outcome <> 'refused' AND model = 47, '1',
	duration, 0.3 + dice, duration / 3, tokens * 4, tokens,
	CASE WHEN dice < 0.3 THEN '{}' WHEN dice < 0.8 THEN ARRAY['env-' || (key % 3)]
		ELSE ARRAY['env-' || (key % 3), 'feature-' || (key % 40)] END,
	'end-user-' || (n % 5000), 'session-' || (n % 90000), trace.sample
FROM (
	SELECT n, at, key, dice, ('{chat.completions,chat.completions,messages,embeddings}'::text[])[1 + key % 4] AS endpoint,
		(key * 7 + floor(3 * spread * spread)::int * 5) % 48 AS model,
		CASE WHEN dice < 0.03 THEN 'refused' WHEN dice < 0.045 THEN 'failed' WHEN dice < 0.05 THEN 'cancelled' ELSE 'answered' END AS outcome,
		(200 + 6000 * spread * spread)::bigint AS tokens,
		exp(6.5 + 0.9 * (luck + spread + dice - 1.5) * 2) AS duration
	FROM (
		SELECT n, 1 + floor(299 * random() ^ 3)::int AS key, random() AS dice, random() AS spread, random() AS luck,
			now() - make_interval(secs => $2::int * 86400 * (n::float8 / $1::int))
				+ make_interval(secs => 10000 * sin(n::float8 * 2 * pi() * $2::int / $1::int)) AS at
		FROM generate_series(1, $1::int) AS n
	) AS drawn
) AS request
CROSS JOIN (SELECT json_build_object(
	'stages', (SELECT json_agg(json_build_array('stage-' || s, s * 40, 35)) FROM generate_series(1, 18) AS s),
	'findings', '[]'::json,
	'attempts', json_build_array(json_build_object('provider', 'provider-1', 'model', 'model-1',
		'startMs', 0.4, 'durationMs', 812, 'status', 200))) AS sample) AS trace`;
