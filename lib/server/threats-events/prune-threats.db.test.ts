import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { threatsSettings } from "../../../proxy-core/contract/threat-settings.ts";
import type { TestDatabase } from "../database/test-database.ts";
import { createTestDatabase } from "../database/test-database.ts";
import { settledRecord } from "../journal/__fixtures__/settled-record.ts";
import { insertLines } from "../journal/insert-lines.ts";
import { finding } from "./__fixtures__/findings.ts";
import { groupIncidents } from "./group-incidents.ts";
import { batchMax, pruneThreats, startThreatPruner } from "./prune-threats.ts";

const dayMs = 86_400_000;
const now = Date.parse("2026-06-15T12:00:00Z");
const retention = threatsSettings.parse({
	retention: { eventsDays: 30, sumsDays: 100, incidentsDays: 60, actionsDays: 60 },
}).retention;
const { signal } = new AbortController();

describe("pruneThreats", () => {
	let database: TestDatabase;
	let pool: pg.Pool;

	beforeAll(async () => {
		database = await createTestDatabase();
		pool = new pg.Pool({ connectionString: database.url, max: 4 });
		pool.on("error", () => undefined);
	});
	afterAll(async () => {
		await pool.end();
		await database.drop();
	});
	beforeEach(async () => {
		await pool.query(`TRUNCATE ledger_entries, threat_events, threat_dimensions, threat_rollups,
			threat_party_rollups, threat_party_days, threat_pending, threat_incidents, incident_notes,
			threat_marks, threat_bans, threat_actions`);
	});

	const ship = async (...daysAgo: readonly number[]) => {
		const records = daysAgo.map((days, index) =>
			settledRecord({
				requestId: `r${days}-${index}`,
				receivedAt: now - days * dayMs,
				ip: `192.0.2.${days}`,
				findings: [finding()],
			}),
		);
		await insertLines(
			pool,
			records.map((record) => JSON.stringify(record)),
		);
	};
	const prune = (changes: Partial<typeof retention> = {}) =>
		pruneThreats(pool, { ...retention, ...changes }, { now, signal });
	const column = async (sql: string): Promise<readonly unknown[]> =>
		(await pool.query({ text: sql, rowMode: "array" })).rows.flat();

	it("deletes events, and the sums that name somebody with them", async () => {
		await ship(1, 29, 31, 99, 101);
		const pruned = await prune();
		expect(await column("SELECT ip FROM threat_events ORDER BY at DESC")).toEqual([
			"192.0.2.1",
			"192.0.2.29",
		]);
		for (const table of ["threat_party_rollups", "threat_party_days"]) {
			const named = `SELECT DISTINCT party FROM ${table} WHERE kind = 'ip'`;
			expect(await column(`${named} AND at < now() ORDER BY 1`), table).not.toContain("192.0.2.99");
			expect(await column(named), table).toContain("192.0.2.29");
		}
		expect(pruned["threat_events"]).toBe(3);
	});

	it("keeps the sums that name nobody for longer, by whole cells", async () => {
		await ship(1, 31, 99, 101);
		await prune();
		const days = "SELECT at::date::text FROM threat_rollups WHERE step_seconds = 86400 ORDER BY at";
		expect(await column(days)).toEqual(["2026-03-08", "2026-05-15", "2026-06-14"]);
		expect(await prune()).toEqual({});
	});

	it("makes room for the newest when there are more than the most that are kept", async () => {
		await ship(...Array.from({ length: 20 }, (_, index) => index));
		expect(await prune({ eventsMax: 5 })).toMatchObject({ threat_events: 15 });
		expect(await column("SELECT ip FROM threat_events ORDER BY at DESC")).toEqual(
			[0, 1, 2, 3, 4].map((days) => `192.0.2.${days}`),
		);
	});

	it("deletes incidents that nothing has happened to for long, with their notes", async () => {
		await ship(70, 80, 10);
		while ((await groupIncidents(pool)) > 0);
		await pool.query(
			"UPDATE threat_incidents SET state = 'closed', closed_at = $1 WHERE actor = '192.0.2.80'",
			[new Date(now - 5 * dayMs)],
		);
		await pool.query(`INSERT INTO incident_notes (id, incident_id, kind, text, author_id, author_name)
			SELECT gen_random_uuid(), id, 'note', 'seen', 'a', 'Ada' FROM threat_incidents`);
		expect(await prune()).toMatchObject({ threat_incidents: 1 });
		expect(await column("SELECT actor FROM threat_incidents ORDER BY last_at")).toEqual([
			"192.0.2.80",
			"192.0.2.10",
		]);
		expect(await column("SELECT text FROM incident_notes")).toHaveLength(2);
	});

	it("deletes what was done about actors, and bans that are long over, but none in force", async () => {
		const old = new Date(now - 90 * dayMs);
		const bans = [
			["192.0.2.1", null, null],
			["192.0.2.2", new Date(now - 80 * dayMs), null],
			["192.0.2.3", null, new Date(now - 80 * dayMs)],
			["192.0.2.4", null, new Date(now - 1 * dayMs)],
			["192.0.2.5", new Date(now + dayMs), null],
		];
		for (const [value, until, ended] of bans) {
			await pool.query(
				`INSERT INTO threat_bans (id, kind, value, reason, created_at, until_at, causes, ended_at)
				VALUES (gen_random_uuid(), 'ip', $1, 'why', $2, $3, '[]', $4)`,
				[value, old, until, ended],
			);
		}
		for (const at of [old, new Date(now - dayMs)]) {
			await pool.query(
				`INSERT INTO threat_actions (id, at, kind, value, action, reason)
				VALUES (gen_random_uuid(), $1, 'ip', '192.0.2.1', 'banned', 'why')`,
				[at],
			);
		}
		expect(await prune()).toEqual({ threat_bans: 2, threat_actions: 1 });
		expect(await column("SELECT value FROM threat_bans ORDER BY value")).toEqual([
			"192.0.2.1",
			"192.0.2.4",
			"192.0.2.5",
		]);
	});

	it("goes on until everything old is gone, a batch at a time", async () => {
		const count = 2 * batchMax + 500;
		await pool.query(
			`INSERT INTO threat_actions (id, at, kind, value, action, reason)
			SELECT gen_random_uuid(), $1, 'ip', n::text, 'watched', 'why' FROM generate_series(1, $2::int) AS n`,
			[new Date(now - 90 * dayMs), count],
		);
		expect(await prune()).toEqual({ threat_actions: count });
	});

	it("leaves the work to a node that is at it already", async () => {
		await ship(40);
		const other = await pool.connect();
		await other.query("BEGIN");
		await other.query("SELECT pg_advisory_xact_lock(7241904)");
		expect(await prune()).toEqual({});
		await other.query("COMMIT");
		other.release();
		expect(await prune()).toMatchObject({ threat_events: 1 });
	});

	it("deletes every row once when two nodes begin together", async () => {
		await ship(...Array.from({ length: 50 }, (_, index) => 31 + index));
		const both = await Promise.all([prune(), prune()]);
		const events = both.map((pruned) => pruned["threat_events"] ?? 0);
		expect((events[0] ?? 0) + (events[1] ?? 0)).toBe(50);
		expect(await column("SELECT request_id FROM threat_events")).toEqual([]);
	});

	it("stops at once while it waits for its turn", async () => {
		const quiet = () => {};
		const log = { info: quiet, warn: quiet, error: quiet };
		const pruner = startThreatPruner({ pool, retention: () => retention, log });
		await sleep(10);
		await expect(pruner.stop()).resolves.toBeUndefined();
	});
});
