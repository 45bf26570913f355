import type { ThreatLevel, ThreatsSettings } from "../contract/threat-settings.ts";
import { threatLevels } from "../contract/threat-settings.ts";

/** What is left of a score after `ageMs`: half of it after each half-life. Never grows, never negative. */
export function decayed(score: number, ageMs: number, halfLifeMs: number): number {
	if (ageMs <= 0) return score;
	return score * 0.5 ** (ageMs / halfLifeMs);
}

/** 0: below every threshold; otherwise one more than the level's place in `threatLevels`. */
export type Rank = 0 | 1 | 2 | 3 | 4;

/** How far a score has got; settings keep the thresholds in order. */
export function rankOf(score: number, at: ThreatsSettings["thresholds"]): Rank {
	if (score >= at.ban) return 4;
	if (score >= at.challenge) return 3;
	if (score >= at.slowDown) return 2;
	return score >= at.watch ? 1 : 0;
}

export function rankOfLevel(level: ThreatLevel): Rank {
	return (threatLevels.indexOf(level) + 1) as Rank;
}

/** Undefined for rank 0. */
export function levelOfRank(rank: number): ThreatLevel | undefined {
	return threatLevels[rank - 1];
}

/** The score at which a rank begins. */
export function thresholdOf(rank: Rank, at: ThreatsSettings["thresholds"]): number {
	return [0, at.watch, at.slowDown, at.challenge, at.ban][rank] ?? 0;
}
