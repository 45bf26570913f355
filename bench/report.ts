import type { ContestantName } from "./contestants.ts";
import type { MemoryPhase } from "./memory.ts";
import type { Cell } from "./rounds.ts";
import { scenarios } from "./rounds.ts";

export interface Results {
	readonly when: string;
	readonly isQuick: boolean;
	readonly machine: {
		readonly processors: number;
		readonly model: string;
		readonly node: string;
		readonly loadBefore: number;
	};
	readonly cells: readonly Cell[];
	readonly peakMb: Readonly<Partial<Record<ContestantName, number>>>;
	readonly memory: readonly MemoryPhase[];
	/** Answers that the load generator got from the gateway, and rows in its ledger afterwards. */
	readonly ledger: { readonly answered: number; readonly rows: number };
	readonly goals: readonly Goal[];
}

export interface Goal {
	readonly name: string;
	readonly wanted: string;
	readonly got: string;
	/** `null`: could not be measured. */
	readonly isMet: boolean | null;
}

export function cellOf(
	cells: readonly Cell[],
	scenario: string,
	contestant: ContestantName,
): Cell | undefined {
	return cells.find((cell) => cell.scenario === scenario && cell.contestant === contestant);
}

export function judge(results: Omit<Results, "goals">): readonly Goal[] {
	const [alone = "", ten = ""] = scenarios.map(({ name }) => name);
	const rate = (contestant: ContestantName): number | undefined =>
		cellOf(results.cells, ten, contestant)?.requestsPerSecond;
	const p50 = (contestant: ContestantName): number =>
		cellOf(results.cells, alone, contestant)?.p50 ?? Number.NaN;
	const [ours = Number.NaN, bare, portkey] = [rate("llmproxy"), rate("bare"), rate("portkey")];
	const added = p50("llmproxy") - p50("direct");
	const failed = [
		...results.cells.filter(({ contestant }) => contestant === "llmproxy"),
		...results.memory,
	]
		.flatMap(({ failures }) => Object.values(failures))
		.reduce((sum, count) => sum + count, 0);
	return [
		ratioGoal(
			"of the bare pass-through, JSON, 10 at a time",
			0.4,
			bare === undefined ? undefined : ours / bare,
		),
		ratioGoal(
			"times Portkey, JSON, 10 at a time",
			4,
			portkey === undefined ? undefined : ours / portkey,
		),
		{
			name: "added p50, JSON, 1 at a time",
			wanted: "≤ 1.5 ms",
			got: `${added.toFixed(2)} ms`,
			isMet: added <= 1.5,
		},
		{ name: "failed requests", wanted: "0", got: String(failed), isMet: failed === 0 },
		{
			name: "ledger rows for answered requests",
			wanted: String(results.ledger.answered),
			got: String(results.ledger.rows),
			isMet: results.ledger.answered > 0 && results.ledger.rows === results.ledger.answered,
		},
		...results.memory.map((phase) => ({
			name: `memory flat over ${phase.name}`,
			wanted: `≤ ${(phase.secondQuarterMb * 1.1).toFixed(0)} MB in the last quarter`,
			got: `${phase.lastQuarterMb.toFixed(0)} MB`,
			isMet: phase.samplesMb.length < 8 ? null : phase.isFlat,
		})),
	];
}

function ratioGoal(name: string, wanted: number, got: number | undefined): Goal {
	return {
		name,
		wanted: `≥ ${wanted}`,
		got: got === undefined ? "not measured" : got.toFixed(2),
		isMet: got === undefined ? null : got >= wanted,
	};
}

export function render(results: Results): string {
	const lines = [
		`${results.machine.processors} × ${results.machine.model}, Node ${results.machine.node}, load before ${results.machine.loadBefore.toFixed(2)}${results.isQuick ? ", quick run" : ""}`,
	];
	for (const { name } of scenarios) lines.push("", ...scenarioTable(results, name));
	const peaks = Object.entries(results.peakMb).map(([name, mb]) => `${name} ${mb.toFixed(0)} MB`);
	lines.push("", `Peak memory: ${peaks.join(", ")}`);
	for (const phase of results.memory) {
		lines.push(
			`  ${phase.name}: ${phase.answered} answered, second quarter ${phase.secondQuarterMb.toFixed(0)} MB, last quarter ${phase.lastQuarterMb.toFixed(0)} MB, peak ${phase.peakMb.toFixed(0)} MB`,
		);
	}
	lines.push("", "Goals");
	for (const { name, wanted, got, isMet } of results.goals) {
		const mark = isMet === null ? "skipped" : isMet ? "met" : "MISSED";
		lines.push(`  ${mark.padEnd(8)} ${name}: ${got} (wanted ${wanted})`);
	}
	return lines.join("\n");
}

function scenarioTable({ cells }: Results, scenario: string): readonly string[] {
	const direct = cellOf(cells, scenario, "direct");
	const bare = cellOf(cells, scenario, "bare");
	const portkey = cellOf(cells, scenario, "portkey");
	const header = [
		"",
		"req/s",
		"p50 ms",
		"p95 ms",
		"p99 ms",
		"added p50",
		"first byte",
		"CPU s/1000",
		"× bare",
		"× portkey",
		"failed",
	];
	const rows = cells
		.filter((cell) => cell.scenario === scenario)
		.map((cell) => [
			cell.contestant,
			cell.requestsPerSecond.toFixed(0),
			cell.p50.toFixed(2),
			cell.p95.toFixed(2),
			cell.p99.toFixed(2),
			direct === undefined ? "" : (cell.p50 - direct.p50).toFixed(2),
			cell.firstByteP50.toFixed(2),
			cell.cpuSecondsPer1000?.toFixed(3) ?? "",
			ratio(cell, bare),
			ratio(cell, portkey),
			String(Object.values(cell.failures).reduce((sum, count) => sum + count, 0)),
		]);
	const widths = header.map((title, column) =>
		Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
	);
	const line = (row: readonly string[]): string =>
		row
			.map((text, column) =>
				column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0),
			)
			.join("  ");
	return [scenario, line(header), ...rows.map(line)];
}

function ratio(cell: Cell, base: Cell | undefined): string {
	return base === undefined || base.requestsPerSecond === 0
		? ""
		: (cell.requestsPerSecond / base.requestsPerSecond).toFixed(2);
}
