import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { EmbeddedPostgres } from "./embedded-postgres.ts";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import { isAlive } from "./process-identity.ts";

const scene: {
	dataDir: string;
	readonly servers: EmbeddedPostgres[];
	readonly children: ChildProcess[];
} = { dataDir: "", servers: [], children: [] };

beforeEach(() => {
	scene.dataDir = mkdtempSync(join(tmpdir(), "llmproxy-embedded-"));
});

afterEach(async () => {
	for (const child of scene.children.splice(0)) {
		if (child.exitCode === null && child.signalCode === null) await kill(child);
		// The server it left behind is stopped like any other start would.
		if (scene.servers.length === 0) await start();
	}
	const folders = [scene.dataDir];
	for (const server of scene.servers.splice(0)) {
		await server.stop();
		folders.push(server.dataDir);
	}
	for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe("startEmbeddedPostgres", () => {
	it("keeps data, address and password over a restart", async () => {
		const first = await start();
		await query(first.url, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)");
		await first.stop();
		const second = await start();
		expect(second.url).toBe(first.url);
		expect(await query(second.url, "SELECT id FROM kept")).toEqual([{ id: 7 }]);
	});

	it("connects as a user who is no superuser and needs the password", async () => {
		const { url } = await start();
		const role = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user";
		expect(await query(url, role)).toEqual([{ rolsuper: false }]);
		const wrong = new URL(url);
		wrong.password = "wrong";
		await expect(query(wrong.href, "SELECT 1")).rejects.toThrow(/password authentication failed/);
	});

	it("keeps the passwords in a file that nobody else can read", async () => {
		await start();
		const { mode } = statSync(join(scene.dataDir, "credentials.json"));
		expect(mode & 0o777).toBe(0o600);
	});

	it("refuses a folder that another live LLMProxy uses, and names its process", async () => {
		const { child, url } = await hold();
		await expect(start()).rejects.toThrow(`in use by another LLMProxy (process ${child.pid})`);
		expect(await query(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
	});

	it("recovers by itself after kill -9, without losing a committed row", async () => {
		const { child, url } = await hold();
		await query(url, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)");
		const orphan = postmasterPid();
		await kill(child);
		expect(isAlive(orphan)).toBe(true);
		const server = await start();
		expect(isAlive(orphan)).toBe(false);
		expect(await query(server.url, "SELECT id FROM kept")).toEqual([{ id: 7 }]);
	});

	it("starts when postmaster.pid names a process that is something else by now", async () => {
		const first = await start();
		await first.stop();
		const lines = [String(process.pid), join(first.dataDir, "cluster"), "0", "1", "", "", "", ""];
		writeFileSync(join(first.dataDir, "cluster/postmaster.pid"), lines.join("\n"));
		const second = await start();
		expect(await query(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
	});

	it("starts the server again under the same address when it is killed", async () => {
		const server = await start();
		const killed = postmasterPid();
		process.kill(killed, "SIGKILL");
		expect(await eventually(() => query(server.url, "SELECT 1 AS one"))).toEqual([{ one: 1 }]);
		expect(postmasterPid()).not.toBe(killed);
	});

	it("leaves no process and no lock after stop, also when stopped twice", async () => {
		const server = await start();
		const pid = postmasterPid();
		await server.stop();
		await server.stop();
		expect(isAlive(pid)).toBe(false);
		expect(existsSync(join(scene.dataDir, "owner.lock"))).toBe(false);
	});

	it("says what to do when the passwords are lost", async () => {
		const server = await start();
		await server.stop();
		rmSync(join(scene.dataDir, "credentials.json"));
		await expect(start()).rejects.toThrow(/passwords are missing.*Restore it from a backup/);
	});
});

async function start(): Promise<EmbeddedPostgres> {
	const server = await startEmbeddedPostgres({ dataDir: scene.dataDir, log: () => undefined });
	scene.servers.push(server);
	return server;
}

/** Starts the server in a process of its own. */
async function hold(): Promise<{ readonly child: ChildProcess; readonly url: string }> {
	const script = join(import.meta.dirname, "__fixtures__/hold-server.ts");
	const child = spawn(process.execPath, [script, scene.dataDir], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	scene.children.push(child);
	const [line] = (await once(child.stdout, "data")) as [Buffer];
	return { child, url: line.toString().trim() };
}

async function kill(child: ChildProcess): Promise<void> {
	const exited = once(child, "exit");
	child.kill("SIGKILL");
	await exited;
}

/** The cluster lies elsewhere when the temporary folder is closed to PostgreSQL's user. */
function postmasterPid(): number {
	const note = join(scene.dataDir, "location");
	const home = existsSync(note) ? readFileSync(note, "utf8").trim() : scene.dataDir;
	return Number(readFileSync(join(home, "cluster/postmaster.pid"), "utf8").split("\n")[0]);
}

async function query(connectionString: string, sql: string): Promise<unknown[]> {
	const client = new pg.Client({ connectionString });
	// A server that is killed ends the connection; the query itself reports it.
	client.on("error", () => undefined);
	await client.connect();
	try {
		return (await client.query(sql)).rows;
	} finally {
		await client.end();
	}
}

async function eventually<Result>(attempt: () => Promise<Result>): Promise<Result> {
	for (let tries = 1; ; tries += 1) {
		try {
			return await attempt();
		} catch (error) {
			if (tries === 100) throw error;
			await sleep(100);
		}
	}
}
