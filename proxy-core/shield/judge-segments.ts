import { hash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { TextSegment } from "../contract/verdict.ts";
import { codesOf } from "../normalise/text-codes.ts";
import type { Steps, TurnOptions } from "../text/take-turns.ts";
import { takeTurns } from "../text/take-turns.ts";
import type { Evidence, SteppedDetector } from "./detector.ts";
import { sliceText } from "./slice-text.ts";

/** What a segment contains, the worst of its slices first; `score` is 0 to 1. */
export interface SegmentJudgement {
	readonly score: number;
	/** Places are UTF-16 offsets in the segment's text. */
	readonly evidence: readonly Evidence[];
}

export interface SegmentJudge {
	/** One judgement a segment. Synchronous unless it takes so long that others have to get a turn. */
	readonly judge: (
		segments: readonly TextSegment[],
		options: JudgeOptions,
	) => readonly SegmentJudgement[] | Promise<readonly SegmentJudgement[]>;
}

export interface JudgeOptions {
	/** Whose texts they are: nobody learns from the time it takes what others have sent. */
	readonly tenant: string;
	readonly signal: AbortSignal;
}

interface JudgeParts {
	readonly detect: SteppedDetector;
	/** Segments whose judgement is remembered: histories of conversations come again with every turn. */
	readonly rememberedMax?: number;
	readonly now?: TurnOptions["now"];
}

const nothing: SegmentJudgement = { score: 0, evidence: [] };
/** A shorter text is judged in less time than its digest takes. */
const rememberedCharsMin = 64;

export function createSegmentJudge({
	detect,
	rememberedMax = 20_000,
	now,
}: JudgeParts): SegmentJudge {
	const remembered = new LRUCache<string, SegmentJudgement>({ max: rememberedMax });
	function* judgeEach(
		segments: readonly TextSegment[],
		tenant: string,
	): Steps<readonly SegmentJudgement[]> {
		const judgements: SegmentJudgement[] = [];
		for (const segment of segments) {
			const key = keyOf(tenant, segment);
			let judgement = key === undefined ? undefined : remembered.get(key);
			if (judgement === undefined) {
				judgement = yield* judgeOne(detect, segment);
				if (key !== undefined) remembered.set(key, judgement);
			}
			judgements.push(judgement);
			yield;
		}
		return judgements;
	}
	return {
		judge: (segments, { tenant, signal }) =>
			takeTurns(judgeEach(segments, tenant), { signal, ...(now !== undefined && { now }) }),
	};
}

function* judgeOne(
	detect: SteppedDetector,
	{ text, source }: TextSegment,
): Steps<SegmentJudgement> {
	let worst = nothing;
	for (const slice of sliceText(text)) {
		if (slice.start > 0) yield;
		const { score, evidence } = yield* detect(slice.text, source);
		if (score > worst.score) worst = { score, evidence: moved(evidence, slice) };
	}
	return worst;
}

function keyOf(tenant: string, { source, text }: TextSegment): string | undefined {
	if (text.length < rememberedCharsMin) return undefined;
	// Named by its form, so that no text in one is the same bytes as another in the other.
	const digest = isWide(text)
		? `2${hash("sha256", codesOf(text), "base64")}`
		: `1${hash("sha256", text, "base64")}`;
	return `${source}:${digest}:${tenant}`;
}

/** Looks at few of its characters; the digest of a text in other scripts is faster without UTF-8. */
function isWide(text: string): boolean {
	const step = Math.max(1, text.length >>> 3);
	for (let at = 0; at < text.length; at += step) if (text.charCodeAt(at) > 255) return true;
	return false;
}

function moved(
	evidence: readonly Evidence[],
	{ text, start }: { readonly text: string; readonly start: number },
): readonly Evidence[] {
	return evidence.map((found) => ({
		...found,
		start: start + Math.min(found.start, text.length),
		end: start + Math.min(Math.max(found.start, found.end), text.length),
	}));
}
