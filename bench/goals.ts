import type { ContestantName } from "./contestants.ts";
import type { Results } from "./results.ts";
import { cellOf } from "./results.ts";
import { aloneScenario, tenScenario } from "./scenarios.ts";

export interface Goal {
	readonly name: string;
	readonly wanted: string;
	readonly got: string;
	/** `null`: could not be measured. */
	readonly isMet: boolean | null;
}

type Measured = Omit<Results, "goals">;

export function judge(results: Measured): readonly Goal[] {
	return [...speedGoals(results), ...proofGoals(results), ...memoryGoals(results)];
}

function speedGoals(results: Measured): readonly Goal[] {
	const rate = (contestant: ContestantName): number | undefined =>
		cellOf(results.cells, tenScenario, contestant)?.requestsPerSecond;
	const p50 = (contestant: ContestantName): number =>
		cellOf(results.cells, aloneScenario, contestant)?.p50 ?? Number.NaN;
	const times = (ours: ContestantName, base: ContestantName): number | undefined => {
		const [own, other] = [rate(ours), rate(base)];
		return own === undefined || !other ? undefined : own / other;
	};
	const core = "with keys, limits, ledger and one guard";
	const plane = "with budgets, routing and cache, security off";
	const added = p50("llmproxy") - p50("direct");
	return [
		ratioGoal(`of the bare pass-through, ${tenScenario}`, 0.4, times("llmproxy", "bare")),
		ratioGoal(`times Portkey, ${tenScenario}`, 4, times("llmproxy", "portkey")),
		ratioGoal(
			`of the bare pass-through ${core}, ${tenScenario}`,
			0.4,
			times("llmproxy-core", "bare"),
		),
		ratioGoal(`times Portkey ${core}, ${tenScenario}`, 4, times("llmproxy-core", "portkey")),
		ratioGoal(
			`of the bare pass-through ${plane}, ${tenScenario}`,
			0.35,
			times("llmproxy-plane", "bare"),
		),
		ratioGoal(`times Portkey ${plane}, ${tenScenario}`, 3.5, times("llmproxy-plane", "portkey")),
		ratioGoal(
			`of the bare pass-through with everything on, ${tenScenario}`,
			0.28,
			times("llmproxy-full", "bare"),
		),
		ratioGoal(
			`times Portkey with everything on, ${tenScenario}`,
			3,
			times("llmproxy-full", "portkey"),
		),
		ratioGoal(
			`of the bare pass-through with 2 workers, ${tenScenario}`,
			0.4,
			times("llmproxy-workers", "bare"),
		),
		ratioGoal(
			`times Portkey with 2 workers, ${tenScenario}`,
			4,
			times("llmproxy-workers", "portkey"),
		),
		{
			name: `added p50, ${aloneScenario}`,
			wanted: "≤ 1.5 ms",
			got: Number.isNaN(added) ? "not measured" : `${added.toFixed(2)} ms`,
			isMet: Number.isNaN(added) ? null : added <= 1.5,
		},
	];
}

/** That what was measured was done whole: nothing failed, everything is written down and paid for. */
function proofGoals({ cells, memory, ledger, fullPlane }: Measured): readonly Goal[] {
	const ours = cells.filter(({ contestant }) => contestant.startsWith("llmproxy"));
	const failed = [...ours, ...memory]
		.flatMap(({ failures }) => Object.values(failures))
		.reduce((sum, count) => sum + count, 0);
	return [
		exactGoal("failed requests", 0, failed),
		{
			...exactGoal("ledger rows for answered requests", ledger.answered, ledger.rows),
			isMet: ledger.answered > 0 && ledger.rows === ledger.answered,
		},
		exactGoal("answers from memory to new questions", 0, fullPlane.remembered),
		{
			...exactGoal(
				"micro-dollars spent of the organisation's budget, for the ledger's sum",
				fullPlane.ledgerMicroUsd,
				fullPlane.spentMicroUsd,
			),
			isMet: fullPlane.ledgerMicroUsd > 0 && fullPlane.spentMicroUsd === fullPlane.ledgerMicroUsd,
		},
	];
}

function memoryGoals({ memory }: Measured): readonly Goal[] {
	return memory.map((phase) => ({
		name: `memory flat over ${phase.name}`,
		wanted: `≤ ${(phase.secondQuarterMb * 1.1).toFixed(0)} MB in the last quarter`,
		got: `${phase.lastQuarterMb.toFixed(0)} MB`,
		isMet: phase.samplesMb.length < 8 ? null : phase.isFlat,
	}));
}

function exactGoal(name: string, wanted: number, got: number): Goal {
	return { name, wanted: String(wanted), got: String(got), isMet: got === wanted };
}

function ratioGoal(name: string, wanted: number, got: number | undefined): Goal {
	return {
		name,
		wanted: `≥ ${wanted}`,
		got: got === undefined ? "not measured" : got.toFixed(2),
		isMet: got === undefined ? null : got >= wanted,
	};
}
