import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import type { Sink } from "./canary.ts";

/** Every row of every table as text, binary columns in hexadecimal. */
export async function dumpDatabase(url: string): Promise<readonly Sink[]> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		const tables = await client.query<{ name: string }>(
			"SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'",
		);
		const sinks: Sink[] = [];
		for (const { name } of tables.rows) {
			const { rows } = await client.query<{ row: string }>(
				`SELECT t::text AS row FROM ${name} AS t`,
			);
			sinks.push({ where: `table ${name}`, text: rows.map(({ row }) => row).join("\n") });
		}
		return sinks;
	} finally {
		await client.end();
	}
}

/** Every file below a folder. */
export function readFolder(dir: string): readonly Sink[] {
	return readdirSync(dir, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => {
			const path = join(entry.parentPath, entry.name);
			return { where: `file ${path.slice(dir.length + 1)}`, text: readFileSync(path, "latin1") };
		});
}
