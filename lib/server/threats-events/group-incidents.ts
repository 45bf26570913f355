import { setTimeout as sleep } from "node:timers/promises";
import type { Pool, PoolClient } from "pg";
import type { Log } from "../../../proxy-core/ports.ts";
import { threatsChannel } from "../journal/ship-threats.ts";
import { mergeCampaigns, namesMax, silenceMsMax } from "./merge-campaigns.ts";

/** Events of one actor and family; instants are epoch milliseconds. */
export interface Pending {
	readonly actorKind: string;
	readonly actor: string;
	readonly family: string;
	readonly events: number;
	readonly blocked: number;
	readonly wouldBlock: number;
	/** Rank of the worst severity. */
	readonly worst: number;
	readonly firstAt: number;
	readonly lastAt: number;
	readonly rules: readonly string[];
	readonly keyIds: readonly string[];
	readonly ips: readonly string[];
	readonly requestId: string;
}

export interface IncidentKeeper {
	readonly stop: () => Promise<void>;
}

const everyMs = 1000;
/** Rows that one round takes; while there are more, the next round follows at once. */
const roundMax = 2000;

/** An array, not a join: that would be with the whole table as soon as statistics lag behind a flood. */
const takePending = `
DELETE FROM threat_pending
WHERE id = ANY (ARRAY(SELECT id FROM threat_pending ORDER BY id LIMIT ${roundMax}))
RETURNING actor_kind AS "actorKind", actor, family, events, blocked, would_block AS "wouldBlock", worst,
	(extract(epoch FROM first_at) * 1000)::float8 AS "firstAt",
	(extract(epoch FROM last_at) * 1000)::float8 AS "lastAt",
	rules, key_ids AS "keyIds", ips, request_id AS "requestId"`;

function together(column: string): string {
	return `(SELECT array_agg(DISTINCT one) FROM unnest(t.${column} || c.${column}) AS one)[1:${namesMax}]`;
}

const mergeRound = `
WITH campaigns AS (
	SELECT "actorKind" AS actor_kind, actor, family, events, blocked, "wouldBlock" AS would_block, worst,
		to_timestamp("firstAt" / 1000) AS first_at, to_timestamp("lastAt" / 1000) AS last_at, rules,
		"keyIds" AS key_ids, ips, "requestId" AS request_id
	FROM json_to_recordset($1::json) AS c (
		"actorKind" text, actor text, family text, events int, blocked int, "wouldBlock" int, worst int,
		"firstAt" float8, "lastAt" float8, rules text[], "keyIds" text[], ips text[], "requestId" text)
), matched AS MATERIALIZED (
	SELECT c.*, (
		SELECT id FROM threat_incidents AS t
		WHERE t.actor_kind = c.actor_kind AND t.actor = c.actor AND t.family = c.family AND t.state <> 'closed'
			AND t.last_at >= c.first_at - make_interval(secs => $2) AND t.first_at <= c.last_at + make_interval(secs => $2)
		ORDER BY t.last_at DESC LIMIT 1) AS incident_id
	FROM campaigns AS c
), went_on AS (
	UPDATE threat_incidents AS t SET
		events = t.events + c.events, blocked = t.blocked + c.blocked, would_block = t.would_block + c.would_block,
		worst = greatest(t.worst, c.worst), first_at = least(t.first_at, c.first_at),
		last_at = greatest(t.last_at, c.last_at), rules = ${together("rules")},
		key_ids = coalesce(${together("key_ids")}, '{}'), ips = ${together("ips")},
		request_id = CASE WHEN c.worst >= t.worst THEN c.request_id ELSE t.request_id END,
		state = CASE WHEN t.is_watched AND c.last_at > t.acknowledged_at THEN 'open' ELSE t.state END
	FROM matched AS c WHERE t.id = c.incident_id
)
INSERT INTO threat_incidents (
	id, actor_kind, actor, family, worst, events, blocked, would_block, first_at, last_at, rules, key_ids, ips, request_id)
SELECT gen_random_uuid(), actor_kind, actor, family, worst, events, blocked, would_block, first_at, last_at,
	rules, key_ids, ips, request_id
FROM matched WHERE incident_id IS NULL ORDER BY first_at`;

/** Keeps two nodes from grouping at once; any constant that nothing else locks by. */
const lockNumber = 7_241_903;

/**
 * Adds what shippers left in `threat_pending` to incidents, and says how many rows that were. Each row
 * counts exactly once: it is gone in the transaction that adds it.
 */
export async function groupIncidents(pool: Pool): Promise<number> {
	const client = await pool.connect();
	try {
		await client.query("BEGIN");
		const count = await groupLocked(client);
		await client.query("COMMIT");
		return count;
	} catch (error) {
		await client.query("ROLLBACK").catch(() => undefined);
		throw error;
	} finally {
		client.release();
	}
}

async function groupLocked(client: PoolClient): Promise<number> {
	const { rows: locks } = await client.query<{ mine: boolean }>(
		"SELECT pg_try_advisory_xact_lock($1) AS mine",
		[lockNumber],
	);
	if (locks[0]?.mine !== true) return 0;
	const { rows } = await client.query<Pending>(takePending);
	if (rows.length === 0) return 0;
	for (const round of mergeCampaigns(rows)) {
		await client.query(mergeRound, [JSON.stringify(round), silenceMsMax / 1000]);
	}
	await client.query("SELECT pg_notify($1, $2)", [threatsChannel, `{"type":"incidents.changed"}`]);
	return rows.length;
}

/** Groups once a second, for as long as the process lives. */
export function startIncidentKeeper({
	pool,
	log,
}: {
	readonly pool: Pool;
	readonly log: Log;
}): IncidentKeeper {
	const end = new AbortController();
	let hasFailed = false;
	const run = async () => {
		while (!end.signal.aborted) {
			let isMore = false;
			try {
				isMore = (await groupIncidents(pool)) === roundMax;
				hasFailed = false;
			} catch (error) {
				if (!hasFailed) {
					log.warn("Threat events are not grouped to incidents; they wait.", { error });
				}
				hasFailed = true;
			}
			if (!isMore) await sleep(everyMs, undefined, { signal: end.signal }).catch(() => undefined);
		}
	};
	const running = run();
	return {
		stop: async () => {
			end.abort();
			await running;
		},
	};
}
