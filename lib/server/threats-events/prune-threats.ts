import { setTimeout as sleep } from "node:timers/promises";
import type { Pool, PoolClient } from "pg";
import type { ThreatsSettings } from "../../../proxy-core/contract/threat-settings.ts";
import type { Log } from "../../../proxy-core/ports.ts";
import { partyKinds } from "../journal/ship-threats.ts";

type Retention = ThreatsSettings["retention"];

/** Rows that one transaction deletes: few enough that nobody waits for them. */
export const batchMax = 2000;
/** What one run deletes of a table at most; the next run goes on. */
const batchesMax = 500;
const pauseMs = 20;
const everyMs = 600_000;
/** A start has enough to do. */
const firstMs = 60_000;
const dayMs = 86_400_000;

/** Keeps two nodes from pruning at once; any constant that nothing else locks by. */
const lockNumber = 7_241_904;

interface Aged {
	readonly table: string;
	/** Which rows may go: `$1` is the instant before which nothing is kept. An index answers it. */
	readonly old: string;
	/** The order of that index: whoever took any rows would pass by those that are gone again and again. */
	readonly order: string;
	readonly keptDays: (retention: Retention) => number;
}

/** Always so; lets an index that begins with the kind find what is old. */
const isOfAnyKind = `kind IN (${partyKinds.map((kind) => `'${kind}'`).join(", ")})`;

const aged: readonly Aged[] = [
	{
		table: "threat_events",
		old: "at < $1",
		order: "at",
		keptDays: ({ eventsDays }) => eventsDays,
	},
	...[3600, 86_400, 604_800].map((seconds) => ({
		table: "threat_party_rollups",
		old: `step_seconds = ${seconds} AND ${isOfAnyKind} AND at < $1`,
		order: "kind, at",
		keptDays: ({ eventsDays }: Retention) => eventsDays,
	})),
	{
		table: "threat_party_days",
		old: `${isOfAnyKind} AND at < $1`,
		order: "kind, at",
		keptDays: ({ eventsDays }) => eventsDays,
	},
	...[3600, 21_600, 86_400].map((seconds) => ({
		table: "threat_rollups",
		old: `step_seconds = ${seconds} AND at < $1`,
		order: "at",
		keptDays: ({ sumsDays }: Retention) => sumsDays,
	})),
	{
		table: "threat_incidents",
		old: "last_at < $1 AND coalesce(greatest(acknowledged_at, closed_at) < $1, true)",
		order: "last_at",
		keptDays: ({ incidentsDays }) => incidentsDays,
	},
	{
		table: "threat_marks",
		old: "created_at < $1",
		order: "created_at",
		keptDays: ({ incidentsDays }) => incidentsDays,
	},
	{
		table: "threat_bans",
		old: "least(ended_at, until_at) < $1",
		order: "id",
		keptDays: ({ actionsDays }) => actionsDays,
	},
	{
		table: "threat_actions",
		old: "at < $1",
		order: "at",
		keptDays: ({ actionsDays }) => actionsDays,
	},
];

/** Rows that were deleted, by table; those of which none was are left out. */
export type Pruned = Readonly<Record<string, number>>;

/**
 * Deletes what the settings no longer keep, in small transactions, and says how much that was. While
 * another node does so this one leaves it to it. Sums are kept by whole cells: the cell in which the
 * limit lies stays.
 */
export async function pruneThreats(
	pool: Pool,
	retention: Retention,
	{ now, signal }: { readonly now: number; readonly signal: AbortSignal },
): Promise<Pruned> {
	const counts: Record<string, number> = {};
	for (const each of aged) {
		const before = await limitOf(pool, each, { retention, now });
		for (let batch = 0; batch < batchesMax && !signal.aborted; batch += 1) {
			const count = await deleteBatch(pool, each, before);
			if (count > 0) counts[each.table] = (counts[each.table] ?? 0) + count;
			if (count < batchMax) break;
			await sleep(pauseMs);
		}
	}
	return counts;
}

async function limitOf(
	pool: Pool,
	{ table, keptDays }: Aged,
	{ retention, now }: { readonly retention: Retention; readonly now: number },
): Promise<Date> {
	const byAge = now - keptDays(retention) * dayMs;
	if (table !== "threat_events") return new Date(byAge);
	const surplus = await newestSurplus(pool, retention.eventsMax);
	return new Date(surplus === undefined ? byAge : Math.max(byAge, surplus.getTime() + 1));
}

/** When the newest of the events beyond the most that are kept happened; undefined when there are none. */
async function newestSurplus(pool: Pool, eventsMax: number): Promise<Date | undefined> {
	const { rows: estimates } = await pool.query<{ rows: number }>(
		"SELECT reltuples AS rows FROM pg_class WHERE oid = 'threat_events'::regclass",
	);
	const estimate = estimates[0]?.rows ?? -1;
	// Counting reads an index from end to end; far from the limit the estimate will do. -1: there is none.
	if (estimate >= 0 && estimate < eventsMax / 2) return undefined;
	const { rows } = await pool.query<{ at: Date }>(
		"SELECT at FROM threat_events ORDER BY at DESC OFFSET $1 LIMIT 1",
		[eventsMax],
	);
	return rows[0]?.at;
}

/**
 * By the places of the rows, which no index has to find again. Rows that a shipper holds stay for the
 * next run, so neither waits for the other with rows in its hands.
 */
async function deleteBatch(pool: Pool, { table, old, order }: Aged, before: Date): Promise<number> {
	const client = await pool.connect();
	try {
		await client.query("BEGIN");
		const count = (await isMyTurn(client))
			? await client.query(
					`DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table}
						WHERE ${old} ORDER BY ${order} LIMIT ${batchMax} FOR UPDATE SKIP LOCKED))`,
					[before],
				)
			: undefined;
		await client.query("COMMIT");
		return count?.rowCount ?? 0;
	} catch (error) {
		await client.query("ROLLBACK").catch(() => undefined);
		throw error;
	} finally {
		client.release();
	}
}

/** Until the end of the transaction. */
async function isMyTurn(client: PoolClient): Promise<boolean> {
	const { rows } = await client.query<{ mine: boolean }>(
		"SELECT pg_try_advisory_xact_lock($1) AS mine",
		[lockNumber],
	);
	return rows[0]?.mine === true;
}

export interface ThreatPruner {
	readonly stop: () => Promise<void>;
}

interface PrunerOptions {
	readonly pool: Pool;
	readonly retention: () => Retention;
	readonly log: Log;
}

/** Prunes every ten minutes, for as long as the process lives. */
export function startThreatPruner({ pool, retention, log }: PrunerOptions): ThreatPruner {
	const end = new AbortController();
	const { signal } = end;
	const pause = (ms: number) => sleep(ms, undefined, { signal }).catch(() => undefined);
	const run = async () => {
		await pause(firstMs);
		while (!signal.aborted) {
			try {
				const pruned = await pruneThreats(pool, retention(), { now: Date.now(), signal });
				if (Object.keys(pruned).length > 0) log.info("Old threat data was deleted.", pruned);
			} catch (error) {
				log.warn("Old threat data could not be deleted; it is tried again.", { error });
			}
			await pause(everyMs);
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
