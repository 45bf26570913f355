import type { Pool } from "pg";
import { rollUpThreats, threatColumns } from "../../lib/server/journal/ship-threats.ts";
import { groupIncidents } from "../../lib/server/threats-events/group-incidents.ts";
import { bulkLoad } from "./bulk-load.ts";
import type { SeedOptions } from "./seed.ts";
import { daysOf } from "./seed.ts";

/**
 * As many threat events as rows of the ledger: half of them by one attacker in five, the others by some ten
 * thousand addresses; a few hundred actors are scored, and as many were banned.
 */
export async function seedThreats(pool: Pool, options: SeedOptions): Promise<void> {
	await bulkLoad(pool, {
		tables: ["threat_events"],
		load: async (client) => {
			await client.query("SELECT setseed(0.43)");
			await client.query(events, [options.rows, options.days]);
		},
	});
	await bulkLoad(pool, {
		tables: ["threat_dimensions", "threat_rollups", "threat_party_rollups", "threat_party_days"],
		areUpserted: true,
		load: async (client) => {
			for (const day of daysOf(options)) {
				await client.query(
					`WITH threat_events_in AS (SELECT ${threatColumns} FROM threat_events
						WHERE at >= $1 AND at < $1::timestamptz + interval '1 day'), ${rollUpThreats} SELECT`,
					[day],
				);
			}
		},
	});
	for (const statement of [actors, scores, bans, actions, marks]) await pool.query(statement);
	// One row an actor and family would be one campaign of a month; real batches are seconds long.
	await pool.query("TRUNCATE threat_pending");
	await pool.query(campaigns);
	while ((await groupIncidents(pool)) > 0);
}

/** What is noticed, the frequent before the rare: guard, rule, layer, category, severity, family. */
const noticed = `(VALUES
	(0, 'prompt-injection', 'INJ-SCORE', 'shield', 'injection', 'high', 'manipulation'),
	(1, 'mask', 'EMAIL', 'privacy', 'personal-data', 'low', 'data'),
	(2, 'bans', 'caller_banned', 'bans', 'banned', 'medium', 'access'),
	(3, 'limit', 'rate_limit_exceeded', 'limits', 'flood', 'low', 'access'),
	(4, 'mask', 'PERSON', 'privacy', 'personal-data', 'low', 'data'),
	(5, 'authenticate', 'invalid_api_key', 'authentication', 'credential', 'low', 'access'),
	(6, 'firewall', 'FW-001', 'firewall', 'injection', 'high', 'manipulation'),
	(7, 'secret-leak', 'AWS-KEY', 'secrets', 'secret', 'critical', 'data'),
	(8, 'trajectory', 'ESCALATION', 'trajectory', 'escalation', 'high', 'manipulation'),
	(9, 'unsafe-links', 'LINK-001', 'answer', 'unsafe-link', 'medium', 'data'))
	AS noticed (kind, guard, rule, layer, category, severity, family)`;

const events = `
INSERT INTO threat_events (${threatColumns})
SELECT 'req_' || md5(n::text), 0, at, layer, guard, rule || CASE WHEN kind IN (0, 6, 7, 9) THEN '-' || variant ELSE '' END,
	category, severity, action, CASE WHEN action = 'flag' AND dice > 0.9 THEN 'block' END,
	action = 'block', CASE WHEN layer = 'answer' THEN 'answer' WHEN layer IN ('bans', 'limits', 'authentication') THEN 'request'
		WHEN dice > 0.8 THEN 'tool-result' ELSE 'user' END, round(dice::numeric, 2),
	ip, key_id, owner_id, team_id, NULL, end_user, CASE WHEN dice > 0.3 THEN 'session-' || (n % 90000) END,
	'ja4-' || (address % 400), ('{DE,US,FR,BR,IN,CN,NG,GB,NL,JP,VN,PL}'::text[])[1 + address % 12],
	'model-' || model, endpoint,
	CASE WHEN key_id IS NULL THEN 'ip' WHEN end_user IS NULL THEN 'key' ELSE 'user' END,
	CASE WHEN key_id IS NULL THEN ip WHEN end_user IS NULL THEN key_id ELSE 'team:' || team_id || '/' || end_user END, family
FROM (
	SELECT drawn.*, noticed.*, 1 + floor(20 * spread ^ 2)::int AS variant,
		'198.' || (18 + address / 65025) || '.' || (address / 255 % 255) || '.' || (1 + address % 255) AS ip,
		CASE WHEN layer <> 'authentication' THEN 'key' || key END AS key_id,
		CASE WHEN layer <> 'authentication' THEN md5('user' || (1 + key % 60))::uuid::text END AS owner_id,
		CASE WHEN layer <> 'authentication' THEN md5('team' || (1 + key % 20))::uuid::text END AS team_id,
		CASE WHEN layer <> 'authentication' AND spread > 0.4 THEN 'end-user-' || (address % 5000) END AS end_user,
		(key * 7 + n % 3 * 5) % 48 AS model,
		('{chat.completions,chat.completions,messages,embeddings}'::text[])[1 + key % 4] AS endpoint,
		CASE WHEN layer IN ('bans', 'limits', 'authentication', 'firewall') OR dice < 0.4 AND layer = 'shield' THEN 'block'
			WHEN layer IN ('privacy', 'secrets') THEN 'redact' ELSE 'flag' END AS action
	FROM (
		SELECT n, random() AS dice, random() AS spread, floor(10 * random() ^ 2)::int AS what,
			1 + floor(299 * random() ^ 3)::int AS key,
			CASE WHEN n % 2 = 0 THEN floor(5 * random() ^ 2)::int ELSE floor(12000 * random() ^ 2)::int END AS address,
			now() - make_interval(secs => $2::int * 86400 * (n::float8 / $1::int)) AS at
		FROM generate_series(1, $1::int) AS n) AS drawn
	JOIN ${noticed} ON kind = what
) AS made`;

/** Of a thousand addresses and some keys, as if the last hour had been busy. */
const actors = `
INSERT INTO threat_actors (kind, value, reach, score, updated_at, bans, causes)
SELECT CASE WHEN n % 10 = 0 THEN 'key' ELSE 'ip' END,
	CASE WHEN n % 10 = 0 THEN 'key' || n / 10 ELSE '198.18.' || n / 255 || '.' || 1 + n % 255 END,
	'ip', 30 * random() ^ 4, now() - make_interval(secs => 3600 * random()), n % 3, '[]'
FROM generate_series(0, 2500) AS n`;

const scores = `
INSERT INTO threat_scores (kind, value, at, peak)
SELECT kind, value, date_bin('5 minutes', now() - make_interval(mins => 5 * step), 'epoch'), 20 * random()
FROM threat_actors CROSS JOIN generate_series(0, 287) AS step WHERE random() < 0.5`;

const bans = `
INSERT INTO threat_bans (id, kind, value, reason, created_at, until_at, causes, ended_at)
SELECT ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'ip', '192.0.2.' || 1 + n % 250, 'Score 21',
	now() - make_interval(hours => n), CASE WHEN n < 200 THEN now() + interval '1 hour' ELSE now() - make_interval(hours => n - 1) END,
	'[]', CASE WHEN n < 200 THEN NULL ELSE now() - make_interval(hours => n - 1) END
FROM generate_series(1, 20000) AS n WHERE n >= 200 OR n < 200 AND n % 250 = n`;

const actions = `
INSERT INTO threat_actions (id, at, kind, value, action, score, reason)
SELECT ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, now() - make_interval(mins => n), 'ip',
	'192.0.2.' || 1 + n % 250, ('{watched,slowed,challenged,banned}'::text[])[1 + n % 4], 12, 'Score 12'
FROM generate_series(1, 200000) AS n`;

const marks = `
INSERT INTO threat_marks (id, guard, rule, subject, subject_id, marked_by, created_at)
SELECT gen_random_uuid(), guard, rule, 'event', request_id || '.0', 'somebody', at
FROM threat_events WHERE score = 0.5`;

/** What batches of some hours would have left behind, in their order. */
const campaigns = `
INSERT INTO threat_pending (actor_kind, actor, family, events, blocked, would_block, worst, first_at, last_at, rules, key_ids, ips, request_id)
SELECT actor_kind, actor, family, count(*), count(*) FILTER (WHERE action = 'block'), 0, 3, min(at), max(at),
	(array_agg(DISTINCT guard || '/' || rule))[1:20], '{}', (array_agg(DISTINCT ip))[1:20], min(request_id)
FROM threat_events WHERE layer <> 'bans' AND severity <> 'low'
GROUP BY actor_kind, actor, family, date_bin('6 hours', at, 'epoch') ORDER BY min(at)`;
