import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TestDatabase } from "../database/test-database.ts";
import { createTestDatabase } from "../database/test-database.ts";
import { settledRecord } from "./__fixtures__/settled-record.ts";
import { insertLines, settledChannel } from "./insert-lines.ts";
import { openJournal } from "./journal.ts";
import { startShipper } from "./shipper.ts";

const quiet = () => {};
const log = { info: quiet, warn: quiet, error: quiet };
describe("startShipper", () => {
	let database: TestDatabase;
	let pool: pg.Pool;
	let dir = "";

	beforeAll(async () => {
		database = await createTestDatabase();
		pool = new pg.Pool({ connectionString: database.url, max: 4 });
		pool.on("error", quiet);
	});
	afterAll(async () => {
		await pool.end();
		await database.drop();
	});
	beforeEach(async () => {
		dir = mkdtempSync(join(tmpdir(), "shipper-"));
		await pool.query("TRUNCATE ledger_entries, api_keys");
	});
	afterEach(() => rmSync(dir, { recursive: true, force: true }));

	async function ledgerIds(): Promise<string[]> {
		const { rows } = await pool.query<{ id: string }>(
			"SELECT request_id AS id FROM ledger_entries",
		);
		return rows.map((row) => row.id);
	}

	/** Ships everything and stops. */
	async function shipAll(journal: ReturnType<typeof openJournal>): Promise<number> {
		return startShipper({ journal, pool, log, intervalMs: 5 }).drain(20_000);
	}

	it("writes every field of a record into its column", async () => {
		const journal = openJournal({ dir, node: "n", log });
		const record = settledRecord({
			requestId: "full",
			outcome: "failed",
			status: 502,
			errorCode: "upstream_failed",
			usage: { inputTokens: 3_000_000_000, outputTokens: 0, cachedInputTokens: 4, estimated: true },
			endUser: "u'1",
			tags: ["x,y", "{z}", 'q"'],
		});
		await journal.append(record);
		expect(await shipAll(journal)).toBe(0);
		const { rows } = await pool.query("SELECT * FROM ledger_entries");
		expect(rows[0]).toMatchObject({
			request_id: "full",
			received_at: new Date(record.receivedAt),
			outcome: "failed",
			status: 502,
			error_code: "upstream_failed",
			input_tokens: "3000000000",
			output_tokens: "0",
			cached_tokens: "4",
			cache_write_tokens: null,
			is_estimated: true,
			cost_micro_usd: "17",
			duration_ms: 12.5,
			first_byte_ms: 11,
			end_user: "u'1",
			tags: ["x,y", "{z}", 'q"'],
			trace: { stages: record.stages, findings: [], attempts: record.attempts },
		});
	});

	it("enters each request once, however often its line is shipped", async () => {
		const line = JSON.stringify(settledRecord({ requestId: "twice" }));
		expect(await insertLines(pool, [line, line])).toEqual({ count: 1, refused: 0, failed: 0 });
		expect(await insertLines(pool, [line])).toEqual({ count: 0, refused: 0, failed: 0 });
		expect(await ledgerIds()).toEqual(["twice"]);
	});

	it("keeps route, cache and further parts of the usage, and nothing where there were none", async () => {
		const usage = { inputTokens: 1, outputTokens: 0, images: 2, audioMs: 1500, estimated: false };
		await insertLines(pool, [
			JSON.stringify(settledRecord({ requestId: "rich", route: "fast", cache: "hit", usage })),
			JSON.stringify(settledRecord({ requestId: "unserved", usage: null })),
			JSON.stringify(settledRecord({ requestId: "usual" })),
		]);
		const { rows } = await pool.query(
			"SELECT request_id, route, cache, units FROM ledger_entries ORDER BY request_id",
		);
		expect(rows).toEqual([
			{ request_id: "rich", route: "fast", cache: "hit", units: { images: 2, audioMs: 1500 } },
			{ request_id: "unserved", route: null, cache: null, units: null },
			{ request_id: "usual", route: null, cache: null, units: null },
		]);
	});

	it("lets two shippers add to the same sums at once", async () => {
		await pool.query("TRUNCATE usage_rollups");
		const batch = (shipper: number) =>
			Array.from({ length: 200 }, (_, index) => {
				// Each shipper meets the keys in another order.
				const key = shipper === 0 ? index % 40 : 39 - (index % 40);
				return JSON.stringify(
					settledRecord({ requestId: `s${shipper}-${index}`, keyId: `k${key}`, tags: [`t${key}`] }),
				);
			});
		await Promise.all([0, 1, 0, 1].map((shipper) => insertLines(pool, batch(shipper))));
		const { rows } = await pool.query(
			`SELECT step_seconds, tag = '' AS all, sum(requests)::int AS requests
			FROM usage_rollups GROUP BY 1, 2 ORDER BY 1, 2`,
		);
		expect(rows).toEqual(
			[3600, 21_600, 86_400].flatMap((step_seconds) => [
				{ step_seconds, all: false, requests: 400 },
				{ step_seconds, all: true, requests: 400 },
			]),
		);
	});

	it("stores text that PostgreSQL cannot hold with replacement characters", async () => {
		const journal = openJournal({ dir, node: "n", log });
		await journal.append(
			settledRecord({
				requestId: "odd",
				userAgent: "a\0b\ud800",
				tags: ["\udfff"],
				session: "\\u0000",
			}),
		);
		await shipAll(journal);
		const { rows } = await pool.query("SELECT user_agent, tags, session FROM ledger_entries");
		expect(rows).toEqual([{ user_agent: "a\ufffdb\ufffd", tags: ["\ufffd"], session: "\\u0000" }]);
	});

	it("sets a line apart that the database will never take, and ships the rest", async () => {
		const journal = openJournal({ dir, node: "n", log });
		for (let index = 0; index < 100; index += 1) {
			const status = index === 37 ? 2 ** 40 : 200;
			await journal.append(settledRecord({ requestId: `r${index}`, status }));
		}
		expect(await shipAll(journal)).toBe(0);
		const ids = await ledgerIds();
		expect(ids).toHaveLength(99);
		expect(ids).not.toContain("r37");
		const rejected = readFileSync(join(dir, "rejected.ndjson"), "utf8").trimEnd().split("\n");
		expect(rejected).toHaveLength(1);
		expect(rejected[0]).toContain("r37");
	});

	it("remembers when each key was used last, and never goes back", async () => {
		await pool.query(
			"INSERT INTO api_keys (id, name, secret_hash) VALUES ('k1', 'k', ''), ('k2', 'k', '')",
		);
		const used = (requestId: string, keyId: string, receivedAt: number) =>
			JSON.stringify(settledRecord({ requestId, keyId, receivedAt }));
		await insertLines(pool, [used("a", "k1", 5000), used("b", "k1", 9000), used("c", "gone", 1)]);
		await insertLines(pool, [used("d", "k1", 7000)]);
		const { rows } = await pool.query("SELECT id, last_used_at FROM api_keys ORDER BY id");
		expect(rows).toEqual([
			{ id: "k1", last_used_at: new Date(9000) },
			{ id: "k2", last_used_at: null },
		]);
	});

	it("tells the consoles how many requests were settled", async () => {
		const listener = new pg.Client({ connectionString: database.url });
		await listener.connect();
		await listener.query(`LISTEN ${settledChannel}`);
		const heard = once(listener, "notification") as Promise<[pg.Notification]>;
		const outcomes = ["answered", "refused", "refused", "failed"] as const;
		await insertLines(
			pool,
			outcomes.map((outcome, index) =>
				JSON.stringify(settledRecord({ requestId: `n${index}`, outcome })),
			),
		);
		const [{ payload }] = await heard;
		expect(JSON.parse(payload ?? "")).toEqual({ count: 4, refused: 2, failed: 1 });
		await listener.end();
	});

	it("finds every acknowledged request after kill -9 in the middle of appending", async () => {
		const script = fileURLToPath(new URL("./__fixtures__/append-forever.ts", import.meta.url));
		const acknowledged: string[] = [];
		for (const prefix of ["one", "two"]) {
			const child = spawn(process.execPath, [script, dir, prefix], {
				stdio: ["ignore", "pipe", "inherit"],
			});
			const exited = once(child, "exit");
			for await (const line of createInterface({ input: child.stdout })) {
				acknowledged.push(line);
				if (acknowledged.length % 1500 === 0) child.kill("SIGKILL");
			}
			await exited;
		}
		expect(acknowledged.length).toBeGreaterThanOrEqual(3000);
		const journal = openJournal({ dir, node: "heir", log });
		expect(await shipAll(journal)).toBe(0);
		const ids = new Set(await ledgerIds());
		expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
	});

	it("leaves what it cannot ship before the deadline in the journal", async () => {
		const dead = new pg.Pool({ connectionString: "postgresql://nobody@127.0.0.1:1/none" });
		const journal = openJournal({ dir, node: "n", log });
		await journal.append(settledRecord({ requestId: "later" }));
		const left = await startShipper({ journal, pool: dead, log, intervalMs: 5 }).drain(50);
		expect(left).toBe(1);
		expect(await shipAll(journal)).toBe(0);
		expect(await ledgerIds()).toEqual(["later"]);
		await dead.end();
	});
});
