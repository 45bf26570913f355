import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { expect, it } from "vitest";
import { startEmbeddedPostgres } from "../database/embedded-postgres.ts";
import { migrate } from "../database/migrate.ts";
import { settledRecord } from "./__fixtures__/settled-record.ts";
import { openJournal } from "./journal.ts";
import { startShipper } from "./shipper.ts";

const quiet = () => {};
const log = { info: quiet, warn: quiet, error: quiet };

it("loses nothing while the database server is stopped and started again", async () => {
	const home = mkdtempSync(join(tmpdir(), "outage-"));
	const dataDir = join(home, "postgres");
	let server = await startEmbeddedPostgres({ dataDir, log: quiet });
	try {
		await migrate({ url: server.url, migrationsDir: resolve("prisma/migrations") });
		const pool = new pg.Pool({ connectionString: server.url, max: 2 });
		pool.on("error", quiet);
		const journal = openJournal({ dir: join(home, "journal"), node: "n", log });
		const shipper = startShipper({ journal, pool, log, intervalMs: 20 });
		let appended = 0;
		const append = async (rounds: number) => {
			for (let round = 0; round < rounds; round += 1) {
				for (let index = 0; index < 10; index += 1) {
					await journal.append(settledRecord({ requestId: `o${appended}` }));
					appended += 1;
				}
				await sleep(5);
			}
		};
		await append(40);
		const stopping = server.stop();
		await append(100);
		await stopping;
		await append(40);
		expect(journal.backlog()).toBeGreaterThan(0);
		expect(shipper.isHealthy()).toBe(false);
		server = await startEmbeddedPostgres({ dataDir, log: quiet });
		await append(40);
		expect(await shipper.drain(30_000)).toBe(0);
		const { rows } = await pool.query("SELECT count(*)::int AS count FROM ledger_entries");
		expect(rows).toEqual([{ count: appended }]);
		await pool.end();
		journal.close();
	} finally {
		await server.stop();
		rmSync(home, { recursive: true, force: true });
	}
}, 120_000);
