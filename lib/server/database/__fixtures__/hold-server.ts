import { startEmbeddedPostgres } from "../embedded-postgres.ts";

/** Holds an embedded server until this process is killed; for tests of what a killed one leaves. */
const [dataDir = ""] = process.argv.slice(2);
const server = await startEmbeddedPostgres({ dataDir, log: () => undefined });
process.stdout.write(`${server.url}\n`);
setInterval(() => undefined, 60_000);
