import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { TestDatabase } from "../lib/server/database/test-database.ts";
import { createTestDatabase } from "../lib/server/database/test-database.ts";
import type { ScriptedUpstream } from "../proxy-core/testing/upstream-script.ts";
import {
	chunk,
	completion,
	sendJson,
	startScriptedUpstream,
} from "../proxy-core/testing/upstream-script.ts";
import { adminEnvironment, ask, environmentAdmin, signIn } from "./support/admin-client.ts";
import type { RunningServer, ServerOptions } from "./support/running-server.ts";
import { newDataDir, removeDataDir, startServer } from "./support/running-server.ts";

const servers: RunningServer[] = [];
const dirs: string[] = [];
const upstreams: ScriptedUpstream[] = [];
const databases: TestDatabase[] = [];

afterEach(async () => {
	// A stop, not a kill: the embedded database has to go too.
	for (const server of servers.splice(0)) await server.stop();
	for (const upstream of upstreams.splice(0)) await upstream.close();
});

afterAll(async () => {
	for (const database of databases) await database.drop();
	for (const dir of dirs) removeDataDir(dir);
});

async function start(options: ServerOptions): Promise<RunningServer> {
	const server = await startServer({ startTimeoutMs: 120_000, ...options });
	servers.push(server);
	return server;
}

function dataDir(): string {
	const dir = newDataDir();
	dirs.push(dir);
	return dir;
}

async function upstreamOn(): Promise<ScriptedUpstream> {
	const upstream = await startScriptedUpstream();
	upstreams.push(upstream);
	return upstream;
}

async function databaseUrl(): Promise<string> {
	const database = await createTestDatabase();
	databases.push(database);
	return database.url;
}

/** The process id in PostgreSQL's lock file; undefined when there is none. */
function postmasterPid(server: RunningServer): number | undefined {
	const home = /embedded PostgreSQL in (.+)/.exec(server.output())?.[1] ?? "";
	const lock = readdirSync(home, { recursive: true, encoding: "utf8" })
		.map((name) => join(home, name))
		.find((path) => path.endsWith("postmaster.pid"));
	if (lock === undefined || !existsSync(lock)) return undefined;
	return Number(readFileSync(lock, "utf8").split("\n", 1)[0]);
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

const testKey = "test-key-of-the-life-cycle-0123456789";

describe("the data folder outlives its process", () => {
	const dir = dataDir();
	const env = { ...adminEnvironment };
	const kept = { token: "", requestId: "" };

	test("a first start makes the database, and a stop ends it", async () => {
		const server = await start({ dataDir: dir, env });
		expect(server.output()).toContain("Creating the database");
		const admin = await signIn(server.url, environmentAdmin);
		const key = await admin.call<{ token: string }>("POST", "/api/v1/keys", { name: "kept" });
		const answer = await ask(server.url, key.token, { model: "simulator/echo" });
		expect(answer.status).toBe(200);
		kept.token = key.token;
		kept.requestId = answer.headers.get("x-request-id") ?? "";
		const pid = postmasterPid(server);
		expect(pid !== undefined && isAlive(pid)).toBe(true);
		expect(await server.stop()).toBe(0);
		expect(server.output()).toMatch(/Stopped\.\n$/);
		expect(postmasterPid(server)).toBeUndefined();
		expect(isAlive(pid ?? 0)).toBe(false);
	}, 180_000);

	test("a second start creates nothing anew and still knows key and request", async () => {
		const server = await start({ dataDir: dir, env });
		expect(server.output()).not.toMatch(/Creating the database|Migrating|Made a master key/);
		expect((await ask(server.url, kept.token, { model: "simulator/echo" })).status).toBe(200);
		const admin = await signIn(server.url, environmentAdmin);
		const request = await admin.call<{ id: string }>("GET", `/api/v1/requests/${kept.requestId}`);
		expect(request.id).toBe(kept.requestId);
	}, 180_000);

	test("after a kill the next start takes the database over and has lost nothing", async () => {
		const first = await start({ dataDir: dir, env });
		const answer = await ask(first.url, kept.token, { model: "simulator/lorem" });
		const requestId = answer.headers.get("x-request-id") ?? "";
		await answer.text();
		const orphan = postmasterPid(first);
		await first.kill();
		servers.splice(0);
		expect(orphan !== undefined && isAlive(orphan)).toBe(true);

		const second = await start({ dataDir: dir, env });
		expect(second.output()).toContain("Stopped the database server that an earlier run had left");
		expect(isAlive(orphan ?? 0)).toBe(false);
		expect(postmasterPid(second)).not.toBe(orphan);
		expect((await ask(second.url, kept.token, { model: "simulator/echo" })).status).toBe(200);
		const admin = await signIn(second.url, environmentAdmin);
		const status = async () => (await admin.send("GET", `/api/v1/requests/${requestId}`)).status;
		await expect.poll(status, { timeout: 30_000 }).toBe(200);
	}, 240_000);
});

describe("a stop", () => {
	test("lets an open stream come to its end", async () => {
		const upstream = await upstreamOn();
		const rest = Promise.withResolvers<void>();
		upstream.answer(async (response) => {
			response.writeHead(200, { "content-type": "text/event-stream" });
			response.write(`data: ${JSON.stringify(chunk({ content: "Begun" }))}\n\n`);
			await rest.promise;
			response.write(`data: ${JSON.stringify(chunk({ content: " and finished." }, "stop"))}\n\n`);
			response.end("data: [DONE]\n\n");
		});
		const server = await startGateway({
			LLMPROXY_ENDPOINT_SLOW_URL: upstream.baseUrl,
			LLMPROXY_ENDPOINT_SLOW_MODELS: "talker",
		});
		const answer = await ask(server.url, testKey, { model: "slow/talker", stream: true });
		const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
		if (reader === undefined) throw new Error("The answer has no body.");
		let text = "";
		const readUntil = async (wanted: string) => {
			for (let reads = 0; reads < 100 && !text.includes(wanted); reads += 1) {
				const { done, value } = await reader.read();
				if (done) return;
				text += value;
			}
		};
		await readUntil("Begun");
		const stopped = server.stop();
		await expect
			.poll(() => server.output(), { timeout: 20_000 })
			.toContain("running requests finish");
		await expect(ask(server.url, testKey, { model: "slow/talker" })).rejects.toThrow();
		rest.resolve();
		await readUntil("[DONE]");
		expect(text).toContain(" and finished.");
		expect(text.trimEnd()).toMatch(/data: \[DONE\]$/);
		expect(await stopped).toBe(0);
	}, 120_000);

	test("takes a second Ctrl-C calmly", async () => {
		const server = await startGateway({});
		expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
		process.kill(server.pid, "SIGINT");
		await expect.poll(() => server.output(), { timeout: 20_000 }).toContain("SIGINT: letting");
		if (isAlive(server.pid)) process.kill(server.pid, "SIGINT");
		expect(await server.exited).toBe(0);
		expect(server.output().match(/Stopped\./g)).toHaveLength(1);
		expect(server.output()).not.toMatch(/"level":"error"|Error:/);
	}, 120_000);
});

async function startGateway(env: Readonly<Record<string, string>>): Promise<RunningServer> {
	return start({
		dataDir: dataDir(),
		env: {
			ROLE: "gateway",
			DATABASE_URL: await databaseUrl(),
			LLMPROXY_API_KEYS: `life-cycle=${testKey}`,
			...env,
		},
	});
}

describe("the environment", () => {
	test("has all its problems told at once, without its secrets", async () => {
		const env = {
			PORT: "eighty",
			ROLE: "everything",
			DATABASE_URL: "mysql://root:a-database-password@localhost/x",
			LLMPROXY_MASTER_KEY: "too-short-a-secret",
			LLMPROXY_ADMIN_EMAIL: "admin@example.test",
			LLMPROXY_API_KEYS: "short",
			LLMPROXY_EGRES_ALLOW: "10.0.0.0/8",
			LLMPROXY_ENDPOINT_LOCAL_MODELS: "a,b",
		};
		const failure = await startServer({ dataDir: dataDir(), env }).then(
			() => "started",
			(error: unknown) => String(error),
		);
		expect(failure).toContain("ended with code 1");
		for (const name of [
			...["PORT", "ROLE", "DATABASE_URL", "LLMPROXY_MASTER_KEY", "LLMPROXY_ADMIN_PASSWORD"],
			...["LLMPROXY_API_KEYS", "LLMPROXY_EGRES_ALLOW", "LLMPROXY_ENDPOINT_LOCAL_URL"],
		]) {
			expect(failure).toMatch(new RegExp(`^  ${name}: got .+, expected`, "m"));
		}
		expect(failure).toContain("did you mean LLMPROXY_EGRESS_ALLOW?");
		expect(failure).not.toMatch(/a-database-password|too-short-a-secret/);
		expect(failure).not.toContain("    at ");
	}, 120_000);

	test("registers an endpoint of its own, on loopback too", async () => {
		const upstream = await upstreamOn();
		upstream.answer((response, seen) => {
			const list = { object: "list", data: [{ id: "tiny-model", object: "model" }] };
			return sendJson(seen.path.endsWith("/models") ? list : completion)(response, seen);
		});
		const server = await startGateway({
			LLMPROXY_ENDPOINT_MY_BOX_URL: upstream.baseUrl,
			LLMPROXY_ENDPOINT_MY_BOX_KEY: "key-of-the-box",
		});
		const models = await fetch(`${server.url}/v1/models`, {
			headers: { authorization: `Bearer ${testKey}` },
		});
		const { data } = (await models.json()) as { data: { id: string }[] };
		expect(data.map(({ id }) => id)).toContain("my-box/tiny-model");
		const answer = await ask(server.url, testKey, { model: "my-box/tiny-model" });
		expect(answer.status).toBe(200);
		expect(answer.headers.get("x-llmproxy-provider")).toBe("my-box");
		expect(await answer.json()).toMatchObject({ choices: completion.choices });
		const last = upstream.seen.at(-1);
		expect(last?.headers.authorization).toBe("Bearer key-of-the-box");
		expect(JSON.parse(last?.body ?? "")).toMatchObject({ model: "tiny-model" });
	}, 120_000);
});
