import {
	characterKind,
	characters,
	foldOfEntry,
	kindOf,
	kindOfEntry,
	tableSize,
	wordEntry,
} from "./characters.ts";
import { hashPrime, hashSeed } from "./lexicon/hash-word.ts";
import type { Lexicon } from "./lexicon/lexicon.ts";
import { wordKind } from "./lexicon/word-kinds.ts";
import type { ContextReader } from "./read-context.ts";
import { createContextReader } from "./read-context.ts";

/** How a token is written, one bit each. */
export const tokenMark = {
	opensUpper: 1,
	lower: 2,
	/** A capital that is not the first letter. */
	laterUpper: 4,
	digit: 8,
	letter: 16,
} as const;

/**
 * The words and numbers of a text, as columns. Unsigned runs of letters and digits, apostrophes inside
 * words included; a script without cases gives no tokens. The columns are reused for the next text.
 */
export interface Tokens {
	text: string;
	count: number;
	starts: Int32Array;
	ends: Int32Array;
	hashes: Int32Array;
	marks: Uint8Array;
	/** Bits of `wordKind`. */
	kinds: Int32Array;
	/** Places of `@`. */
	ats: number[];
	/** Places of `://`. */
	schemes: number[];
	/** Indexes of tokens that end a domain name, such as the last of `example.com`. */
	domains: number[];
	/** Indexes of tokens with a digit. */
	numbers: number[];
	/** Indexes of tokens that could begin the name of somebody or something. */
	names: number[];
	/** Indexes of tokens that open a name of several words. */
	phrases: number[];
	readonly context: ContextReader;
}

const sizeMin = 1024;

export function createTokens(): Tokens {
	return {
		text: "",
		count: 0,
		...columns(sizeMin),
		ats: [],
		schemes: [],
		domains: [],
		numbers: [],
		names: [],
		phrases: [],
		context: createContextReader(),
	};
}

function columns(size: number) {
	return {
		starts: new Int32Array(size),
		ends: new Int32Array(size),
		hashes: new Int32Array(size),
		marks: new Uint8Array(size),
		kinds: new Int32Array(size),
	};
}

/** Fills `tokens` from `text` in one pass. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: the one loop that every character of a text goes through
export function readTokens(tokens: Tokens, text: string, lexicon: Lexicon): void {
	reset(tokens, text);
	const { starts, ends, hashes, marks, kinds } = tokens;
	const { length } = text;
	let count = 0;
	for (let at = 0; at < length; ) {
		const code = text.charCodeAt(at);
		let entry = code < tableSize ? (characters[code] ?? 0) : 0;
		if (entry < wordEntry) {
			if (code === 64) tokens.ats.push(at);
			else if (code === 58 && text.startsWith("://", at)) tokens.schemes.push(at);
			at += 1;
			continue;
		}
		starts[count] = at;
		let hash = Math.imul(hashSeed ^ foldOfEntry(entry), hashPrime);
		let mark = openingMarks[kindOfEntry(entry)] ?? 0;
		for (at += 1; at < length; at += 1) {
			const next = text.charCodeAt(at);
			entry = next < tableSize ? (characters[next] ?? 0) : 0;
			if (entry >= wordEntry) {
				mark |= innerMarks[kindOfEntry(entry)] ?? 0;
				hash = Math.imul(hash ^ foldOfEntry(entry), hashPrime);
			} else if ((next === 39 || next === 0x2019) && isInnerApostrophe(text, at)) {
				hash = Math.imul(hash ^ 39, hashPrime);
			} else break;
		}
		ends[count] = at;
		hashes[count] = hash;
		marks[count] = mark;
		if ((mark & tokenMark.digit) !== 0) {
			kinds[count] = 0;
			tokens.numbers.push(count);
		} else {
			const known = lexicon.find(hash);
			kinds[count] = known;
			if ((known & listedBits) !== 0) listWord(tokens, count);
			const isUpper = (mark & tokenMark.opensUpper) !== 0;
			if (isUpper || isNameInLowerCase(known, kinds[count - 1] ?? 0)) tokens.names.push(count);
		}
		count += 1;
	}
	tokens.count = count;
}

const listedBits = wordKind.opensPhrase | wordKind.domain;

function listWord(tokens: Tokens, token: number): void {
	const known = tokens.kinds[token] ?? 0;
	if ((known & wordKind.opensPhrase) !== 0) tokens.phrases.push(token);
	const before = tokens.text.charCodeAt((tokens.starts[token] ?? 0) - 1);
	if ((known & wordKind.domain) !== 0 && before === 46) tokens.domains.push(token);
}

/** By `characterKind`: upper, lower, digit. */
const openingMarks = Uint8Array.of(
	0,
	tokenMark.opensUpper | tokenMark.letter,
	tokenMark.lower | tokenMark.letter,
	tokenMark.digit,
);
const innerMarks = Uint8Array.of(
	0,
	tokenMark.laterUpper | tokenMark.letter,
	tokenMark.lower | tokenMark.letter,
	tokenMark.digit,
);

function reset(tokens: Tokens, text: string): void {
	tokens.text = text;
	tokens.count = 0;
	tokens.ats.length = 0;
	tokens.schemes.length = 0;
	tokens.domains.length = 0;
	tokens.numbers.length = 0;
	tokens.names.length = 0;
	tokens.phrases.length = 0;
	tokens.context.open(text);
	// A token and what parts it from the next take two characters at least.
	const needed = (text.length >> 1) + 2;
	if (tokens.starts.length < needed) Object.assign(tokens, columns(needed * 2));
}

/** Whether the apostrophe at `at` is one as in "O'Brien" and "d'Arc", not as in "Anna's". */
function isInnerApostrophe(text: string, at: number): boolean {
	const next = text.charCodeAt(at + 1);
	const kind = kindOf(next);
	if (kind !== characterKind.upper && kind !== characterKind.lower) return false;
	return next !== 115 || kindOf(text.charCodeAt(at + 2)) !== characterKind.other;
}

/** A first name or a place that means nothing else, or a last name behind a first name. */
function isNameInLowerCase(kinds: number, before: number): boolean {
	if ((kinds & commonBits) !== 0) return false;
	if ((kinds & nameBits) !== 0) return true;
	return (kinds & wordKind.lastName) !== 0 && (before & wordKind.firstName) !== 0;
}
const nameBits = wordKind.firstName | wordKind.place | wordKind.country;
const commonBits = wordKind.common | wordKind.grammar | wordKind.particle;
