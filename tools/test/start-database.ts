import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../../lib/server/database/embedded-postgres.ts";
import { migrate } from "../../lib/server/database/migrate.ts";
import { isAlive } from "../../lib/server/database/process-identity.ts";
import "../../lib/server/database/test-database.ts";

const prefix = "llmproxy-test-database-";

/** Vitest's global set-up: one PostgreSQL for the whole run, with one migrated template database. */
export default async function startDatabase(project: TestProject): Promise<() => Promise<void>> {
	await removeAbandoned();
	const dataDir = mkdtempSync(join(tmpdir(), prefix));
	const server = await startEmbeddedPostgres({ dataDir, log: () => undefined });
	await migrate({ url: server.url, migrationsDir: resolve("prisma/migrations") });
	project.provide("testDatabaseUrl", server.url);
	return async () => {
		await server.stop();
		removeFolders(dataDir, server.dataDir);
	};
}

/** A test run that was killed could not stop its server; the next run does. */
async function removeAbandoned(): Promise<void> {
	const folders = readdirSync(tmpdir()).filter((name) => name.startsWith(prefix));
	for (const dataDir of folders.map((name) => join(tmpdir(), name))) {
		const lock = join(dataDir, "owner.lock");
		if (!existsSync(lock)) continue;
		const { pid } = JSON.parse(readFileSync(lock, "utf8")) as { pid: number };
		if (isAlive(pid)) continue;
		try {
			const server = await startEmbeddedPostgres({ dataDir, log: () => undefined });
			await server.stop();
			removeFolders(dataDir, server.dataDir);
		} catch {
			// What cannot be started has nothing running; the folder is left for a person to look at.
		}
	}
}

function removeFolders(...folders: readonly string[]): void {
	for (const folder of new Set(folders)) rmSync(folder, { recursive: true, force: true });
}
