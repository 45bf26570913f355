/**
 * Development tool: compares the migrations with schema.prisma, without downloading anything.
 * `prisma migrate` needs a native engine from the network; npm ships the same engine as WebAssembly,
 * and a throw-away embedded PostgreSQL stands in for the database.
 *
 *   node prisma/diff.ts               prints the SQL that leads from the migrations to the schema
 *   node prisma/diff.ts --check       exits with 1 when they differ
 *   node prisma/diff.ts --name what   writes that SQL as a new migration
 */
import type { EventEmitter } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { PrismaPg } from "@prisma/adapter-pg";
import type {
	SqlDriverAdapter,
	SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { startEmbeddedPostgres } from "../lib/server/database/embedded-postgres.ts";
import { migrate } from "../lib/server/database/migrate.ts";

/** The part of the engine's bindings that is used here; its own types describe only the other entry. */
interface EngineBindings {
	readonly __wbg_set_wasm: (exports: WebAssembly.Exports) => void;
	readonly SchemaEngine: {
		readonly new: (
			options: { readonly datamodels: readonly [path: string, content: string][] },
			log: () => void,
			adapter: object,
		) => Promise<{
			readonly diff: (params: object) => Promise<{ readonly stdout: string | null }>;
		}>;
	};
}

/** Object ids of PostgreSQL's types. */
const pgType = { char: 18, name: 19, text: 25, nameArray: 1003, textArray: 1009, uuid: 2950 };

const root = join(import.meta.dirname, "..");
const schemaPath = join(import.meta.dirname, "schema.prisma");
const migrationsDir = join(import.meta.dirname, "migrations");

const { values } = parseArgs({
	options: { check: { type: "boolean", default: false }, name: { type: "string" } },
});
const missing = await diffMigrationsToSchema();
if (values.check) report(missing);
else if (values.name !== undefined) write(values.name, missing);
else process.stdout.write(missing === "" ? "-- migrations and schema.prisma agree\n" : missing);

function report(sql: string): void {
	if (sql === "") {
		console.log("The migrations and schema.prisma agree.");
		return;
	}
	console.error(`The migrations do not lead to schema.prisma. Missing:\n\n${sql}`);
	console.error("Run `npm run db:diff -- --name what-changed` to write them as a migration.");
	process.exitCode = 1;
}

function write(name: string, sql: string): void {
	if (sql === "") {
		console.log("Nothing to write: the migrations and schema.prisma agree.");
		return;
	}
	const timestamp = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
	const folder = join(migrationsDir, `${timestamp}_${name.replaceAll(/\W+/g, "_")}`);
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, "migration.sql"), sql);
	// `prisma migrate deploy` wants to know for which database the files were written.
	const lockfile = join(migrationsDir, "migration_lock.toml");
	if (!existsSync(lockfile)) writeFileSync(lockfile, 'provider = "postgresql"\n');
	console.log(`Written: ${join(folder, "migration.sql")}. Read it before you commit it.`);
}

/** SQL text; empty when the migrations lead exactly to the schema. */
async function diffMigrationsToSchema(): Promise<string> {
	const dataDir = mkdtempSync(join(tmpdir(), "llmproxy-diff-"));
	const server = await startEmbeddedPostgres({ dataDir, log: () => undefined });
	try {
		if (existsSync(migrationsDir)) await migrate({ url: server.url, migrationsDir });
		const schema = { path: schemaPath, content: readFileSync(schemaPath, "utf8") };
		const { SchemaEngine } = await loadEngine();
		const pool = new pg.Pool({ connectionString: server.url });
		const adapter = bindMigrationAwareSqlAdapterFactory(catalogueAdapter(pool));
		const datamodels: [string, string][] = [[schema.path, schema.content]];
		const engine = await SchemaEngine.new({ datamodels }, () => undefined, adapter);
		const { stdout } = await engine.diff({
			from: { tag: "schemaDatasource", files: [schema], configDir: root },
			to: { tag: "schemaDatamodel", files: [schema] },
			script: true,
			exitCode: null,
			shadowDatabaseUrl: null,
			filters: { externalTables: [], externalEnums: [] },
		});
		await pool.end();
		const text = stdout ?? "";
		return text.trim() === "" || text.includes("This is an empty migration") ? "" : text;
	} finally {
		await server.stop();
		for (const dir of new Set([dataDir, server.dataDir])) {
			rmSync(dir, { recursive: true, force: true });
		}
	}
}

/**
 * The engine describes a database from PostgreSQL's own catalogue, whose types `"char"` and `name`
 * Prisma's adapter does not know. `name` is read as text. `"char"` is passed off as a UUID, which the
 * catalogue never holds, and then called by its right name.
 */
function catalogueAdapter(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
	const readAs = new Map([
		[pgType.char, pgType.uuid],
		[pgType.name, pgType.text],
		[pgType.nameArray, pgType.textArray],
	]);
	pool.on("connect", (client) => {
		const { connection } = client as unknown as { readonly connection: EventEmitter };
		connection.prependListener("rowDescription", (message: RowDescription) => {
			for (const field of message.fields) {
				field.dataTypeID = readAs.get(field.dataTypeID) ?? field.dataTypeID;
			}
		});
	});
	const factory = new PrismaPg(pool);
	return {
		provider: factory.provider,
		adapterName: factory.adapterName,
		connect: async () => {
			const adapter: SqlDriverAdapter = await factory.connect();
			const queryRaw: SqlDriverAdapter["queryRaw"] = async (query) => {
				const result = await adapter.queryRaw(query);
				const columnTypes = result.columnTypes.map((type) =>
					type === ColumnTypeEnum.Uuid ? ColumnTypeEnum.Character : type,
				);
				return { ...result, columnTypes };
			};
			return Object.assign(Object.create(adapter) as SqlDriverAdapter, { queryRaw });
		},
		connectToShadowDb: () => factory.connectToShadowDb(),
	};
}

interface RowDescription {
	readonly fields: { dataTypeID: number }[];
}

/** The package's entry needs a flag of Node's for WebAssembly imports, so its files are loaded by path. */
async function loadEngine(): Promise<EngineBindings> {
	const folder = join(root, "node_modules/@prisma/schema-engine-wasm");
	const bindings: EngineBindings = await import(join(folder, "schema_engine_bg.js"));
	const module = await WebAssembly.compile(readFileSync(join(folder, "schema_engine_bg.wasm")));
	const instance = await WebAssembly.instantiate(module, {
		"./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports,
	});
	bindings.__wbg_set_wasm(instance.exports);
	const start = instance.exports["__wbindgen_start"];
	if (typeof start === "function") start();
	return bindings;
}
