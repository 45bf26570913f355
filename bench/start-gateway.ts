import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "../lib/server/database/embedded-postgres.ts";
import { migrate } from "../lib/server/database/migrate.ts";
import { settingsSchema } from "../proxy-core/contract/settings.ts";
import { answers, freePort, startProcess, untilReady } from "./child-process.ts";

const projectDir = join(import.meta.dirname, "..");
const startTimeoutMs = 60_000;
/** The token of the one key that there is. */
export const benchKey = `bench-${"k".repeat(12)}-0123456789abcdef`;

export interface GatewayUnderTest {
	/** Without `/v1`. */
	readonly url: string;
	/** Of the process that was started; with several workers they are its children. */
	readonly pid: number;
	/** A key that may use everything. */
	readonly key: string;
	/** Conversations of the ledger that were answered, counted in the database. */
	readonly countAnswered: () => Promise<number>;
	/** Asks the gateway's database. */
	readonly query: <Row extends pg.QueryResultRow>(
		sql: string,
		values?: readonly unknown[],
	) => Promise<readonly Row[]>;
	readonly output: () => string;
	readonly stop: () => Promise<void>;
}

export interface GatewayOptions {
	/** Added to the variables that every run has. */
	readonly env: Readonly<Record<string, string>>;
	/** Gateway processes; 1 unless given. */
	readonly workers?: number;
	/** An empty, migrated database; without it an embedded server is started for the run. */
	readonly databaseUrl?: string;
	/** Stores further configuration before the gateway starts. */
	readonly prepare?: (database: pg.Pool) => Promise<void>;
}

/**
 * Starts `server.ts` as its own process on a free port, with a database and a data folder of its own.
 * Rate limits are lifted where operators lift them: by a version of the settings.
 */
export async function startGateway(options: GatewayOptions): Promise<GatewayUnderTest> {
	const dataDir = mkdtempSync(join(tmpdir(), "llmproxy-bench-"));
	const undo: (() => Promise<void> | void)[] = [
		() => rmSync(dataDir, { recursive: true, force: true }),
	];
	const stop = async (): Promise<void> => {
		for (const step of undo.splice(0).reverse()) await step();
	};
	try {
		const databaseUrl = options.databaseUrl ?? (await startDatabase(dataDir, undo));
		const database = new pg.Pool({ connectionString: databaseUrl, max: 1 });
		// The server may end a connection that is just being closed; unheard, that would end this process.
		database.on("error", () => undefined);
		undo.push(() => database.end());
		await liftLimits(database);
		await options.prepare?.(database);
		const port = await freePort();
		const url = `http://127.0.0.1:${port}`;
		const running = startProcess({
			nodeArgs: startFlags(),
			script: join(projectDir, "server.ts"),
			cwd: projectDir,
			env: {
				NODE_ENV: "production",
				ROLE: "gateway",
				HOST: "127.0.0.1",
				PORT: String(port),
				DATABASE_URL: databaseUrl,
				LLMPROXY_DATA_DIR: join(dataDir, "node"),
				LLMPROXY_API_KEYS: `bench=${benchKey}`,
				LLMPROXY_LOG_LEVEL: "warn",
				OLLAMA_HOST: "off",
				WORKERS: String(options.workers ?? 1),
				...options.env,
			},
		});
		undo.push(() => running.stop());
		await untilReady(running, () => answers(`${url}/health/ready`), startTimeoutMs);
		return {
			url,
			key: benchKey,
			pid: running.pid,
			output: running.output,
			countAnswered: async () => {
				const { rows } = await database.query<{ count: string }>(
					"SELECT count(*) FROM ledger_entries WHERE endpoint IN ('chat.completions', 'responses', 'messages') AND outcome = 'answered'",
				);
				return Number(rows[0]?.count);
			},
			query: async (sql, values = []) => (await database.query(sql, [...values])).rows,
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/** What `npm start` gives to Node, so that the process under test is the one that people run. */
function startFlags(): readonly string[] {
	const { scripts } = JSON.parse(readFileSync(join(projectDir, "package.json"), "utf8"));
	return String(scripts.start).match(/--\S+/g) ?? [];
}

async function startDatabase(
	dataDir: string,
	undo: (() => Promise<void> | void)[],
): Promise<string> {
	const server = await startEmbeddedPostgres({
		dataDir: join(dataDir, "postgres"),
		log: () => undefined,
	});
	undo.push(async () => {
		await server.stop();
		rmSync(server.dataDir, { recursive: true, force: true });
	});
	await migrate({ url: server.url, migrationsDir: join(projectDir, "prisma/migrations") });
	return server.url;
}

async function liftLimits(database: pg.Pool): Promise<void> {
	const settings = settingsSchema.parse({
		limits: { keyRequestsPerMinute: 0, ipRequestsPerMinute: 0 },
	});
	await database.query("INSERT INTO settings_versions (value, changed_by) VALUES ($1, 'bench')", [
		settings,
	]);
}
