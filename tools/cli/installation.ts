import { existsSync } from "node:fs";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { loadCredentials } from "../../lib/server/database/credentials.ts";
import { startEmbeddedPostgres } from "../../lib/server/database/embedded-postgres.ts";
import { migrate } from "../../lib/server/database/migrate.ts";
import { StartError } from "../../lib/server/database/start-error.ts";
import type { Environment } from "../../lib/server/env.ts";
import { loadEnvironment } from "../../lib/server/env.ts";
import { openMasterKey } from "../../lib/server/secrets/master-key.ts";
import type { SecretBox } from "../../lib/server/secrets/secret-box.ts";
import { createSecretBox } from "../../lib/server/secrets/secret-box.ts";
import { PrismaClient } from "../../prisma/generated/client.ts";

/** An installation's configuration, whether its server runs or not. */
export interface Installation {
	readonly environment: Environment;
	readonly prisma: PrismaClient;
	readonly secretBox: SecretBox;
	/** For people; without credentials. */
	readonly description: string;
	readonly close: () => Promise<void>;
}

const connectMs = 3000;
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

interface Database {
	readonly url: string;
	readonly description: string;
	readonly stop: () => Promise<void>;
}

/** What this process's environment and the project's `.env` say. Throws `EnvironmentError`. */
export function readInstallation(projectDir: string): Environment {
	return loadEnvironment(projectDir);
}

/**
 * Opens the database that the server uses: the configured one, the embedded one that a running server
 * holds, or the embedded one started for as long as this takes. Throws `StartError`.
 */
export async function openInstallation(
	projectDir: string,
	environment: Environment,
): Promise<Installation> {
	const database = (await runningDatabase(environment)) ?? (await startDatabase(environment));
	try {
		await migrate({ url: database.url, migrationsDir: join(projectDir, "prisma/migrations") });
		return installationOn(database, environment);
	} catch (error) {
		await database.stop();
		throw error;
	}
}

/** The same without starting or changing anything. Undefined: there is no database to look at now. */
export async function viewInstallation(
	environment: Environment,
): Promise<Installation | undefined> {
	const database = await runningDatabase(environment);
	return database === undefined ? undefined : installationOn(database, environment);
}

function installationOn(database: Database, environment: Environment): Installation {
	const pool = new pg.Pool({ connectionString: database.url, max: 4 });
	pool.on("error", () => {});
	const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
	const { masterKey: configured, dataDir } = environment;
	return {
		environment,
		prisma,
		secretBox: createSecretBox(openMasterKey({ configured, dataDir, log: quiet })),
		description: database.description,
		close: async () => {
			await prisma.$disconnect();
			await pool.end();
			await database.stop();
		},
	};
}

async function runningDatabase({
	databaseUrl,
	dataDir,
}: Environment): Promise<Database | undefined> {
	const stop = async () => {};
	if (databaseUrl !== undefined) {
		const { host, pathname } = new URL(databaseUrl);
		return { url: databaseUrl, description: `PostgreSQL at ${host}${pathname}`, stop };
	}
	const folder = join(dataDir, "postgres");
	if (!existsSync(join(folder, "credentials.json"))) return undefined;
	const { port, password } = await loadCredentials(folder, false);
	const url = `postgresql://llmproxy:${password}@127.0.0.1:${port}/llmproxy`;
	if (!(await answers(url))) return undefined;
	return { url, description: `the running server's PostgreSQL in ${folder}`, stop };
}

/** Only a server that knows the stored password counts: another one may have the port by now. */
async function answers(connectionString: string): Promise<boolean> {
	const client = new pg.Client({ connectionString, connectionTimeoutMillis: connectMs });
	client.on("error", () => {});
	try {
		await client.connect();
		return true;
	} catch {
		return false;
	} finally {
		await client.end().catch(() => {});
	}
}

async function startDatabase({ dataDir }: Environment): Promise<Database> {
	const folder = join(dataDir, "postgres");
	const postgres = await startEmbeddedPostgres({ dataDir: folder, log: () => {} });
	return {
		url: postgres.url,
		description: `embedded PostgreSQL in ${postgres.dataDir}`,
		stop: postgres.stop,
	};
}

/** Whether an error is meant for the person at the terminal, without a stack. */
export function isForPeople(error: unknown): error is Error {
	return StartError.is(error) || (error instanceof Error && error.name === "EnvironmentError");
}
