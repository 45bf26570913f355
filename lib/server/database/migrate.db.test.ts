import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { migrate } from "./migrate.ts";
import type { TestDatabase } from "./test-database.ts";
import { createEmptyDatabase } from "./test-database.ts";

interface Fixture {
	readonly database: TestDatabase;
	readonly migrationsDir: string;
}

const fixture: { current?: Fixture } = {};

beforeEach(async () => {
	const migrationsDir = mkdtempSync(join(tmpdir(), "llmproxy-migrations-"));
	fixture.current = { database: await createEmptyDatabase(), migrationsDir };
	write("001_first", "CREATE TABLE first (id int); INSERT INTO first VALUES (1);");
});

afterEach(async () => {
	const { database, migrationsDir } = current();
	await database.drop();
	rmSync(migrationsDir, { recursive: true, force: true });
});

describe("migrate", () => {
	it("applies each migration once, in the order of names", async () => {
		write("002_second", "ALTER TABLE first ADD COLUMN name text;");
		expect(await run()).toEqual(["001_first", "002_second"]);
		expect(await run()).toEqual([]);
		expect(await rows("SELECT id, name FROM first")).toEqual([{ id: 1, name: null }]);
	});

	it("undoes a failing migration whole and keeps those before it", async () => {
		write("002_broken", "CREATE TABLE half (id int); SELECT 1 / 0;");
		await expect(run()).rejects.toThrow(/002_broken failed and was undone: division by zero/);
		expect(await rows("SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);
		write("002_broken", "CREATE TABLE half (id int);");
		expect(await run()).toEqual(["002_broken"]);
	});

	it("refuses a migration that was changed after it was applied", async () => {
		await run();
		write("001_first", "CREATE TABLE first (id bigint);");
		await expect(run()).rejects.toThrow(/001_first was changed after/);
	});

	it("takes other line ends for the same migration", async () => {
		write("002_lines", "SELECT 1;\nSELECT 2;\n");
		await run();
		write("002_lines", "SELECT 1;\r\nSELECT 2;\r\n");
		expect(await run()).toEqual([]);
	});

	it("refuses a database that a newer version migrated", async () => {
		write("002_newer", "SELECT 1;");
		await run();
		rmSync(join(current().migrationsDir, "002_newer"), { recursive: true });
		await expect(run()).rejects.toThrow(/newer version of LLMProxy: it has 002_newer/);
	});

	it("refuses a history in which prisma left an unfinished migration", async () => {
		await run();
		await rows("UPDATE _prisma_migrations SET finished_at = NULL");
		await expect(run()).rejects.toThrow(/001_first broke off/);
	});

	it("lets two starts at once apply everything exactly once", async () => {
		const applied = await Promise.all([run(), run(), run()]);
		expect(applied.flat()).toEqual(["001_first"]);
		expect(await rows("SELECT count(*)::int AS count FROM first")).toEqual([{ count: 1 }]);
	});
});

function current(): Fixture {
	if (fixture.current === undefined) throw new Error("beforeEach has not run");
	return fixture.current;
}

function write(name: string, sql: string): void {
	const folder = join(current().migrationsDir, name);
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, "migration.sql"), sql);
}

function run(): Promise<readonly string[]> {
	const { database, migrationsDir } = current();
	return migrate({ url: database.url, migrationsDir });
}

async function rows(sql: string): Promise<unknown[]> {
	const client = new pg.Client({ connectionString: current().database.url });
	await client.connect();
	try {
		return (await client.query(sql)).rows;
	} finally {
		await client.end();
	}
}
