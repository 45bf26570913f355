import { contestantTitles } from "./contestants.ts";
import type { Results } from "./results.ts";
import { cellOf } from "./results.ts";
import type { Cell } from "./rounds.ts";

export function render(results: Results): string {
	const lines = [
		`${results.machine.processors} × ${results.machine.model}, Node ${results.machine.node}, load before ${results.machine.loadBefore.toFixed(2)}${results.isQuick ? ", quick run" : ""}`,
	];
	const scenarios = new Set(results.cells.map(({ scenario }) => scenario));
	for (const name of scenarios) lines.push("", ...scenarioTable(results, name));
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
		"× Portkey",
		"failed",
	];
	const rows = cells
		.filter((cell) => cell.scenario === scenario)
		.map((cell) => [
			contestantTitles[cell.contestant],
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
