import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestDatabase } from "../database/test-database.ts";
import { createTestDatabase } from "../database/test-database.ts";
import type { Summary } from "../usage/usage-sums.ts";
import { summaries, summarySteps, usageSums } from "../usage/usage-sums.ts";
import { settledRecord } from "./__fixtures__/settled-record.ts";
import { insertLines } from "./insert-lines.ts";

const migration = join(
	import.meta.dirname,
	"../../../prisma/migrations/20261122070000_usage_summaries/migration.sql",
);
const hourMs = 3_600_000;

describe("rollUp", () => {
	let database: TestDatabase;
	let pool: pg.Pool;

	beforeAll(async () => {
		database = await createTestDatabase();
		pool = new pg.Pool({ connectionString: database.url, max: 4 });
		pool.on("error", () => undefined);
		const batch = (shipper: number) =>
			Array.from({ length: 200 }, (_, index) => JSON.stringify(made(shipper, index)));
		await Promise.all([0, 1, 0, 1].map((shipper) => insertLines(pool, batch(shipper))));
	});
	afterAll(async () => {
		await pool.end();
		await database.drop();
	});

	const told = [...summaries.what, ...summaries.who].join(", ");
	const sums = usageSums.map((sum) => `sum(${sum})::text AS ${sum}`).join(", ");
	const summed = async (about: Summary) =>
		(
			await pool.query(
				`SELECT step_seconds, at, ${told}, ${sums} FROM usage_summaries
				JOIN usage_dimensions ON id = dimension_id WHERE about = $1
				GROUP BY step_seconds, at, ${told} ORDER BY step_seconds, at, ${told}`,
				[about],
			)
		).rows;

	it.each(["what", "who"] as const)(
		"sums the cells up by %s, whichever shipper came first",
		async (about) => {
			const columns: readonly string[] = summaries[about];
			const half = [...summaries.what, ...summaries.who].map((column) => {
				if (columns.includes(column)) return column;
				return `${column === "endpoint" ? "''" : "NULL::text"} AS ${column}`;
			});
			const { rows } = await pool.query(
				`SELECT step_seconds, at, ${told}, ${sums} FROM (
					SELECT step_seconds, at, ${half.join(", ")}, ${usageSums.join(", ")} FROM usage_rollups
					JOIN usage_dimensions ON id = dimension_id WHERE tag = '' AND step_seconds = ANY($1)) AS cells
				GROUP BY step_seconds, at, ${told} ORDER BY step_seconds, at, ${told}`,
				[summarySteps[about]],
			);
			expect(rows.length).toBeGreaterThan(10);
			expect(await summed(about)).toEqual(rows);
		},
	);

	it("agrees with what the migration makes of the cells that are there", async () => {
		const shipped = { what: await summed("what"), who: await summed("who") };
		const sql = readFileSync(migration, "utf8");
		await pool.query("TRUNCATE usage_summaries");
		await pool.query(sql.slice(sql.indexOf("WITH halves"), sql.indexOf("-- The same function")));
		expect({ what: await summed("what"), who: await summed("who") }).toEqual(shipped);
	});
});

/** Each shipper meets keys and models in another order. */
function made(shipper: number, index: number) {
	const place = shipper === 0 ? index : 199 - index;
	const isRefused = place % 9 === 0;
	return settledRecord({
		requestId: `s${shipper}-${index}`,
		receivedAt: Date.UTC(2026, 2, 1) + (place % 40) * hourMs,
		keyId: place % 7 === 0 ? null : `k${place % 20}`,
		userId: place % 7 === 0 ? "u1" : null,
		provider: isRefused ? null : `p${place % 3}`,
		model: isRefused ? null : `m${place % 5}`,
		outcome: isRefused ? "refused" : "answered",
		errorCode: isRefused ? "rate_limit_exceeded" : null,
		durationMs: 1 + place * 37,
		tags: place % 2 === 0 ? [] : ["a", `t${place % 4}`],
	});
}
