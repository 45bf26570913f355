import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { StartError } from "./start-error.ts";

export interface MigrateOptions {
	readonly url: string;
	/** Holds one folder per migration, each with a `migration.sql`, applied in the order of names. */
	readonly migrationsDir: string;
	readonly log?: (message: string) => void;
}

interface Migration {
	readonly name: string;
	readonly sql: string;
	readonly checksum: string;
}

interface AppliedMigration {
	readonly name: string;
	readonly checksum: string;
	readonly isFinished: boolean;
}

/** Prisma's own lock number, so that `prisma migrate deploy` and this never run at once. */
const advisoryLock = 72_707_369;
const lockWaitMs = 300_000;

/**
 * Applies the migrations that the database lacks, each in a transaction of its own, and records them
 * in Prisma's table, so that `prisma migrate deploy` stays usable. Returns the names it applied.
 * Throws {@link StartError} when the database's history does not fit this version's migrations.
 */
export async function migrate(options: MigrateOptions): Promise<readonly string[]> {
	const known = readMigrations(options.migrationsDir);
	const client = new pg.Client({ connectionString: options.url });
	await client.connect();
	try {
		await client.query(`SET lock_timeout = ${lockWaitMs}`);
		await client.query("SELECT pg_advisory_lock($1)", [advisoryLock]);
		await client.query("SET lock_timeout = 0");
		await client.query(historyTable);
		const missing = findMissing(known, await readHistory(client));
		for (const migration of missing) {
			options.log?.(`Migrating the database: ${migration.name}`);
			await apply(client, migration);
		}
		return missing.map((migration) => migration.name);
	} finally {
		// Ending the session frees the lock as well.
		await client.end();
	}
}

export function readMigrations(migrationsDir: string): readonly Migration[] {
	if (!existsSync(migrationsDir)) {
		throw new StartError(`The folder of database migrations is missing: ${migrationsDir}.`);
	}
	return readdirSync(migrationsDir, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map((entry) => entry.name)
		.sort()
		.map((name) => {
			const sql = readFileSync(join(migrationsDir, name, "migration.sql"), "utf8");
			return { name, sql, checksum: checksumOf(sql) };
		});
}

/** Prisma's definition of its table, word for word. */
const historyTable = `
	CREATE TABLE IF NOT EXISTS _prisma_migrations (
		id                  VARCHAR(36) PRIMARY KEY NOT NULL,
		checksum            VARCHAR(64) NOT NULL,
		finished_at         TIMESTAMPTZ,
		migration_name      VARCHAR(255) NOT NULL,
		logs                TEXT,
		rolled_back_at      TIMESTAMPTZ,
		started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
		applied_steps_count INTEGER NOT NULL DEFAULT 0
	)`;

async function readHistory(client: pg.Client): Promise<readonly AppliedMigration[]> {
	const result = await client.query<AppliedMigration>(`
		SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS "isFinished"
		FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`);
	return result.rows;
}

function findMissing(
	known: readonly Migration[],
	history: readonly AppliedMigration[],
): readonly Migration[] {
	const byName = new Map(known.map((migration) => [migration.name, migration]));
	for (const applied of history) {
		const migration = byName.get(applied.name);
		if (!applied.isFinished) {
			throw new StartError(
				`The database migration ${applied.name} broke off earlier, in a run of prisma migrate. ` +
					"Mend it with `prisma migrate resolve`, then start again.",
			);
		}
		if (migration === undefined) {
			throw new StartError(
				`The database was migrated by a newer version of LLMProxy: it has ${applied.name}, ` +
					"which this version does not know. Start the newer version, or restore a backup.",
			);
		}
		if (!isSameText(migration, applied.checksum)) {
			throw new StartError(
				`The migration ${applied.name} was changed after this database had applied it. ` +
					"Restore its migration.sql, and put the change into a new migration.",
			);
		}
	}
	const applied = new Set(history.map((entry) => entry.name));
	return known.filter((migration) => !applied.has(migration.name));
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
	try {
		await client.query("BEGIN");
		await client.query(migration.sql);
		await client.query(
			`INSERT INTO _prisma_migrations
				(id, checksum, migration_name, finished_at, applied_steps_count)
			VALUES ($1, $2, $3, clock_timestamp(), 1)`,
			[randomUUID(), migration.checksum, migration.name],
		);
		await client.query("COMMIT");
	} catch (error) {
		await client.query("ROLLBACK").catch(() => undefined);
		const reason = error instanceof Error ? error.message : String(error);
		throw new StartError(
			`The database migration ${migration.name} failed and was undone: ${reason}`,
			{ cause: error },
		);
	}
}

/** Git may have written the file with the line ends of another system. */
function isSameText(migration: Migration, checksum: string): boolean {
	const unix = migration.sql.replaceAll("\r\n", "\n");
	return [migration.sql, unix, unix.replaceAll("\n", "\r\n")].map(checksumOf).includes(checksum);
}

function checksumOf(text: string): string {
	return createHash("sha256").update(text).digest("hex");
}
