import { foldCharacter } from "../characters.ts";
import { wordKind } from "../lexicon/word-kinds.ts";
import type { Tokens } from "../read-tokens.ts";
import { tokenMark } from "../read-tokens.ts";
import type { Run } from "./read-runs.ts";

/** Features are numbered by hash into this many places. */
export const featureBits = 16;
const featureMask = (1 << featureBits) - 1;
export const featuresMax = 40;

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

/** Features of one token, into `into`; returns how many. `before` is what the token before was labelled. */
export function readFeatures(
	tokens: Tokens,
	place: {
		readonly token: number;
		readonly run: Run;
		readonly before: number;
		readonly phrases: Int32Array;
	},
	into: Int32Array,
): number {
	const { token, run, before, phrases } = place;
	const own = kindsAt(tokens, token, phrases);
	const previous = kindsAt(tokens, token - 1, phrases);
	const next = kindsAt(tokens, token + 1, phrases);
	const shape = shapeOf(tokens, token);
	const opening = opensSentence(tokens, run.first) ? 1 : 0;
	const position = Math.min(token - run.first, 3) * 4 + Math.min(run.last - token, 3);
	const gapBefore = gapAt(tokens, token - 1);
	const gapAfter = gapAt(tokens, token);
	const wordBefore = wordAt(tokens, run.first - 1);
	const wordAfter = wordAt(tokens, run.last + 1);
	const gapBeforeRun = gapAt(tokens, run.first - 1);
	const gapAfterRun = gapAt(tokens, run.last);
	let count = 0;
	const add = (template: number, a: number, b = 0): void => {
		let hash = Math.imul(template + 1, 0x9e3779b1) ^ Math.imul(a + 0x51ed, 0x85ebca6b);
		hash = Math.imul(hash ^ (hash >>> 15) ^ Math.imul(b + 0x2f1, 0xc2b2ae35), 0x27d4eb2f);
		into[count] = (hash ^ (hash >>> 13)) & featureMask;
		count += 1;
	};
	add(0, 0);
	add(1, own);
	add(2, own, shape * 2 + opening);
	add(3, previous, gapBefore);
	add(4, next, gapAfter);
	add(5, own ^ Math.imul(previous, 31), gapBefore);
	add(6, own ^ Math.imul(next, 37), gapAfter);
	add(7, before);
	add(8, before, own);
	add(9, wordBefore, gapBeforeRun);
	add(10, wordAfter, gapAfterRun);
	add(11, wordBefore ^ Math.imul(wordAt(tokens, run.first - 2), 41), gapBeforeRun);
	add(12, wordAfter ^ Math.imul(wordAt(tokens, run.last + 2), 43), gapAfterRun);
	add(13, suffixOf(tokens, token, 3));
	add(14, suffixOf(tokens, token, 4));
	add(15, shape, opening);
	add(16, position, opening);
	add(17, position, own);
	add(18, kindsAt(tokens, run.last, phrases), Math.min(run.last - token, 3));
	add(19, kindsAt(tokens, run.first, phrases), Math.min(token - run.first, 3));
	add(20, wordAt(tokens, token));
	add(21, wordBefore, own);
	add(22, wordAfter, own);
	add(23, wordAt(tokens, run.first - 2), own === 0 ? 0 : 1);
	add(24, wordAt(tokens, run.last), run.last === token ? 1 : 0);
	add(25, before, wordAt(tokens, token - 1));
	add(26, gapBeforeRun * 16 + gapAfterRun, own);
	add(27, own & nameKinds, shape);
	add(28, previous & nameKinds, own & nameKinds);
	add(29, next & nameKinds, own & nameKinds);
	add(30, wordBefore, position);
	return count;
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
	if (to === from) return 0;
	let gap = 1;
	const end = Math.min(to, from + 4);
	for (let at = from; at < end; at += 1) {
		const mark = gapMarks.indexOf(tokens.text.charAt(at));
		if (mark > 0) gap = Math.max(gap, mark + 1);
		else if (mark < 0) gap = Math.max(gap, 2);
	}
	return gap;
}
const gapMarks = " ?-'\"/&,:;()!.\n";

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
