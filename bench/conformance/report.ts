import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Suite } from "./define-check.ts";
import type { Outcome } from "./run-check.ts";
import type { Wire } from "./wires.ts";
import { wires } from "./wires.ts";

export interface Row {
	readonly name: string;
	readonly outcomes: Readonly<Record<Wire, Outcome>>;
}

export interface Result {
	readonly suite: Suite;
	/** Why nothing was run; null when it was. */
	readonly skipped: string | null;
	readonly rows: readonly Row[];
}

export function missesOf({ suite, rows }: Result): string[] {
	return rows.flatMap(({ name, outcomes }) =>
		wires.flatMap((wire) => {
			const outcome = outcomes[wire];
			return typeof outcome === "string"
				? []
				: [`${suite.client}, ${wire}: ${name}\n    ${outcome.failure}`];
		}),
	);
}

/** One row a client: how many of its checks held on each wire. */
export function printSummary(results: readonly Result[]): void {
	const width = Math.max(...results.map(({ suite }) => suite.client.length)) + 2;
	console.log(`${"".padEnd(width)}${wires.map((wire) => wire.padEnd(12)).join("")}`);
	for (const { suite, skipped, rows } of results) {
		const cells = wires.map((wire) => cellOf(rows.map((row) => row.outcomes[wire])));
		const line = skipped === null ? cells.map((cell) => cell.padEnd(12)).join("") : "skipped";
		console.log(suite.client.padEnd(width) + line + (skipped === null ? "" : `: ${skipped}`));
	}
}

function cellOf(outcomes: readonly Outcome[]): string {
	const asked = outcomes.filter((outcome) => outcome !== "absent");
	const held = asked.filter((outcome) => typeof outcome === "string");
	return asked.length === 0 ? "–" : `${held.length}/${asked.length}`;
}

/** What the tables of the documentation are made from. */
export function storeResults(results: readonly Result[]): void {
	const word = (outcome: Outcome) => (typeof outcome === "string" ? outcome : "fail");
	const record = {
		measuredAt: new Date().toISOString(),
		wires,
		clients: results.map(({ suite: { client, from }, skipped, rows }) => ({
			name: client,
			package: from,
			skipped,
			checks: rows.map(({ name, outcomes }) => ({
				name,
				results: Object.fromEntries(wires.map((wire) => [wire, word(outcomes[wire])])),
			})),
		})),
	};
	const dir = join(import.meta.dirname, "../results");
	mkdirSync(dir, { recursive: true });
	writeFileSync(join(dir, "conformance.json"), `${JSON.stringify(record, null, "\t")}\n`);
}
