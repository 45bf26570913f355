import { foldCharacter } from "../characters.ts";
import { wordKind } from "../lexicon/word-kinds.ts";
import type { Tokens } from "../read-tokens.ts";
import { tokenMark } from "../read-tokens.ts";
import type { Run } from "./read-runs.ts";

/** Features are numbered by hash into this many places. */
export const featureBits = 16;
const featureMask = (1 << featureBits) - 1;
const featureCount = 31;
const seeds = Int32Array.from({ length: featureCount }, (_, template) =>
	Math.imul(template + 1, 0x9e3779b1),
);

/** What of a word's kinds says something about names. */
const telling = ~(wordKind.opensPhrase | wordKind.domain | wordKind.weekday);
/** Words whose own identity is a feature; of others only their form is, so that names are not learnt by heart. */
const known =
	wordKind.common |
	wordKind.grammar |
	wordKind.role |
	wordKind.honorific |
	wordKind.institution |
	wordKind.landmark |
	wordKind.companySuffix |
	wordKind.street |
	wordKind.unit |
	wordKind.particle;

export interface FeatureReader {
	/** Reads what the tokens of a run share; they are read after it, from left to right. */
	readonly openRun: (tokens: Tokens, run: Run, phrases: Int32Array) => void;
	/** Features of a token of the run, always as many; `before` is what the token before was labelled. Reused. */
	readonly read: (tokens: Tokens, token: number, before: number) => Int32Array;
}

export function createFeatureReader(): FeatureReader {
	const features = new Int32Array(featureCount);
	// The two values of each feature, gathered first so that all are hashed in one short loop.
	const a = new Int32Array(featureCount);
	const b = new Int32Array(featureCount);
	let run: RunContext | undefined;
	return {
		openRun: (tokens, opened, phrases) => {
			run = readRun(tokens, opened, phrases);
		},
		read: (tokens, token, before) => {
			if (run === undefined) return features;
			gather(tokens, run, { token, before, a, b });
			for (let template = 0; template < featureCount; template += 1) {
				const first = Math.imul((a[template] ?? 0) + 0x51ed, 0x85ebca6b);
				const second = Math.imul((b[template] ?? 0) + 0x2f1, 0xc2b2ae35);
				const mixed = (seeds[template] ?? 0) ^ first;
				const hash = Math.imul(mixed ^ (mixed >>> 15) ^ second, 0x27d4eb2f);
				features[template] = (hash ^ (hash >>> 13)) & featureMask;
			}
			return features;
		},
	};
}

/** What all tokens of a run have in common. */
interface RunContext extends Run {
	readonly phrases: Int32Array;
	readonly opening: number;
	readonly wordBefore: number;
	readonly secondBefore: number;
	readonly wordAfter: number;
	readonly secondAfter: number;
	readonly gapBefore: number;
	readonly gapAfter: number;
	readonly firstKinds: number;
	readonly lastKinds: number;
	readonly lastWord: number;
}

function readRun(tokens: Tokens, { first, last }: Run, phrases: Int32Array): RunContext {
	return {
		first,
		last,
		phrases,
		opening: opensSentence(tokens, first) ? 1 : 0,
		wordBefore: wordAt(tokens, first - 1),
		secondBefore: wordAt(tokens, first - 2),
		wordAfter: wordAt(tokens, last + 1),
		secondAfter: wordAt(tokens, last + 2),
		gapBefore: gapAt(tokens, first - 1),
		gapAfter: gapAt(tokens, last),
		firstKinds: kindsAt(tokens, first, phrases),
		lastKinds: kindsAt(tokens, last, phrases),
		lastWord: wordAt(tokens, last),
	};
}

interface Gathering {
	readonly token: number;
	readonly before: number;
	readonly a: Int32Array;
	readonly b: Int32Array;
}

/** The features in their order; those whose second value stays 0 say nothing of it. */
function gather(tokens: Tokens, run: RunContext, { token, before, a, b }: Gathering): void {
	const own = kindsAt(tokens, token, run.phrases);
	const previous = kindsAt(tokens, token - 1, run.phrases);
	const next = kindsAt(tokens, token + 1, run.phrases);
	const shape = shapeOf(tokens, token);
	const fromFirst = Math.min(token - run.first, 3);
	const toLast = Math.min(run.last - token, 3);
	const position = fromFirst * 4 + toLast;
	const gapBefore = token === run.first ? run.gapBefore : gapAt(tokens, token - 1);
	const gapAfter = token === run.last ? run.gapAfter : gapAt(tokens, token);
	const nameKindsOfOwn = own & nameKinds;
	a[1] = a[2] = own;
	b[2] = shape * 2 + run.opening;
	a[3] = previous;
	b[3] = b[5] = gapBefore;
	a[4] = next;
	b[4] = b[6] = gapAfter;
	a[5] = own ^ Math.imul(previous, 31);
	a[6] = own ^ Math.imul(next, 37);
	a[7] = a[25] = before;
	a[8] = before;
	b[8] = own;
	a[9] = a[21] = a[30] = run.wordBefore;
	b[9] = b[11] = run.gapBefore;
	a[10] = a[22] = run.wordAfter;
	b[10] = b[12] = run.gapAfter;
	a[11] = run.wordBefore ^ Math.imul(run.secondBefore, 41);
	a[12] = run.wordAfter ^ Math.imul(run.secondAfter, 43);
	a[13] = suffixOf(tokens, token, 3);
	a[14] = suffixOf(tokens, token, 4);
	a[15] = shape;
	b[15] = b[16] = run.opening;
	a[16] = a[17] = position;
	b[17] = own;
	a[18] = run.lastKinds;
	b[18] = toLast;
	a[19] = run.firstKinds;
	b[19] = fromFirst;
	a[20] = wordAt(tokens, token);
	b[21] = b[22] = b[26] = own;
	a[23] = run.secondBefore;
	b[23] = own === 0 ? 0 : 1;
	a[24] = run.lastWord;
	b[24] = run.last === token ? 1 : 0;
	b[25] = wordAt(tokens, token - 1);
	a[26] = run.gapBefore * 16 + run.gapAfter;
	a[27] = nameKindsOfOwn;
	b[27] = shape;
	a[28] = previous & nameKinds;
	b[28] = b[29] = nameKindsOfOwn;
	a[29] = next & nameKinds;
	b[30] = position;
}
const nameKinds =
	wordKind.firstName | wordKind.lastName | wordKind.place | wordKind.country | wordKind.common;

function kindsAt(tokens: Tokens, token: number, phrases: Int32Array): number {
	if (token < 0 || token >= tokens.count) return -1;
	const mark = tokens.marks[token] ?? 0;
	if ((mark & tokenMark.digit) !== 0) return -2;
	const phrase = phrases[token] ?? 0;
	const kinds = (tokens.kinds[token] ?? 0) & telling;
	return phrase === 0 ? kinds : kinds | (phrase << 7) | (1 << 21);
}

/** Lower case, capitalised, one capital, all capitals, capitals inside. */
function shapeOf(tokens: Tokens, token: number): number {
	const mark = tokens.marks[token] ?? 0;
	const length = (tokens.ends[token] ?? 0) - (tokens.starts[token] ?? 0);
	if ((mark & tokenMark.opensUpper) === 0) return 0;
	if (length === 1) return 1;
	if ((mark & tokenMark.laterUpper) === 0) return 2;
	return (mark & tokenMark.lower) === 0 ? (length <= 3 ? 3 : 4) : 5;
}

/** Identity of a known word, form of an unknown one; -1 and -2 at the ends of the text. */
function wordAt(tokens: Tokens, token: number): number {
	if (token < 0) return -1;
	if (token >= tokens.count) return -2;
	const mark = tokens.marks[token] ?? 0;
	if ((mark & tokenMark.digit) !== 0) {
		return -10 - Math.min(6, (tokens.ends[token] ?? 0) - (tokens.starts[token] ?? 0));
	}
	if (((tokens.kinds[token] ?? 0) & known) !== 0) return tokens.hashes[token] ?? 0;
	return -20 - shapeOf(tokens, token);
}

/** What parts a token from the next: nothing, a space, a mark, a line. */
function gapAt(tokens: Tokens, token: number): number {
	const from = token < 0 ? 0 : (tokens.ends[token] ?? 0);
	const to = token + 1 >= tokens.count ? tokens.text.length : (tokens.starts[token + 1] ?? 0);
	let gap = 0;
	const end = Math.min(to, from + 4);
	for (let at = from; at < end; at += 1) {
		const code = tokens.text.charCodeAt(at);
		gap = Math.max(gap, code < 128 ? (gapRanks[code] ?? otherRank) : otherRank);
	}
	return gap;
}
const gapMarks = " ?-'\"/&,:;()!.\n";
const otherRank = 2;
/** ASCII → how much it parts words. */
const gapRanks = Uint8Array.from({ length: 128 }, (_, code) => {
	const mark = gapMarks.indexOf(String.fromCharCode(code));
	return mark < 0 ? otherRank : mark + 1;
});

/** The first word of a text, a line or a sentence may be capitalised without being a name. */
function opensSentence(tokens: Tokens, token: number): boolean {
	const gap = gapAt(tokens, token - 1);
	return token === 0 || gap >= 13 || gap === 9;
}

function suffixOf(tokens: Tokens, token: number, length: number): number {
	const end = tokens.ends[token] ?? 0;
	const start = Math.max(tokens.starts[token] ?? 0, end - length);
	let hash = 7;
	for (let at = start; at < end; at += 1) {
		hash = Math.imul(hash, 131) + foldCharacter(tokens.text.charCodeAt(at));
	}
	return hash;
}
