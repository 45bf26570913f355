import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { conformanceTable } from "./conformance-page.ts";
import { table } from "./markdown.ts";
import { grouped } from "./schema-fields.ts";

/** What `npm run bench` leaves in `bench/results/latest.json`, as far as the README shows it. */
const benchSchema = z.object({
	when: z.iso.datetime(),
	isQuick: z.boolean(),
	machine: z.object({
		processors: z.int(),
		model: z.string(),
		node: z.string(),
		loadBefore: z.number(),
	}),
	cells: z.array(
		z.object({
			scenario: z.string(),
			contestant: z.string(),
			requestsPerSecond: z.number(),
			/** Null: nothing was answered. */
			p50: z.number().nullable(),
			p95: z.number().nullable(),
			p99: z.number().nullable(),
			cpuSecondsPer1000: z.number().nullable(),
			failures: z.record(z.string(), z.int()),
		}),
	),
	peakMb: z.record(z.string(), z.number()),
	goals: z.array(
		z.object({
			name: z.string(),
			wanted: z.string(),
			got: z.string(),
			/** Null: could not be measured. */
			isMet: z.boolean().nullable(),
		}),
	),
});
type Bench = z.infer<typeof benchSchema>;

/** How the contestants are called in the README. */
const contestants: Readonly<Record<string, string>> = {
	direct: "Direct to the mock upstream",
	bare: "Bare pass-through (`node:http` and undici)",
	llmproxy: "**LLMProxy**",
	"llmproxy-workers": "**LLMProxy**, two workers",
	"llmproxy-core": "**LLMProxy**, keys, limits, ledger and one guard",
	"llmproxy-plane": "**LLMProxy**, budgets, routing and cache on, security off",
	"llmproxy-full": "**LLMProxy**, everything on",
	portkey: "`@portkey-ai/gateway`",
};

/** The README with its measured tables as the stored results have them. Throws when a marker is missing. */
export function withMeasurements(readme: string, root: string): string {
	const bench = storedResults(root, "latest.json");
	const conformance = storedResults(root, "conformance.json");
	const filled = fill(readme, "bench", bench === undefined ? missing("bench") : benchTables(bench));
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

function missing(script: string): string {
	return `No results are stored with this version; \`npm run ${script}\` makes them.`;
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

/** One table a scenario, then memory and goals. Throws a ZodError for results of another shape. */
export function benchTables(results: unknown): string {
	const bench = benchSchema.parse(results);
	const { when, isQuick, machine, cells, peakMb, goals } = bench;
	const scenarios = [...new Set(cells.map(({ scenario }) => scenario))];
	const intro = [
		`Measured on ${when.slice(0, 10)}${isQuick ? " in a quick run" : ""}:`,
		`${machine.processors} × ${machine.model}, Node ${machine.node}, upstream and load generator on the same machine,`,
		`load average before the start ${twoDigits(machine.loadBefore)}.`,
	].join(" ");
	const memory = table(
		["", "Peak memory, MB"],
		Object.entries(peakMb).map(([name, mb]) => [
			contestants[name] ?? name,
			grouped(Math.round(mb)),
		]),
	);
	const judged = table(
		["Goal", "Wanted", "Measured", ""],
		goals.map(({ name, wanted, got, isMet }) => [name, wanted, got, goalWord(isMet)]),
	);
	const speed = scenarios.flatMap((scenario) => [
		`**${scenario}**`,
		scenarioTable(bench, scenario),
	]);
	return [intro, ...speed, memory, judged].join("\n\n");
}

function scenarioTable({ cells }: Bench, scenario: string): string {
	const own = cells.filter((cell) => cell.scenario === scenario);
	const direct = own.find(({ contestant }) => contestant === "direct");
	return table(
		["", "Requests/s", "p50 ms", "p95 ms", "p99 ms", "Added p50 ms", "CPU s per 1,000", "Failed"],
		own.map((cell) => [
			contestants[cell.contestant] ?? cell.contestant,
			grouped(Math.round(cell.requestsPerSecond)),
			...[cell.p50, cell.p95, cell.p99].map(twoDigits),
			cell === direct ? "–" : twoDigits(difference(cell.p50, direct?.p50)),
			twoDigits(cell.cpuSecondsPer1000),
			grouped(Object.values(cell.failures).reduce((sum, count) => sum + count, 0)),
		]),
	);
}

function goalWord(isMet: boolean | null): string {
	if (isMet === null) return "not measured";
	return isMet ? "met" : "**missed**";
}

function difference(value: number | null, base: number | null | undefined): number | null {
	return value === null || base === null || base === undefined ? null : value - base;
}

function twoDigits(value: number | null): string {
	return value === null ? "–" : value.toFixed(2);
}
