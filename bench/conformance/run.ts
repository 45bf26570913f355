import type { Suite } from "./define-check.ts";
import type { Result, Row } from "./report.ts";
import { missesOf, printSummary, storeResults } from "./report.ts";
import type { Outcome } from "./run-check.ts";
import { attempt } from "./run-check.ts";
import { agentSuite, suites } from "./suites.ts";
import { forEveryWire } from "./wires.ts";
import type { Worlds } from "./world.ts";
import { openWorlds } from "./world.ts";

/** A part of a client's name runs that client alone, and stores nothing. */
const [only] = process.argv.slice(2);
const worlds = await openWorlds();
try {
	const results: Result[] = [];
	for (const suite of [...suites, agentSuite]) {
		if (only === undefined || suite.client.includes(only)) {
			results.push(await runSuite(suite, worlds));
		}
	}
	printSummary(results);
	const misses = results.flatMap(missesOf);
	const passed = countOf(results, "pass");
	if (misses.length > 0) console.log(`\n${misses.join("\n")}`);
	console.log(
		`\n${passed} passed, ${countOf(results, "refused")} refused as they must be, ${misses.length} failed`,
	);
	process.exitCode = misses.length === 0 && passed > 0 ? 0 : 1;
	if (only === undefined) storeResults(results);
} finally {
	await worlds.close();
}

async function runSuite(suite: Suite, { of }: Worlds): Promise<Result> {
	const skipped = await suite.install?.();
	if (skipped !== undefined) return { suite, skipped, rows: [] };
	const rows: Row[] = [];
	for (const check of suite.checks) {
		const outcomes = await forEveryWire((wire) => attempt(check, of(wire)));
		rows.push({ name: check.name, outcomes });
	}
	return { suite, skipped: null, rows };
}

function countOf(results: readonly Result[], kind: Outcome): number {
	return results
		.flatMap(({ rows }) => rows.flatMap(({ outcomes }) => Object.values(outcomes)))
		.filter((outcome) => outcome === kind).length;
}
