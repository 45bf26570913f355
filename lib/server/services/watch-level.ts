import type {
	ActorKind,
	ThreatLevel,
	ThreatsSettings,
} from "../../../proxy-core/contract/threat-settings.ts";
import { threatLevels } from "../../../proxy-core/contract/threat-settings.ts";

/** What a score leads to, as far as the ledger may go with this kind of actor; null: nothing. */
export function watchLevelOf(
	score: number,
	reach: ActorKind,
	{ thresholds, reach: furthest }: ThreatsSettings,
): ThreatLevel | null {
	const { watch, slowDown, challenge, ban } = thresholds;
	const reached = [watch, slowDown, challenge, ban].filter(
		(threshold) => score >= threshold,
	).length;
	const rank = Math.min(reached, threatLevels.indexOf(furthest[reach]) + 1);
	return threatLevels[rank - 1] ?? null;
}
