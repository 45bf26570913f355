import type { ContestantName } from "./contestants.ts";
import type { Goal } from "./goals.ts";
import type { MemoryPhase } from "./memory.ts";
import type { Cell } from "./rounds.ts";

/** What a run leaves in `results/latest.json`. */
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
	/** Answers that the load generator got from both of our gateways, and rows in their ledgers afterwards. */
	readonly ledger: { readonly answered: number; readonly rows: number };
	readonly fullPlane: FullPlane;
	readonly goals: readonly Goal[];
}

/** What the gateway with budgets and cache wrote down. */
export interface FullPlane {
	/** Answers from memory, or shared with a request under way, where every question was new. */
	readonly remembered: number;
	/** Answers to the repeated question that no provider was asked for. */
	readonly hits: number;
	readonly ledgerMicroUsd: number;
	/** What the budget of the whole organisation says. */
	readonly spentMicroUsd: number;
}

export function cellOf(
	cells: readonly Cell[],
	scenario: string,
	contestant: ContestantName,
): Cell | undefined {
	return cells.find((cell) => cell.scenario === scenario && cell.contestant === contestant);
}
