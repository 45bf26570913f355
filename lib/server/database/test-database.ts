import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

declare module "vitest" {
	interface ProvidedContext {
		/** Of the migrated template in the server that the test run started. */
		testDatabaseUrl: string;
	}
}

export interface TestDatabase {
	readonly url: string;
	/** Removes the database, ending connections that are still open. */
	readonly drop: () => Promise<void>;
}

/** A database of one's own with every migration applied; takes some 50 ms. Only inside tests. */
export async function createTestDatabase(): Promise<TestDatabase> {
	return create((client, templateName) => `TEMPLATE ${client.escapeIdentifier(templateName)}`);
}

/** A database of one's own without any table. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
	return create(() => "TEMPLATE template1");
}

async function create(
	origin: (client: pg.Client, templateName: string) => string,
): Promise<TestDatabase> {
	const template = new URL(inject("testDatabaseUrl"));
	const name = `test_${randomBytes(6).toString("hex")}`;
	const templateName = template.pathname.slice(1);
	await administer(template, (client) =>
		client.query(
			`CREATE DATABASE ${client.escapeIdentifier(name)} ${origin(client, templateName)}`,
		),
	);
	return {
		url: withDatabase(template, name),
		drop: () =>
			administer(template, (client) =>
				client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`),
			),
	};
}

/** The template must have no connection while it is cloned, so this goes through another database. */
async function administer(
	template: URL,
	work: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
	const client = new pg.Client({ connectionString: withDatabase(template, "postgres") });
	await client.connect();
	try {
		await work(client);
	} finally {
		await client.end();
	}
}

function withDatabase(url: URL, name: string): string {
	return new URL(`/${name}`, url).href;
}
