import { cutWindows } from "./cut-windows.ts";
import type { BlockFeatures, RangeReader } from "./read-blocks.ts";
import { createRangeReader } from "./read-blocks.ts";
import type { TokenRange } from "./read-features.ts";
import type { ScannedText, TextScanner } from "./scan-text.ts";
import type { BlockScores } from "./sum-weights.ts";
import { createBlockScorer, requestOf } from "./sum-weights.ts";
import type { DetectorWeights } from "./weights.ts";
import { blockScore } from "./weights.ts";

/** A score in standard deviations, not yet calibrated, and the part of the text that speaks loudest. */
export interface TextScore {
	readonly score: number;
	readonly start: number;
	readonly end: number;
}

/** How much each block counts. */
export interface BlockMix {
	readonly words: number;
	readonly characters: number;
	readonly concepts: number;
	readonly style: number;
}

export const evenMix: BlockMix = { words: 1, characters: 1, concepts: 1, style: 1 };
/** Concepts carry over between languages; style and letters of the mostly English training texts do not. */
export const foreignMix: BlockMix = { words: 1, characters: 0.25, concepts: 2, style: 0.25 };

export interface TextScorer {
	/** How much a text as a whole reads like an attack. What was scanned is overwritten. */
	readonly whole: (text: string, scanned: ScannedText, mix: BlockMix) => TextScore;
	/** How much a part of a document reads like a request to a model, unlike the rest of the document. */
	readonly document: (scanned: ScannedText) => TextScore;
}

/** Longest text that is scored as it is; of a longer one, its ends and its densest middle. */
export const excerptCharsMax = 4500;
const windowsMax = 32;
/** How much surer a part has to be than a whole: a long text has many parts. */
const partMargin = 1;

/** `scan` is the scanner that `whole` may use again for parts of a text. */
export function createTextScorer(weights: DetectorWeights, scan: TextScanner): TextScorer {
	const read = createRangeReader(weights);
	const scorer = createBlockScorer(weights);
	const scoreRange = (scanned: ScannedText, range: TokenRange, mix: BlockMix): number =>
		mixed(scorer.whole(read(scanned, range)), mix);
	return {
		whole: (text, scanned, mix) => {
			const window = densestWindow(scanned);
			const place = placeOf(scanned, window);
			const excerpt = excerptOf(text, place.start);
			if (excerpt === text) {
				const score = scoreRange(scanned, { first: 0, end: scanned.tokens }, mix);
				return { score, ...place };
			}
			// A short attack drowns in a long text, so its densest part is also heard by itself.
			const alone = scoreRange(scanned, window, mix) - partMargin;
			const rescanned = scan(excerpt, undefined, scanned.isAscii ? true : undefined);
			const score = scoreRange(rescanned, { first: 0, end: rescanned.tokens }, mix);
			return { score: Math.max(score, alone), ...place };
		},
		document: (scanned) => scoreWindows(scanned, read, scorer),
	};
}

function mixed(scores: BlockScores, mix: BlockMix): number {
	return (
		mix.words * scores.words +
		mix.characters * scores.characters +
		mix.concepts * scores.concepts +
		mix.style * scores.style
	);
}

/** How much the average of a document is held against its loudest part. */
const contrast = 1.15;
/** A document of one sentence is compared with this many ordinary ones. */
const ordinaryWindows = 3;
const ordinaryScore = -1;
/** How much it counts that a part reads like an attack wherever it stands. */
const attackShare = 0.5;
/** Letters and style of a stretch are those of its document. */
const attackMix: BlockMix = { words: 1, characters: 0.5, concepts: 1, style: 0.25 };
/** Whoever adds to a document does so before it or behind it more often than within. */
const edgeShare = 0.5;
function scoreWindows(
	scanned: ScannedText,
	read: RangeReader,
	scorer: ReturnType<typeof createBlockScorer>,
): TextScore {
	const windows = busiest(scanned, cutWindows(scanned));
	let loudest: TokenRange = { first: 0, end: scanned.tokens };
	let most = Number.NEGATIVE_INFINITY;
	let sum = 0;
	let attack = Number.NEGATIVE_INFINITY;
	let isAtEdge = false;
	for (const [index, window] of windows.entries()) {
		const features = read(scanned, window);
		const request = scorer.request(features);
		attack = Math.max(attack, mixed(scorer.whole(features), attackMix));
		sum += request;
		if (request <= most) continue;
		most = request;
		loudest = window;
		isAtEdge = index === 0 || index === windows.length - 1;
	}
	if (windows.length === 0) return { score: -9, start: 0, end: 0 };
	const usual = (sum + ordinaryWindows * ordinaryScore) / (windows.length + ordinaryWindows);
	const score = most - contrast * usual + attackShare * attack + (isAtEdge ? edgeShare : 0);
	return { score, ...placeOf(scanned, loudest) };
}

/** How much a stretch of a document reads like something that a person asks a model. */
export function requestScore(
	{ documentWords, documentConcepts }: Pick<DetectorWeights, "documentWords" | "documentConcepts">,
	{ words, concepts }: Pick<BlockFeatures, "words" | "concepts">,
): number {
	return requestOf(blockScore(documentWords, words), blockScore(documentConcepts, concepts));
}

/** Windows with the most concepts, in their order, when there are too many. */
function busiest(scanned: ScannedText, windows: TokenRange[]): readonly TokenRange[] {
	if (windows.length <= windowsMax) return windows;
	const counts = windows.map((window) => conceptCount(scanned, window));
	const order = windows.map((_, index) => index);
	order.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
	return order
		.slice(0, windowsMax)
		.sort((a, b) => a - b)
		.flatMap((index) => windows[index] ?? []);
}

function conceptCount({ concepts }: ScannedText, { first, end }: TokenRange): number {
	let count = 0;
	for (let token = first; token < end; token++) if (concepts[token] !== 0) count++;
	return count;
}

const spanTokens = 40;

/** The forty tokens with the most concepts: what a person is shown. */
function densestWindow(scanned: ScannedText): TokenRange {
	const { concepts, tokens } = scanned;
	let count = 0;
	let most = -1;
	let best = 0;
	for (let token = 0; token < tokens; token++) {
		if (concepts[token] !== 0) count++;
		if (token >= spanTokens && concepts[token - spanTokens] !== 0) count--;
		if (count > most) {
			most = count;
			best = Math.max(0, token - spanTokens + 1);
		}
	}
	return { first: best, end: Math.min(tokens, best + spanTokens) };
}

function placeOf({ starts, ends }: ScannedText, { first, end }: TokenRange) {
	return end > first
		? { start: starts[first] ?? 0, end: ends[end - 1] ?? 0 }
		: { start: 0, end: 0 };
}

/** The beginning, the end, and what stands around `start`. */
function excerptOf(text: string, start: number): string {
	if (text.length <= excerptCharsMax) return text;
	const third = excerptCharsMax / 3;
	const from = Math.min(Math.max(third, start - third / 2), text.length - 2 * third);
	const middle = text.slice(from, from + third);
	return `${text.slice(0, third)}\n${middle}\n${text.slice(-third)}`;
}
