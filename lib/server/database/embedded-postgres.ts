import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Credentials } from "./credentials.ts";
import { freePort, loadCredentials, saveCredentials } from "./credentials.ts";
import { acquireOwnerLock } from "./owner-lock.ts";
import type { PostgresHome } from "./postgres-account.ts";
import { settlePostgresHome } from "./postgres-account.ts";
import { locatePostgres } from "./postgres-binaries.ts";
import type { Postmaster } from "./postmaster.ts";
import {
	clusterDirOf,
	endLeftover,
	initialiseCluster,
	launchPostmaster,
	stopPostmaster,
} from "./postmaster.ts";

export interface EmbeddedPostgresOptions {
	/** Belongs to PostgreSQL alone, for example `data/postgres`; created when missing. */
	readonly dataDir: string;
	readonly log: (message: string) => void;
}

export interface EmbeddedPostgres {
	/** Of the database `llmproxy`, with user and password. Keep it out of logs. */
	readonly url: string;
	/** Where the data really lies: another folder when the asked one is closed to PostgreSQL's user. */
	readonly dataDir: string;
	/** Fast shutdown; resolves when the server is gone. May be called twice. */
	readonly stop: () => Promise<void>;
}

const databaseName = "llmproxy";
const launchesMax = 4;
const restartDelayMs = 500;

/**
 * Starts the PostgreSQL server that npm installed and makes sure that the database is there.
 * A server that outlived a killed LLMProxy is stopped first; one that dies is started again.
 * Throws `StartError`, with a message for the operator, when that cannot be done.
 */
export async function startEmbeddedPostgres(
	options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
	const dataDir = resolve(options.dataDir);
	mkdirSync(dataDir, { recursive: true });
	// PostgreSQL's user must get through to its cluster; the files beside it have strict modes of their own.
	if (process.getuid?.() === 0) chmodSync(dataDir, 0o711);
	const lock = await acquireOwnerLock(dataDir);
	try {
		const home = settlePostgresHome(locatePostgres(), dataDir);
		const { credentials, postmaster } = await openCluster(home, dataDir, options.log);
		const supervisor = supervise(home, { postmaster, port: credentials.port, log: options.log });
		return {
			url: urlOf("llmproxy", credentials, databaseName),
			dataDir: home.homeDir,
			stop: async () => {
				await supervisor.stop();
				lock.release();
			},
		};
	} catch (error) {
		lock.release();
		throw error;
	}
}

async function openCluster(home: PostgresHome, dataDir: string, log: (message: string) => void) {
	const isNew = !existsSync(clusterDirOf(home));
	const known = await loadCredentials(dataDir, isNew);
	if (isNew) {
		log("Creating the database");
		await initialiseCluster(home, known.superuserPassword);
	} else if ((await endLeftover(home)) === "stopped") {
		log("Stopped the database server that an earlier run had left behind");
	}
	const { port, postmaster } = await launch(home, known.port);
	const credentials = { ...known, port };
	try {
		if (port !== known.port) saveCredentials(dataDir, credentials);
		await createOwnDatabase(credentials);
	} catch (error) {
		await stopPostmaster(home, postmaster.pid);
		throw error;
	}
	return { credentials, postmaster };
}

/** Tries again when another process took the port, or a dead server's helpers still hold memory. */
async function launch(home: PostgresHome, wishedPort: number) {
	for (let attempt = 1; ; attempt += 1) {
		const port = await freePort(wishedPort);
		try {
			return { port, postmaster: await launchPostmaster(home, port) };
		} catch (error) {
			if (attempt === launchesMax) throw error;
			await sleep(restartDelayMs);
		}
	}
}

interface Supervised {
	readonly postmaster: Postmaster;
	readonly port: number;
	readonly log: (message: string) => void;
}

/** Starts the server again when it ends unasked: out of memory, or killed by hand. */
function supervise(home: PostgresHome, { postmaster, port, log }: Supervised) {
	const state = { pid: postmaster.pid, isStopping: false, restart: Promise.resolve() };
	const watch = (watched: Postmaster) => {
		void watched.exited.then(() => {
			if (state.isStopping) return;
			log("The database server ended by itself; starting it again");
			state.restart = restart().catch((error: unknown) => {
				log(`The database server could not be started again: ${String(error)}`);
			});
		});
	};
	// Clients hold the address, so the port must stay the same.
	const restart = async () => {
		for (let attempt = 1; !state.isStopping; attempt += 1) {
			await sleep(restartDelayMs);
			try {
				await endLeftover(home);
				const next = await launchPostmaster(home, port);
				state.pid = next.pid;
				watch(next);
				log("The database server is back");
				return;
			} catch (error) {
				if (attempt === launchesMax) throw error;
			}
		}
	};
	watch(postmaster);
	return {
		stop: async () => {
			state.isStopping = true;
			await state.restart;
			await stopPostmaster(home, state.pid);
		},
	};
}

/** Our own user owns one database and may create more (tests clone theirs); it is no superuser. */
async function createOwnDatabase(credentials: Credentials): Promise<void> {
	const client = new pg.Client({ connectionString: urlOf("postgres", credentials, "postgres") });
	await client.connect();
	try {
		const found = await client.query<{ role: boolean; database: boolean }>(
			`SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'llmproxy') AS role,
			        EXISTS (SELECT FROM pg_database WHERE datname = $1) AS database`,
			[databaseName],
		);
		if (found.rows[0]?.role !== true) {
			const password = client.escapeLiteral(credentials.password);
			await client.query(`CREATE ROLE llmproxy LOGIN CREATEDB PASSWORD ${password}`);
		}
		if (found.rows[0]?.database !== true) {
			await client.query(`CREATE DATABASE ${client.escapeIdentifier(databaseName)} OWNER llmproxy`);
		}
	} finally {
		await client.end();
	}
}

function urlOf(user: "llmproxy" | "postgres", credentials: Credentials, database: string): string {
	const password = user === "postgres" ? credentials.superuserPassword : credentials.password;
	return `postgresql://${user}:${password}@127.0.0.1:${credentials.port}/${database}`;
}
