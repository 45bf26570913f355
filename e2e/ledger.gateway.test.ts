import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { startEmbeddedPostgres } from "../lib/server/database/embedded-postgres.ts";
import { createTestDatabase } from "../lib/server/database/test-database.ts";
import { runLoad } from "./support/load.ts";
import type { RunningServer } from "./support/running-server.ts";
import { freePort, newDataDir, removeDataDir, startServer } from "./support/running-server.ts";

const token = "test-key-for-the-ledger-0123456789";
const dirs: string[] = [];
const servers: RunningServer[] = [];

afterAll(async () => {
	for (const server of servers) await server.kill();
	for (const dir of dirs) removeDataDir(dir);
});

function gatewayOn(databaseUrl: string, folder: string): Promise<RunningServer> {
	return startServer({
		dataDir: folder,
		env: {
			ROLE: "gateway",
			DATABASE_URL: databaseUrl,
			LLMPROXY_API_KEYS: `ledger-test=${token}`,
		},
	}).then((server) => {
		servers.push(server);
		return server;
	});
}

function dataDir(): string {
	const dir = newDataDir();
	dirs.push(dir);
	return dir;
}

async function query<Row>(url: string, sql: string): Promise<readonly Row[]> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		return (await client.query(sql)).rows;
	} finally {
		await client.end();
	}
}

async function liftLimits(url: string): Promise<void> {
	await query(
		url,
		`INSERT INTO settings_versions (value, changed_by)
		 VALUES ('{"limits":{"keyRequestsPerMinute":0,"ipRequestsPerMinute":0}}', 'test')`,
	);
}

/** Ids in the ledger, once no more are on their way. */
async function ledgerIds(url: string, atLeast: number): Promise<readonly string[]> {
	const read = async () =>
		(await query<{ request_id: string }>(url, "SELECT request_id FROM ledger_entries")).map(
			(row) => row.request_id,
		);
	for (let tries = 0; tries < 200; tries++) {
		if ((await read()).length >= atLeast) break;
		await sleep(100);
	}
	return read();
}

function missing(answered: readonly string[], ledger: readonly string[]): readonly string[] {
	const known = new Set(ledger);
	return answered.filter((id) => !known.has(id));
}

describe("the ledger", () => {
	test("has exactly one row for each answered request after load", async () => {
		const database = await createTestDatabase();
		await liftLimits(database.url);
		const server = await gatewayOn(database.url, dataDir());
		const { answered, failed } = await runLoad({
			url: server.url,
			token,
			requests: 1500,
			concurrency: 20,
		});
		expect(failed).toBe(0);
		expect(await ledgerIds(database.url, 1500)).toHaveLength(1500);
		const rows = await ledgerIds(database.url, 1500);
		expect(missing(answered, rows)).toEqual([]);
		const [sums] = await query<{ cost: string; tokens: string }>(
			database.url,
			"SELECT sum(cost_micro_usd) AS cost, sum(output_tokens) AS tokens FROM ledger_entries",
		);
		expect(Number(sums?.tokens)).toBeGreaterThan(1500);
		expect(Number(sums?.cost)).toBeGreaterThan(0);
		expect(await server.stop()).toBe(0);
		await database.drop();
	});

	test("misses no answered request when the process is killed in the middle of load", async () => {
		const database = await createTestDatabase();
		await liftLimits(database.url);
		const dir = dataDir();
		const server = await gatewayOn(database.url, dir);
		let killed: Promise<void> | undefined;
		const { answered, failed } = await runLoad({
			url: server.url,
			token,
			requests: 3000,
			concurrency: 20,
			onAnswer: (count) => {
				if (count === 400) killed = server.kill();
			},
		});
		await killed;
		expect(failed).toBeGreaterThan(0);
		expect(answered.length).toBeGreaterThanOrEqual(400);
		const again = await gatewayOn(database.url, dir);
		const rows = await ledgerIds(database.url, answered.length);
		expect(missing(answered, rows)).toEqual([]);
		expect(new Set(rows).size).toBe(rows.length);
		await again.stop();
		await database.drop();
	});

	test("catches up when the database was away for ten seconds during load", async () => {
		const postgresDir = dataDir();
		const options = { dataDir: postgresDir, log: () => {} };
		let postgres = await startEmbeddedPostgres(options);
		const server = await gatewayOn(postgres.url, dataDir());
		await liftLimits(postgres.url);
		// The limits come with the next reload; until then few enough requests are sent.
		const before = await runLoad({ url: server.url, token, requests: 200, concurrency: 10 });
		await postgres.stop();
		const during = runLoad({ url: server.url, token, requests: 300, concurrency: 5 });
		await sleep(10_000);
		postgres = await startEmbeddedPostgres(options);
		const middle = await during;
		const after = await runLoad({ url: server.url, token, requests: 50, concurrency: 5 });
		const answered = [...before.answered, ...middle.answered, ...after.answered];
		expect(before.failed + middle.failed + after.failed).toBe(0);
		expect(answered).toHaveLength(550);
		const rows = await ledgerIds(postgres.url, 550);
		expect(missing(answered, rows)).toEqual([]);
		expect(rows).toHaveLength(550);
		await server.stop();
		await postgres.stop();
	}, 120_000);
});

test("a second process on the same database learns of a revoked key at once", async () => {
	const database = await createTestDatabase();
	const [first, second] = [
		await gatewayOn(database.url, dataDir()),
		await gatewayOn(database.url, dataDir()),
	];
	const models = (server: RunningServer) =>
		fetch(`${server.url}/v1/models`, { headers: { authorization: `Bearer ${token}` } }).then(
			(response) => response.status,
		);
	expect([await models(first), await models(second)]).toEqual([200, 200]);
	await query(
		database.url,
		`UPDATE api_keys SET revoked_at = now(); NOTIFY llmproxy_changed, '{"kind":"keys","node":"test"}'`,
	);
	await expect.poll(() => models(first), { timeout: 2000 }).toBe(401);
	await expect.poll(() => models(second), { timeout: 2000 }).toBe(401);
	await first.stop();
	await second.stop();
	await database.drop();
});

test("a port that is taken is told in one sentence", async () => {
	const database = await createTestDatabase();
	const port = await freePort();
	const env = { ROLE: "gateway", DATABASE_URL: database.url };
	const first = await startServer({ port, env, dataDir: dataDir() });
	servers.push(first);
	await expect(startServer({ port, env, dataDir: dataDir() })).rejects.toThrow(/port/i);
	await first.stop();
	await database.drop();
});
