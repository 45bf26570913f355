import { join } from "node:path";
import type { Log } from "../../../proxy-core/ports.ts";
import type { Environment } from "../env.ts";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";

/** A PostgreSQL server to work with. */
export interface Database {
	/** With credentials; keep it out of logs. */
	readonly url: string;
	/** For people; without credentials. */
	readonly description: string;
	readonly stop: () => Promise<void>;
}

/** The server that the environment names, or an own one in the data folder. */
export async function openDatabase(environment: Environment, log: Log): Promise<Database> {
	if (environment.databaseUrl !== undefined) {
		const { host, pathname } = new URL(environment.databaseUrl);
		return {
			url: environment.databaseUrl,
			description: `PostgreSQL at ${host}${pathname}`,
			stop: async () => {},
		};
	}
	const postgres = await startEmbeddedPostgres({
		dataDir: join(environment.dataDir, "postgres"),
		log: (message) => log.info(message),
	});
	return {
		url: postgres.url,
		description: `embedded PostgreSQL in ${postgres.dataDir}`,
		stop: postgres.stop,
	};
}
