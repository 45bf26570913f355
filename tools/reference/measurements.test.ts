import { expect, it } from "vitest";
import { benchTables, fill } from "./measurements.ts";

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

it("replaces what stands between two marks and leaves the rest", () => {
	const text = "a\n<!-- measured:x -->\nold\n<!-- /measured:x -->\nb";
	expect(fill(text, "x", "new")).toBe("a\n<!-- measured:x -->\nnew\n<!-- /measured:x -->\nb");
	expect(fill(fill(text, "x", "new"), "x", "new")).toBe(fill(text, "x", "new"));
});

it("refuses a text without the marks", () => {
	expect(() => fill("nothing here", "x", "new")).toThrow(/no place marked/);
});
