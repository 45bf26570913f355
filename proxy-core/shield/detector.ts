import type { SegmentSource } from "../contract/verdict.ts";
import { originalSpan } from "../normalise/fold-text.ts";
import type { View } from "../normalise/read-views.ts";
import { readInSteps } from "../normalise/read-views.ts";
import { createCipherReader } from "../normalise/undo-ciphers.ts";
import type { Steps } from "../text/take-turns.ts";
import { finish } from "../text/take-turns.ts";
import type { ScannedText } from "./classifier/scan-text.ts";
import { createTextScanner } from "./classifier/scan-text.ts";
import type { TextScore } from "./classifier/score-text.ts";
import { createTextScorer, evenMix, foreignMix } from "./classifier/score-text.ts";
import { kindOf } from "./classifier/text-kind.ts";
import type { DetectorWeights, TextKind, Thresholds } from "./classifier/weights.ts";
import type { RuleMatch } from "./rules/find-rules.ts";
import { createRuleFinder } from "./rules/find-rules.ts";

/** One layer's reason, with its place in the text as it came (UTF-16 offsets). */
export interface Evidence {
	/** A rule's id, or the name of the classifier that spoke. */
	readonly rule: string;
	readonly start: number;
	readonly end: number;
	/** How the text was hidden, outermost first. */
	readonly encodings: readonly string[];
}

export interface TextJudgement {
	/** 0 to 1: 0.5 is worth a flag, 0.8 a block, as calibrated. */
	readonly score: number;
	/** The fused score before calibration, for training and explanation. */
	readonly raw: number;
	readonly kind: TextKind;
	readonly evidence: readonly Evidence[];
}

/** Judges one text by where it stands in the conversation. Pure; safe to share between requests. */
export type InjectionDetector = (text: string, source: SegmentSource) => TextJudgement;

/** The same in steps, one for each reading of the text. */
export type SteppedDetector = (text: string, source: SegmentSource) => Steps<TextJudgement>;

/** What a source's words are believed to be, before they are read: subtracted from the raw score. */
const trust: Readonly<Record<SegmentSource, number>> = {
	user: 0,
	metadata: 0,
	"tool-result": 0,
	"tool-description": 1.5,
	"tool-call": 1,
	// The model wrote it, and what it repeats was judged when it came in.
	assistant: 2.5,
	// The operator's own instructions are instructions.
	system: 4,
	answer: 2.5,
	"answer-reasoning": 2.5,
	"answer-tool-call": 2.5,
};

/** What the classifier's own findings are called. */
export const classifierRules = { text: "INJ-090", document: "INJ-091" } as const;

const ruleShare = { text: 1.5, document: 2.5 } as const;
/** Fewer words have too few features for the scale to hold. */
const wordsOfSentence = 8;
/** What a text without words would have. */
const scoreOfNothing = -1;
/** Nobody hides a harmless text. */
const hiddenShare = 1;

export function createInjectionDetector(weights: DetectorWeights): InjectionDetector {
	const detect = createSteppedDetector(weights);
	return (text, source) => finish(detect(text, source));
}

export function createSteppedDetector(weights: DetectorWeights): SteppedDetector {
	const judgeView = createViewJudge(weights);
	const ciphers = createCipherReader();
	return function* detect(text, source) {
		let worst: JudgedView | undefined;
		for (const view of readInSteps(text, ciphers)) {
			if (worst !== undefined) yield;
			const judged = judgeView(view, source);
			if (worst === undefined || marginOf(judged, weights) > marginOf(worst, weights)) {
				worst = judged;
			}
		}
		if (worst === undefined) return { score: 0, raw: -9, kind: "english", evidence: [] };
		const { rules, raw, kind, heard, isDocument } = worst;
		const evidence = [
			...rules.map((match) => evidenceOf(worst.view, match.rule.id, match)),
			evidenceOf(worst.view, classifierRules[isDocument ? "document" : "text"], heard),
		];
		const score = Math.min(scoreMaxOf(worst), calibrated(raw, weights.calibration[kind]));
		return { score, raw, kind, evidence };
	};
}

interface JudgedView {
	readonly view: View;
	/** The fused score before calibration. */
	readonly raw: number;
	readonly rules: readonly RuleMatch[];
	readonly heard: TextScore;
	readonly kind: TextKind;
	readonly words: number;
	readonly isDocument: boolean;
}

function createViewJudge(weights: DetectorWeights) {
	const scan = createTextScanner();
	const scorer = createTextScorer(weights, scan);
	const findRules = createRuleFinder();
	return (view: View, source: SegmentSource): JudgedView => {
		const isDocument = source === "tool-result";
		const scanned = scan(view.text, view.codes, view.isAscii);
		const rules = findRules(scanned, isDocument || source === "tool-description");
		const told = kindOf(scanned);
		const kind = isDocument ? (told === "english" ? "document" : "foreignDocument") : told;
		const words = wordsIn(scanned);
		const heard = isDocument
			? scorer.document(scanned)
			: scorer.whole(view.text, scanned, told === "english" ? evenMix : foreignMix);
		const isPlain = view.encodings.length === 0;
		const strongest = rules.reduce((max, { rule }) => Math.max(max, rule.weight), 0);
		const raw =
			(isPlain && rules.length === 0 ? shrunk(heard.score, words) : heard.score) +
			ruleShare[isDocument ? "document" : "text"] * strongest +
			(isPlain ? 0 : hiddenShare) -
			trust[source];
		return { view, raw, rules, heard, kind, words, isDocument };
	};
}

/** A few words are weak evidence for an attack. */
function shrunk(score: number, words: number): number {
	const above = score - scoreOfNothing;
	return above > 0 ? scoreOfNothing + above * Math.min(1, words / wordsOfSentence) : score;
}

function marginOf(
	{ raw, kind }: { readonly raw: number; readonly kind: TextKind },
	{ calibration }: DetectorWeights,
): number {
	return raw - calibration[kind].flag;
}

function evidenceOf(
	view: View,
	rule: string,
	{ start, end }: { readonly start: number; readonly end: number },
): Evidence {
	const [from, to] = view.run ?? originalSpan(view, start, end);
	return { rule, start: from, end: Math.max(from, to), encodings: view.encodings };
}

/** Nothing is certain. */
const scoreMax = 0.999;
/** A few words are too little evidence to refuse a text, unless a rule knows them or they were hidden. */
const fewWords = 12;
const scoreMaxOfFew = 0.7;

function scoreMaxOf({ view, rules, words }: JudgedView): number {
	const isPlain = view.encodings.length === 0 && rules.length === 0;
	return isPlain && words < fewWords ? scoreMaxOfFew : scoreMax;
}

/** A character of a script without blanks is half a word. */
function wordsIn({ places, tokens }: ScannedText): number {
	return tokens === 0 ? 0 : (places[tokens - 1] ?? 0) / 2 + 1;
}
const log4 = Math.log(4);

/** The logistic curve through 0.5 at the flag's threshold and 0.8 at the block's. */
export function calibrated(raw: number, { flag, block }: Thresholds): number {
	const slope = log4 / Math.max(0.1, block - flag);
	return Math.min(scoreMax, 1 / (1 + Math.exp(-slope * (raw - flag))));
}
