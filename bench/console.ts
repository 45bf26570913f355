import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { startEmbeddedPostgres } from "../lib/server/database/embedded-postgres.ts";
import { migrate } from "../lib/server/database/migrate.ts";
import { startBenchRuntime } from "./console/bench-runtime.ts";
import type { PageCall } from "./console/pages.ts";
import { pageCalls } from "./console/pages.ts";
import { seedLedger, seedPeople } from "./console/seed.ts";
import { seedThreats } from "./console/seed-threats.ts";
import { measureShipping } from "./console/shipping.ts";
import { percentile } from "./statistics.ts";

/**
 * Fills a throw-away PostgreSQL with a million made-up requests and as many threat
 * events, and measures what each page of the
 * console asks of its services, and how many rows a second the ledger takes. `--rows=<count>` seeds
 * another number, `--quick` measures fewer runs, `--only=<text>` only calls with that text in their
 * names, `--check` exits with 1 when a call took more than 100 ms in the median. Results are stored
 * only of whole runs.
 */
const { values: flags } = parseArgs({
	options: {
		rows: { type: "string", default: "1000000" },
		quick: { type: "boolean", default: false },
		check: { type: "boolean", default: false },
		only: { type: "string", default: "" },
	},
});
const root = join(import.meta.dirname, "..");
const rows = Number(flags.rows);
const runs = flags.quick ? 5 : 20;
const limitMs = 100;
const isWhole = flags.only === "" && !flags.quick && rows === 1_000_000;
const loadBefore = loadavg()[0] ?? 0;

interface Measured {
	readonly page: string;
	readonly what: string;
	readonly p50Ms: number;
	readonly p95Ms: number;
}

const dataDir = mkdtempSync(join(tmpdir(), "llmproxy-bench-console-"));
const server = await startEmbeddedPostgres({ dataDir, log: () => undefined });
try {
	await migrate({ url: server.url, migrationsDir: join(root, "prisma/migrations") });
	const shipping = await withPool(measureShipping);
	console.log(`The ledger takes ${shipping.rowsPerSecond.toFixed(0)} rows a second.`);
	console.log(`Filling it with ${rows.toLocaleString("en-US")} rows …`);
	await withPool(async (pool) => {
		const start = performance.now();
		await seedPeople(pool);
		await Promise.all([
			seedLedger(pool, { rows, days: 30 }),
			seedThreats(pool, { rows, days: 30 }),
		]);
		await pool.query("VACUUM (ANALYZE)");
		console.log(`That took ${((performance.now() - start) / 1000).toFixed(0)} s.`);
	});
	const measured = await measureAll();
	report(measured);
	if (isWhole) store({ measured, rowsPerSecond: shipping.rowsPerSecond });
	const slow = measured.filter(({ p50Ms }) => p50Ms > limitMs);
	if (flags.check && slow.length > 0) process.exitCode = 1;
} finally {
	await server.stop();
	for (const folder of new Set([dataDir, server.dataDir])) {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function withPool<Result>(work: (pool: pg.Pool) => Promise<Result>): Promise<Result> {
	const pool = new pg.Pool({ connectionString: server.url, max: 2 });
	// Connections that were ending when the server stopped say so.
	pool.on("error", () => undefined);
	try {
		return await work(pool);
	} finally {
		await pool.end();
	}
}

async function measureAll(): Promise<readonly Measured[]> {
	const runtime = await startBenchRuntime(server.url);
	try {
		const [admin, person] = [await runtime.principalOf("admin"), await runtime.principalOf("user")];
		const calls = (await pageCalls({ admin, person })).filter(({ page, what }) =>
			`${page} ${what}`.includes(flags.only),
		);
		const measured: Measured[] = [];
		for (const call of calls) measured.push(await measureCall(call));
		return measured;
	} finally {
		await runtime.stop();
	}
}

/** The first two runs warm the caches and do not count. */
async function measureCall({ page, what, run }: PageCall): Promise<Measured> {
	const times: number[] = [];
	for (let index = -2; index < runs; index += 1) {
		const start = performance.now();
		await run();
		if (index >= 0) times.push(performance.now() - start);
	}
	return { page, what, p50Ms: percentile(times, 0.5), p95Ms: percentile(times, 0.95) };
}

function report(measured: readonly Measured[]): void {
	console.log(`\n${"".padEnd(48)}${"p50 ms".padStart(10)}${"p95 ms".padStart(10)}`);
	for (const { page, what, p50Ms, p95Ms } of measured) {
		const name = `${page}: ${what}`.padEnd(48);
		const mark = p50Ms > limitMs ? "  SLOW" : "";
		console.log(`${name}${p50Ms.toFixed(1).padStart(10)}${p95Ms.toFixed(1).padStart(10)}${mark}`);
	}
}

function store({
	measured,
	rowsPerSecond,
}: {
	readonly measured: readonly Measured[];
	readonly rowsPerSecond: number;
}): void {
	const results = {
		when: new Date().toISOString(),
		machine: {
			processors: availableParallelism(),
			model: cpus()[0]?.model ?? "unknown",
			node: process.version,
			loadBefore,
		},
		rows,
		limitMs,
		rowsPerSecond: Math.round(rowsPerSecond),
		calls: measured.map((one) => ({
			...one,
			p50Ms: Math.round(one.p50Ms * 10) / 10,
			p95Ms: Math.round(one.p95Ms * 10) / 10,
		})),
	};
	const path = join(root, "bench/results/console.json");
	writeFileSync(path, `${JSON.stringify(results, undefined, "\t")}\n`);
}
