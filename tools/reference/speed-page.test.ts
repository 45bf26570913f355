import { expect, it } from "vitest";
import { benchTables, speedPage, speedSummary } from "./speed-page.ts";

const cell = {
	scenario: "JSON, 10 at a time",
	contestant: "direct",
	requestsPerSecond: 18_950.9,
	p50: 0.234,
	p95: 0.77,
	p99: 1.9,
	cpuSecondsPer1000: 0.023,
	failures: {},
};
const bench = {
	when: "2026-01-02T03:04:05Z",
	isQuick: false,
	machine: { processors: 2, model: "Example CPU", node: "24.1.0", loadBefore: 0.5 },
	cells: [
		cell,
		{
			...cell,
			contestant: "llmproxy",
			requestsPerSecond: 4321.6,
			p50: 1.2,
			failures: { "500": 2 },
		},
	],
	peakMb: { direct: 60.2, llmproxy: 210.7 },
	goals: [
		{ name: "added p50", wanted: "≤ 1.5 ms", got: "0.97 ms", isMet: true },
		{ name: "failed requests", wanted: "0", got: "2", isMet: false },
		{ name: "times Portkey", wanted: "≥ 4", got: "not measured", isMet: null },
	],
};

it("shows a bench result with its date, machine and what each contestant added", () => {
	const text = benchTables(bench);
	expect(text).toContain("Measured on 2026-01-02: 2 × Example CPU, Node 24.1.0,");
	expect(text).toContain(
		"| Direct to the mock upstream | 18,951 | 0.23 | 0.77 | 1.90 | – | 0.02 | 0 |",
	);
	expect(text).toContain("| **LLMProxy** | 4,322 | 1.20 | 0.77 | 1.90 | 0.97 | 0.02 | 2 |");
	expect(text).toContain("| **LLMProxy** | 211 |");
});

it("tells goals that were met, missed and not measured apart", () => {
	const rows = benchTables(bench).split("\n").slice(-3);
	expect(rows.map((row) => row.split("|").at(-2)?.trim())).toEqual([
		"met",
		"**missed**",
		"not measured",
	]);
});

it("says so when the run was a quick one", () => {
	expect(benchTables({ ...bench, isQuick: true })).toContain("in a quick run");
});

it("refuses results of another shape", () => {
	expect(() => benchTables({ ...bench, cells: undefined })).toThrow();
});

it("sums a bench result up in one row a contestant, and says how many goals were missed", () => {
	const summary = speedSummary(bench);
	expect(summary).toContain("| **LLMProxy** | 4,322 | 1.20 | 1.90 | 0.02 | – |");
	expect(summary).toContain("1 of 3 missed");
});

it("shows what security costs by layer, and how long a body holds the others", () => {
	const text = speedPage({
		bench: undefined,
		security: {
			when: "2026-01-02T03:04:05Z",
			machine: { model: "Example CPU", node: "v24.1.0" },
			microseconds: { "prose, 1 KB": { firewall: 21.6, all: 1234.4 } },
			longestHoldMs: { prose: 8.04 },
		},
		console: undefined,
	});
	expect(text).toContain("| prose, 1 KB | 22 | 1,234 |");
	expect(text).toContain("| prose | 8.0 |");
});

it("names the slowest call of each page of the console", () => {
	const text = speedPage({
		bench: undefined,
		security: undefined,
		console: {
			when: "2026-01-02T03:04:05Z",
			rows: 1_000_000,
			limitMs: 100,
			rowsPerSecond: 12_850,
			calls: [
				{ page: "requests", what: "first page", p50Ms: 3.9, p95Ms: 27.7 },
				{ page: "requests", what: "filtered", p50Ms: 9.1, p95Ms: 12 },
			],
		},
	});
	expect(text).toContain("with 1,000,000 rows in the ledger");
	expect(text).toContain("| requests | 2 | filtered | 9.1 | 12.0 |");
});
