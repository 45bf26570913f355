import { page, table } from "./markdown.ts";
import { grouped } from "./schema-fields.ts";
import type { BenchResults } from "./stored-results.ts";
import { benchSchema, consoleSchema, missing, securitySchema } from "./stored-results.ts";

/** How the contestants are called. */
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

/** The scenarios of the README's table. */
const [json, sse] = ["JSON, 10 at a time", "SSE with 50 chunks, 10 at a time"];

/** Results of the three benches that measure time, where they are stored. */
export interface SpeedResults {
	readonly bench: unknown;
	readonly security: unknown;
	readonly console: unknown;
}

/** One row a contestant, for the README. Throws a ZodError for results of another shape. */
export function speedSummary(results: unknown): string {
	const bench = benchSchema.parse(results);
	const names = [...new Set(bench.cells.map(({ contestant }) => contestant))];
	const cellOf = (scenario: string, contestant: string) =>
		bench.cells.find((cell) => cell.scenario === scenario && cell.contestant === contestant);
	const rate = (scenario: string, contestant: string): string => {
		const cell = cellOf(scenario, contestant);
		return cell === undefined ? "–" : grouped(Math.round(cell.requestsPerSecond));
	};
	const missed = bench.goals.filter(({ isMet }) => isMet === false).length;
	return [
		introOf(bench),
		table(
			["", "JSON, requests/s", "p50 ms", "p99 ms", "CPU ms a request", "SSE, streams/s"],
			names.map((name) => {
				const cell = cellOf(json, name);
				return [
					contestants[name] ?? name,
					rate(json, name),
					twoDigits(cell?.p50),
					twoDigits(cell?.p99),
					twoDigits(cell?.cpuSecondsPer1000),
					rate(sse, name),
				];
			}),
		),
		`Ten at a time. Every scenario, memory and the goals that we set ourselves, ${missed} of ${bench.goals.length} missed: [speed](docs/reference/speed.md).`,
	].join("\n\n");
}

/** Everything measured about time. Throws a ZodError for results of another shape. */
export function speedPage({ bench, security, console }: SpeedResults): string {
	return page(
		"Speed",
		"What the last stored runs measured. The load generator, the upstream and everything that is measured share one machine, so compare ratios, not numbers.",
		"## The gateway",
		"`npm run bench`",
		bench === undefined ? missing("bench") : benchTables(bench),
		"## What security costs",
		"`npm run bench:security`: microseconds of each layer, alone and together, with everything on, for texts that were never seen before. Then the longest time that one body of 512 KB keeps all others waiting.",
		security === undefined ? missing("bench:security") : securityTables(security),
		"## The console",
		"`npm run bench:console`",
		console === undefined ? missing("bench:console") : consoleTable(console),
	);
}

/** One table a scenario, then memory and goals. */
export function benchTables(results: unknown): string {
	const bench = benchSchema.parse(results);
	const scenarios = [...new Set(bench.cells.map(({ scenario }) => scenario))];
	const memory = table(
		["", "Peak memory, MB"],
		Object.entries(bench.peakMb).map(([name, mb]) => [
			contestants[name] ?? name,
			grouped(Math.round(mb)),
		]),
	);
	const judged = table(
		["Goal", "Wanted", "Measured", ""],
		bench.goals.map(({ name, wanted, got, isMet }) => [name, wanted, got, goalWord(isMet)]),
	);
	const speed = scenarios.flatMap((scenario) => [
		`**${scenario}**`,
		scenarioTable(bench, scenario),
	]);
	return [introOf(bench), ...speed, memory, judged].join("\n\n");
}

function introOf({ when, isQuick, machine }: BenchResults): string {
	return [
		`Measured on ${when.slice(0, 10)}${isQuick ? " in a quick run" : ""}:`,
		`${machine.processors} × ${machine.model}, Node ${machine.node}, upstream and load generator on the same machine,`,
		`load average before the start ${twoDigits(machine.loadBefore)}.`,
	].join(" ");
}

function scenarioTable({ cells }: BenchResults, scenario: string): string {
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

function securityTables(results: unknown): string {
	const { when, machine, microseconds, longestHoldMs } = securitySchema.parse(results);
	const layers = [...new Set(Object.values(microseconds).flatMap((cost) => Object.keys(cost)))];
	const costs = table(
		["Microseconds", ...layers],
		Object.entries(microseconds).map(([text, cost]) => [
			text,
			...layers.map((layer) => wholeNumber(cost[layer])),
		]),
	);
	const holds = table(
		["512 KB of", "Longest hold, ms"],
		Object.entries(longestHoldMs).map(([text, ms]) => [text, ms.toFixed(1)]),
	);
	const intro = `Measured on ${when.slice(0, 10)}: ${machine.model}, Node ${machine.node.replace("v", "")}.`;
	return [intro, costs, holds].join("\n\n");
}

function consoleTable(results: unknown): string {
	const { when, rows, limitMs, rowsPerSecond, calls } = consoleSchema.parse(results);
	const byPage = [...Map.groupBy(calls, (call) => call.page)];
	const intro = `Measured on ${when.slice(0, 10)} with ${grouped(rows)} rows in the ledger, for every call that pages make; ${grouped(Math.round(rowsPerSecond))} rows a second are written while requests run. Wanted: at most ${limitMs} ms at the median.`;
	const slowest = byPage.map(([name, own]) => {
		const worst = own.reduce((a, b) => (b.p50Ms > a.p50Ms ? b : a));
		return [name, String(own.length), worst.what, worst.p50Ms.toFixed(1), worst.p95Ms.toFixed(1)];
	});
	return [intro, table(["Page", "Calls", "Slowest call", "p50 ms", "p95 ms"], slowest)].join(
		"\n\n",
	);
}

function wholeNumber(value: number | undefined): string {
	return value === undefined ? "–" : grouped(Math.round(value));
}

function goalWord(isMet: boolean | null): string {
	if (isMet === null) return "not measured";
	return isMet ? "met" : "**missed**";
}

function difference(value: number | null, base: number | null | undefined): number | null {
	return value === null || base === null || base === undefined ? null : value - base;
}

function twoDigits(value: number | null | undefined): string {
	return value === null || value === undefined ? "–" : value.toFixed(2);
}
