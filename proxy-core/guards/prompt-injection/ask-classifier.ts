import type { SegmentSource, TextSegment } from "../../contract/verdict.ts";
import type { SegmentJudgement } from "../../shield/judge-segments.ts";
import { createScoreMemory } from "../../shield/remember-scores.ts";
import type { RequestView } from "../define-guard.ts";
import type { ClassifierConfig } from "./classifier-config.ts";
import { excerptAround } from "./excerpt-around.ts";
import type { HeavyScore, HeavyScores } from "./suspects.ts";

export interface HeavyOpinion {
	readonly scores: HeavyScores;
	/** Why it has none. */
	readonly failure: Error | undefined;
}

export interface Consultation {
	readonly segments: readonly TextSegment[];
	readonly judgements: readonly SegmentJudgement[];
	readonly view: Pick<RequestView, "tenant" | "signal" | "services">;
	/** Whether the built-in detector left this one open. */
	readonly isGrey: (judgement: SegmentJudgement) => boolean;
}

/**
 * Whose words are scored when all are. Instructions of the operator are meant to be instructions, and
 * what a model wrote repeats what was scored when it came in.
 */
const scoredSources: ReadonlySet<SegmentSource> = new Set([
	"user",
	"tool-result",
	"tool-description",
	"metadata",
]);
/** Shorter ones hold no instruction, and classifiers were not trained on them. */
const scoredCharsMin = 8;

/** Undefined when there is nobody, or nothing, to ask. */
export type ConsultClassifier = (about: Consultation) => Promise<HeavyOpinion> | undefined;

/** Remembers scores for as long as the configuration is in force. */
export function createConsultation(config: ClassifierConfig): ConsultClassifier {
	const scoreTexts = createScoreMemory();
	return (about) => {
		const { classifier } = about.view.services;
		if (classifier === undefined || config.ask === "never") return undefined;
		const questions = questionsIn(about, config);
		if (questions.length === 0) return undefined;
		const { tenant, signal } = about.view;
		const { timeoutMs } = config;
		return scoreTexts(
			questions.map(({ text }) => text),
			{ classifier, tenant, signal, timeoutMs },
		).then(
			(scores) => ({ scores: placed(questions, scores), failure: undefined }),
			(cause: unknown) => {
				// Nobody waits for the verdict of a caller who hung up.
				signal.throwIfAborted();
				return { scores: new Map(), failure: new Error("The heavy classifier failed", { cause }) };
			},
		);
	};
}

interface Question {
	readonly segment: number;
	readonly text: string;
	readonly start: number;
}

function questionsIn(
	{ segments, judgements, isGrey }: Consultation,
	{ ask, charsMax }: ClassifierConfig,
): readonly Question[] {
	const questions: Question[] = [];
	for (const [segment, judgement] of judgements.entries()) {
		const { text = "", source = "system" } = segments[segment] ?? {};
		const isScored = ask === "all" && scoredSources.has(source) && text.length >= scoredCharsMin;
		if (!isScored && !isGrey(judgement)) continue;
		const place = judgement.evidence[0] ?? { start: 0, end: 0 };
		questions.push({ segment, ...excerptAround(text, place, charsMax) });
	}
	return questions;
}

function placed(questions: readonly Question[], scores: readonly number[]): HeavyScores {
	return new Map(
		questions.map(({ segment, start, text }, index): [number, HeavyScore] => [
			segment,
			{ score: scores[index] ?? 0, start, end: start + text.length },
		]),
	);
}
