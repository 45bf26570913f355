import { hash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import type { TextSegment } from "../contract/verdict.ts";
import type { Evidence, InjectionDetector } from "./detector.ts";
import { sliceText } from "./slice-text.ts";

/** What a segment contains, the worst of its slices first; `score` is 0 to 1. */
export interface SegmentJudgement {
	readonly score: number;
	/** Places are UTF-16 offsets in the segment's text. */
	readonly evidence: readonly Evidence[];
}

export interface SegmentJudge {
	/** One judgement a segment. Synchronous unless the texts are so long that others have to get a turn. */
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
	readonly detect: InjectionDetector;
	/** Segments whose judgement is remembered: histories of conversations come again with every turn. */
	readonly rememberedMax?: number;
	/** After so many characters, others get a turn. */
	readonly turnCharsMax?: number;
}

const nothing: SegmentJudgement = { score: 0, evidence: [] };
/** A shorter text is judged in less time than its digest takes. */
const rememberedCharsMin = 64;

export function createSegmentJudge({
	detect,
	rememberedMax = 20_000,
	turnCharsMax = 12_000,
}: JudgeParts): SegmentJudge {
	const remembered = new LRUCache<string, SegmentJudgement>({ max: rememberedMax });
	function* judgeEach(segments: readonly TextSegment[], { tenant }: JudgeOptions): Work {
		const turn: Turn = { chars: 0, charsMax: turnCharsMax };
		const judgements: SegmentJudgement[] = [];
		for (const segment of segments) {
			const key = keyOf(tenant, segment);
			let judgement = key === undefined ? undefined : remembered.get(key);
			if (judgement === undefined) {
				judgement = yield* judgeOne(detect, segment, turn);
				if (key !== undefined) remembered.set(key, judgement);
			}
			judgements.push(judgement);
		}
		return judgements;
	}
	return {
		judge: (segments, options) => {
			const work = judgeEach(segments, options);
			const first = work.next();
			return first.done === true ? first.value : inTurns(work, options.signal);
		},
	};
}

interface Turn {
	/** Judged since others last got one. */
	chars: number;
	readonly charsMax: number;
}

function* judgeOne(
	detect: InjectionDetector,
	{ text, source }: TextSegment,
	turn: Turn,
): Generator<undefined, SegmentJudgement> {
	let worst = nothing;
	for (const slice of sliceText(text)) {
		if (turn.chars > 0 && turn.chars + slice.text.length > turn.charsMax) {
			yield;
			turn.chars = 0;
		}
		turn.chars += slice.text.length;
		const { score, evidence } = detect(slice.text, source);
		if (score > worst.score) worst = { score, evidence: moved(evidence, slice) };
	}
	return worst;
}

type Work = Generator<undefined, readonly SegmentJudgement[]>;

async function inTurns(work: Work, signal: AbortSignal): Promise<readonly SegmentJudgement[]> {
	for (;;) {
		await setImmediate();
		// Nobody waits for the verdict of a caller who hung up.
		signal.throwIfAborted();
		const step = work.next();
		if (step.done === true) return step.value;
	}
}

function keyOf(tenant: string, { source, text }: TextSegment): string | undefined {
	if (text.length < rememberedCharsMin) return undefined;
	return hash("sha256", `${source}:${tenant.length}:${tenant}${text}`, "base64");
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
