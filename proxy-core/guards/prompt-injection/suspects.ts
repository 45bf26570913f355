import type { Finding, FindingAction } from "../../contract/verdict.ts";
import type { Evidence } from "../../shield/detector.ts";
import type { SegmentJudgement } from "../../shield/judge-segments.ts";
import type { ClassifierConfig } from "./classifier-config.ts";

/** What the heavy classifier thinks of a segment, or of the excerpt of it that was scored. */
export interface HeavyScore {
	readonly score: number;
	readonly start: number;
	readonly end: number;
}

/** By segment; those that it was not asked about are missing. */
export type HeavyScores = ReadonlyMap<number, HeavyScore>;

/** The name of the heavy classifier's own finding. */
export const heavyRule = "INJ-092";

interface ScoredEvidence extends Pick<Evidence, "rule" | "start" | "end"> {
	readonly score: number;
	/** Of its own layer; what one is sure of does not make the other's rules refuse. */
	readonly isCertain: boolean;
}

/** A segment that at least one layer objects to. */
export interface Suspect {
	readonly segment: number;
	/** Of the layer that objects most. */
	readonly score: number;
	readonly isCertain: boolean;
	/** Of the layer that decides first. */
	readonly evidence: readonly ScoredEvidence[];
}

interface Thresholds {
	readonly blockAt: number;
	readonly flagAt: number;
}

interface Levels extends Thresholds {
	readonly classifier: ClassifierConfig;
}

/**
 * Either layer alone makes a text certain or suspicious, by thresholds of its own: their scores are on
 * different scales and are never added. The surest suspect comes first, because its first finding names
 * the rule that the caller is told.
 */
export function findSuspects(
	judgements: readonly SegmentJudgement[],
	levels: Levels,
	heavy?: HeavyScores,
): readonly Suspect[] {
	const suspects: Suspect[] = [];
	for (const [segment, judgement] of judgements.entries()) {
		const own = ownObjection(judgement, levels, heavy?.get(segment));
		const second = heavyObjection(heavy?.get(segment), levels.classifier);
		const level = Math.max(own.level, second.level);
		if (level === 0) continue;
		const [first, other] = second.level > own.level ? [second, own] : [own, second];
		suspects.push({
			segment,
			score: Math.max(own.score, second.score),
			isCertain: level === 2,
			evidence: [...first.evidence, ...other.evidence],
		});
	}
	return suspects.sort((a, b) => b.score - a.score);
}

interface Objection {
	/** 0: none, 1: the grey zone, 2: certain. */
	readonly level: 0 | 1 | 2;
	readonly score: number;
	readonly evidence: readonly ScoredEvidence[];
}

const noObjection: Objection = { level: 0, score: 0, evidence: [] };

function ownObjection(
	{ score, evidence }: SegmentJudgement,
	levels: Levels,
	heavy: HeavyScore | undefined,
): Objection {
	const level = levelOf(score, levels);
	if (level === 0) return noObjection;
	const isCleared = heavy !== undefined && heavy.score < levels.classifier.harmlessBelow;
	if (level === 1 && isCleared) return noObjection;
	const isCertain = level === 2;
	const found = evidence.map(({ rule, start, end }) => ({ rule, start, end, score, isCertain }));
	return { level, score, evidence: found };
}

function heavyObjection(heavy: HeavyScore | undefined, levels: Thresholds): Objection {
	if (heavy === undefined) return noObjection;
	const level = levelOf(heavy.score, levels);
	if (level === 0) return noObjection;
	const evidence = [{ rule: heavyRule, ...heavy, isCertain: level === 2 }];
	return { level, score: heavy.score, evidence };
}

function levelOf(score: number, { blockAt, flagAt }: Thresholds): Objection["level"] {
	if (score >= blockAt) return 2;
	return score >= flagAt ? 1 : 0;
}

/** `greyAction` is for what its layer is not certain of. */
export function findingsOf(
	{ evidence, segment }: Suspect,
	greyAction: FindingAction,
): readonly Finding[] {
	return evidence.map(({ rule, start, end, score, isCertain }) => ({
		rule,
		segment,
		start,
		end,
		score: Math.round(score * 1000) / 1000,
		action: isCertain ? "block" : greyAction,
	}));
}

/** What later turns are weighed with: the layer that objects more. */
export function risksOf(
	judgements: readonly SegmentJudgement[],
	{ flagAt }: Thresholds,
	heavy?: HeavyScores,
): readonly number[] {
	return judgements.map(({ score }, segment) => {
		const second = heavy?.get(segment)?.score ?? 0;
		// Below its own threshold it says nothing: the two scales do not compare.
		return second >= flagAt ? Math.max(score, second) : score;
	});
}
