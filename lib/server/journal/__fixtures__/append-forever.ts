/** Appends until it is killed, and names each request on its standard output once it is in the journal. */
import { once } from "node:events";
import process from "node:process";
import { openJournal } from "../journal.ts";
import { settledRecord } from "./settled-record.ts";

const [dir = "", prefix = ""] = process.argv.slice(2);
const quiet = () => {};
const journal = openJournal({ dir, node: prefix, log: { info: quiet, warn: quiet, error: quiet } });
for (let index = 0; index < 1_000_000; index += 1) {
	const requestId = `${prefix}-${index}`;
	await journal.append(settledRecord({ requestId, userAgent: "x".repeat(index % 3000) }));
	if (!process.stdout.write(`${requestId}\n`)) await once(process.stdout, "drain");
}
