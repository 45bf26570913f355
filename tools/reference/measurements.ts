import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { conformanceTable } from "./conformance-page.ts";
import { speedSummary } from "./speed-page.ts";
import { missing } from "./stored-results.ts";

/** The README with its measured tables as the stored results have them. Throws when a marker is missing. */
export function withMeasurements(readme: string, root: string): string {
	const bench = storedResults(root, "latest.json");
	const conformance = storedResults(root, "conformance.json");
	const filled = fill(
		readme,
		"bench",
		bench === undefined ? missing("bench") : speedSummary(bench),
	);
	return fill(
		filled,
		"conformance",
		conformance === undefined ? missing("conformance") : conformanceTable(conformance),
	);
}

/** What a run has left in `bench/results`; undefined when it never ran. */
export function storedResults(root: string, name: string): unknown {
	const path = join(root, "bench/results", name);
	return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}

/** Replaces what stands between `<!-- measured:name -->` and `<!-- /measured:name -->`. */
export function fill(text: string, name: string, content: string): string {
	const start = `<!-- measured:${name} -->`;
	const end = `<!-- /measured:${name} -->`;
	const from = text.indexOf(start);
	const to = text.indexOf(end);
	if (from === -1 || to < from) throw new Error(`There is no place marked ${start} … ${end}.`);
	return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`;
}
