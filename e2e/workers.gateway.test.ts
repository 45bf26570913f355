import { once } from "node:events";
import { createServer } from "node:http";
import process from "node:process";
import pg from "pg";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { TestDatabase } from "../lib/server/database/test-database.ts";
import { createTestDatabase } from "../lib/server/database/test-database.ts";
import { keyIdOf } from "../proxy-core/keys/key-token.ts";
import { adminEnvironment, ask, environmentAdmin, signIn } from "./support/admin-client.ts";
import { runLoad } from "./support/load.ts";
import type { RunningServer } from "./support/running-server.ts";
import { freePort, newDataDir, removeDataDir, startServer } from "./support/running-server.ts";

const token = "test-key-for-the-workers-0123456789";
const limited = "test-key-with-a-limit-0123456789";
/** Scrapes are requests too. */
const chat = 'endpoint="chat.completions"';
const dirs: string[] = [];
const servers: RunningServer[] = [];
const databases: TestDatabase[] = [];

afterEach(async () => {
	for (const server of servers.splice(0)) await server.stop();
});

afterAll(async () => {
	for (const database of databases) await database.drop();
	for (const dir of dirs) removeDataDir(dir);
});

interface World {
	readonly server: RunningServer;
	readonly again: () => Promise<RunningServer>;
	readonly query: <Row>(sql: string) => Promise<readonly Row[]>;
	/** Of the processes that have served requests so far. */
	readonly pids: () => Promise<readonly number[]>;
}

/** One machine with two gateway processes on a database of its own; `sql` is run before they start. */
async function startTwo(
	env: Readonly<Record<string, string>> = {},
	sql = "SELECT 1",
): Promise<World> {
	const database = await createTestDatabase();
	databases.push(database);
	const dataDir = newDataDir();
	dirs.push(dataDir);
	const query = async <Row>(text: string): Promise<readonly Row[]> => {
		const client = new pg.Client({ connectionString: database.url });
		await client.connect();
		try {
			return (await client.query(text)).rows;
		} finally {
			await client.end();
		}
	};
	await query(
		`INSERT INTO settings_versions (value, changed_by)
		 VALUES ('{"limits":{"keyRequestsPerMinute":0,"ipRequestsPerMinute":0}}', 'test')`,
	);
	await query(sql);
	const again = async () => {
		const server = await startServer({
			dataDir,
			startTimeoutMs: 120_000,
			env: {
				ROLE: "gateway",
				WORKERS: "2",
				DATABASE_URL: database.url,
				LLMPROXY_API_KEYS: `workers=${token},limited=${limited}`,
				...env,
			},
		});
		servers.push(server);
		return server;
	};
	const pids = async () => {
		const rows = await query<{ node: string }>("SELECT DISTINCT node FROM ledger_entries");
		return rows.map(({ node }) => Number(node.split("-", 1)[0]));
	};
	return { server: await again(), again, query, pids };
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

async function ledgerIds({ query }: World): Promise<readonly string[]> {
	const rows = await query<{ request_id: string }>("SELECT request_id FROM ledger_entries");
	return rows.map((row) => row.request_id);
}

/** The sum of a metric's lines; the scrape may meet either worker. */
async function metric(server: RunningServer, start: string): Promise<number> {
	const answer = await fetch(`${server.url}/metrics`, {
		headers: { authorization: `Bearer ${token}`, connection: "close" },
	});
	const lines = (await answer.text()).split("\n").filter((line) => line.startsWith(start));
	return lines.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
}

async function readyStatus(server: RunningServer): Promise<number> {
	return (await fetch(`${server.url}/health/ready`)).status;
}

/** Load on both workers until both have rows. */
async function warmUp(world: World, requests = 200): Promise<readonly string[]> {
	const { answered, failed } = await runLoad({
		url: world.server.url,
		token,
		requests,
		concurrency: 16,
	});
	expect(failed).toBe(0);
	await expect
		.poll(async () => (await ledgerIds(world)).length, { timeout: 30_000 })
		.toBe(answered.length);
	return answered;
}

describe("two gateway processes behind one port", () => {
	test("share the load, and ledger and metrics count it once", async () => {
		const world = await startTwo();
		expect(await readyStatus(world.server)).toBe(200);
		const answered = await warmUp(world, 1000);
		expect(new Set(await ledgerIds(world))).toEqual(new Set(answered));
		expect(await world.pids()).toHaveLength(2);
		for (let scrape = 0; scrape < 4; scrape += 1) {
			expect(await metric(world.server, `llmproxy_requests_total{${chat}`)).toBe(1000);
		}
		expect(await metric(world.server, `llmproxy_request_duration_seconds_count{${chat}`)).toBe(
			1000,
		);
		expect(await metric(world.server, "llmproxy_workers ")).toBe(2);
	}, 180_000);

	test("let exactly as many requests through as a limit allows", async () => {
		const world = await startTwo(
			{},
			`INSERT INTO quotas (id, title, unit, scope, subject, "window", time_zone, hard_limit,
				soft_action, downgrade_to, updated_at)
			VALUES ('${crypto.randomUUID()}', 'Limit', 'requests', 'key', '${keyIdOf(limited)}', 'total',
				'UTC', 25, 'notify', '{}', now())`,
		);
		const all = Array.from({ length: 300 }, () =>
			ask(world.server.url, limited, { model: "simulator/echo" }).then(({ status }) => status),
		);
		const statuses = await Promise.all(all);
		const count = (wanted: number) => statuses.filter((status) => status === wanted).length;
		expect([count(200), count(429)]).toEqual([25, 275]);
		await expect.poll(async () => (await world.pids()).length, { timeout: 20_000 }).toBe(2);
	}, 180_000);

	test("lose no answered request when one is killed under load, and are two again", async () => {
		const world = await startTwo();
		const before = await warmUp(world);
		const [victim = 0, other = 0] = await world.pids();
		const total = `llmproxy_requests_total{${chat}`;
		expect(await metric(world.server, total)).toBe(200);
		const { answered, failed } = await runLoad({
			url: world.server.url,
			token,
			requests: 2000,
			concurrency: 16,
			onAnswer: (count) => {
				if (count === 300) process.kill(victim, "SIGKILL");
			},
		});
		// Only what the dead process was answering is gone.
		expect(failed).toBeLessThanOrEqual(32);
		expect(isAlive(other)).toBe(true);
		await expect
			.poll(
				async () => {
					const known = new Set(await ledgerIds(world));
					return [...before, ...answered].filter((id) => !known.has(id));
				},
				{ timeout: 60_000 },
			)
			.toEqual([]);
		const ids = await ledgerIds(world);
		expect(new Set(ids).size).toBe(ids.length);
		await expect.poll(() => readyStatus(world.server), { timeout: 60_000 }).toBe(200);
		expect(await metric(world.server, total)).toBeGreaterThanOrEqual(200);
		expect(await metric(world.server, "llmproxy_workers_silent ")).toBe(0);
		expect(world.server.output()).toContain("another one takes its place");
		await warmUpAgain(world);
		expect(await world.pids()).toHaveLength(3);
	}, 240_000);

	test("end with the process that started them, and a second start has everything", async () => {
		const world = await startTwo();
		await warmUp(world);
		const pids = await world.pids();
		const answered: string[] = [];
		const loading = runLoad({
			url: world.server.url,
			token,
			requests: 3000,
			concurrency: 16,
			onAnswer: (count) => {
				if (count === 300) process.kill(world.server.pid, "SIGKILL");
			},
		}).then((result) => answered.push(...result.answered));
		await loading;
		await world.server.exited;
		servers.splice(0);
		expect(answered.length).toBeGreaterThanOrEqual(300);
		await expect.poll(() => pids.filter(isAlive), { timeout: 10_000 }).toEqual([]);
		await world.again();
		await expect
			.poll(
				async () => {
					const known = new Set(await ledgerIds(world));
					return answered.filter((id) => !known.has(id));
				},
				{ timeout: 60_000 },
			)
			.toEqual([]);
	}, 240_000);

	test("all end at a Ctrl-C, which a terminal sends to each of them", async () => {
		const world = await startTwo();
		await warmUp(world);
		const pids = await world.pids();
		for (const pid of [...pids, world.server.pid]) process.kill(pid, "SIGINT");
		expect(await world.server.exited).toBe(0);
		servers.splice(0);
		expect(pids.filter(isAlive)).toEqual([]);
		expect(world.server.output()).toMatch(/Stopped\.\n$/);
		expect(world.server.output()).not.toMatch(/"level":"error"|takes its place/);
	}, 120_000);

	test("tell in one sentence that their port is taken", async () => {
		const database = await createTestDatabase();
		databases.push(database);
		const dataDir = newDataDir();
		dirs.push(dataDir);
		const port = await freePort();
		const occupant = createServer().listen(port, "127.0.0.1");
		await once(occupant, "listening");
		const env = { ROLE: "gateway", WORKERS: "2", DATABASE_URL: database.url };
		const failure = await startServer({ port, env, dataDir }).then(
			() => "started",
			(error: unknown) => String(error),
		);
		occupant.close();
		expect(failure).toContain("ended with code 1");
		expect(failure).toContain(`The port ${port} is taken by another program`);
		expect(failure).not.toContain("    at ");
	}, 120_000);
});

/** Load until the newest worker has rows too. */
async function warmUpAgain(world: World): Promise<void> {
	for (let round = 0; round < 20 && (await world.pids()).length < 3; round += 1) {
		const all = Array.from({ length: 20 }, () =>
			fetch(`${world.server.url}/v1/models`, {
				headers: { authorization: `Bearer ${token}`, connection: "close" },
			}).then((answer) => answer.text()),
		);
		await Promise.all(all);
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
}

describe("the console beside two gateway processes", () => {
	test("is reached through them, believes their word on addresses, and sees their traffic", async () => {
		const world = await startTwo({ ROLE: "all", ...adminEnvironment });
		const { url } = world.server;
		const page = await fetch(`${url}/sign-in`);
		expect([page.status, page.headers.get("content-security-policy")]).toEqual([
			200,
			expect.stringContaining("nonce-"),
		]);
		expect((await fetch(`${url}/api/v1/keys`)).status).toBe(401);
		const admin = await signIn(url, environmentAdmin);

		const events = await fetch(`${url}/api/v1/events`, { headers: { cookie: admin.cookie } });
		expect(events.headers.get("content-type")).toContain("text/event-stream");
		const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
		let heard = "";
		const hear = async (wanted: string) => {
			for (let reads = 0; reads < 200 && !heard.includes(wanted); reads += 1) {
				const { done, value } = (await reader?.read()) ?? { done: true };
				if (done) break;
				heard += value ?? "";
			}
			return heard;
		};

		const key = await admin.call<{ token: string }>("POST", "/api/v1/keys", { name: "fresh" });
		const statuses = Array.from({ length: 20 }, () =>
			fetch(`${url}/v1/models`, {
				headers: { authorization: `Bearer ${key.token}`, connection: "close" },
			}).then(({ status }) => status),
		);
		expect(new Set(await Promise.all(statuses))).toEqual(new Set([200]));
		expect(await hear("keys.changed")).toContain("keys.changed");

		await runLoad({ url, token: key.token, requests: 60, concurrency: 8 });
		expect(await hear("requests.settled")).toContain("requests.settled");
		await reader?.cancel();
		const { items } = await admin.call<{
			items: { target: string; series: { requests: number[] } | null }[];
		}>("GET", "/api/v1/endpoints");
		const echo = items.find(({ target }) => target === "simulator/echo");
		expect(echo?.series?.requests.reduce((sum, count) => sum + count, 0)).toBe(60);

		const played = await fetch(`${url}/api/v1/playground/chat`, {
			method: "POST",
			headers: {
				cookie: admin.cookie,
				origin: url,
				"content-type": "application/json",
				"x-llmproxy-client-address": "6.6.6.6",
			},
			body: JSON.stringify({
				model: "simulator/echo",
				messages: [{ role: "user", content: "Who am I?" }],
			}),
		});
		expect(played.status).toBe(200);
		const id = played.headers.get("x-request-id") ?? "";
		await played.text();
		const ip = async () =>
			(
				await world.query<{ ip: string }>(
					`SELECT ip FROM ledger_entries WHERE request_id = '${id}'`,
				)
			)[0]?.ip;
		await expect.poll(ip, { timeout: 20_000 }).toBe("127.0.0.1");
	}, 240_000);
});
