import type { StrategyId } from "../../contract/routing.ts";
import type { Target } from "../../snapshot.ts";
import type { Standing } from "../target-board.ts";

/** One target that could serve a request, with all that a strategy may look at. */
export interface Candidate {
	readonly target: Target;
	/** Share under the weighted strategy, relative to the others. */
	readonly weight: number;
	readonly standing: Standing;
	/** What this request would about cost there, in micro-dollars; undefined when nobody knows. */
	readonly costMicroUsd: number | undefined;
}

export interface Ranked {
	readonly candidate: Candidate;
	/** The higher the better; null when the strategy keeps none. */
	readonly score: number | null;
	/** For people, with its unit. */
	readonly scoreText: string;
}

export interface RankFacts {
	/** Numbers from 0 up to 1. */
	readonly random: () => number;
	/** How many requests the route had before this one. */
	readonly turn: number;
	/** Of the smart score. */
	readonly costWeight: number;
}

export interface Strategy {
	readonly id: StrategyId;
	readonly title: string;
	/** One sentence for people. */
	readonly description: string;
	/** How the score is made, with units. */
	readonly formula: string;
	/** Whether candidates need `costMicroUsd`, which takes an estimate of the request's tokens. */
	readonly needsCost: boolean;
	/** Best first. Keeps every candidate; equal ones stay in their order. Never empty for candidates. */
	readonly rank: (candidates: readonly Candidate[], facts: RankFacts) => readonly Ranked[];
}

/** Sorts by a score, the higher the better; equal ones stay in their order. */
export function byScore(
	candidates: readonly Candidate[],
	score: (candidate: Candidate) => number,
	text: (score: number, candidate: Candidate) => string,
): readonly Ranked[] {
	return candidates
		.map((candidate) => {
			const value = score(candidate);
			return { candidate, score: value, scoreText: text(value, candidate) };
		})
		.toSorted((a, b) => b.score - a.score);
}
