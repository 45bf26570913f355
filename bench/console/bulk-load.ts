import type { Pool, PoolClient } from "pg";

interface BulkLoad {
	/** They must be empty. */
	readonly tables: readonly string[];
	/** Whether the primary keys must find conflicts while rows arrive. */
	readonly areUpserted?: boolean;
	readonly load: (client: PoolClient) => Promise<void>;
}

interface Droppable {
	readonly drop: string;
	readonly create: string;
}

/**
 * Fills tables in one transaction and without their indexes, which are built at the end. The tables are
 * emptied in the same transaction, so a server that keeps nothing for replicas writes no log for them.
 */
export async function bulkLoad(
	pool: Pool,
	{ tables, areUpserted = false, load }: BulkLoad,
): Promise<void> {
	const client = await pool.connect();
	try {
		await client.query(
			`BEGIN; SET LOCAL work_mem = '128MB'; SET LOCAL maintenance_work_mem = '256MB'`,
		);
		await client.query(`TRUNCATE ${tables.join(", ")}`);
		const { rows: indexes } = await client.query<Droppable>(secondaryIndexes, [tables]);
		const { rows: keys } = areUpserted
			? { rows: [] }
			: await client.query<Droppable>(primaryKeys, [tables]);
		const droppable = [...keys, ...indexes];
		for (const { drop } of droppable) await client.query(drop);
		await load(client);
		for (const { create } of droppable) await client.query(create);
		await client.query("COMMIT");
	} finally {
		client.release();
	}
}

const secondaryIndexes = `
SELECT 'DROP INDEX ' || indexrelid::regclass AS drop, pg_get_indexdef(indexrelid) AS create
FROM pg_index WHERE indrelid = ANY ($1::regclass[]) AND NOT indisprimary`;

const primaryKeys = `
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop,
	format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS create
FROM pg_constraint WHERE conrelid = ANY ($1::regclass[]) AND contype = 'p'`;
