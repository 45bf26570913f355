import {
	characterKind,
	characters,
	foldMask,
	kindOf,
	kindShift,
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
	/** The UTF-16 code units of the text and one 0 behind them: faster to read than the text. */
	codes: Uint16Array;
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
		codes: new Uint16Array(2 * size),
		starts: new Int32Array(size),
		ends: new Int32Array(size),
		hashes: new Int32Array(size),
		marks: new Uint8Array(size),
		kinds: new Int32Array(size),
	};
}

// What another module exports is fetched anew at each use; the compiler knows what is a constant of this one.
const table = characters;
const entries = tableSize;
const wordFrom = wordEntry;
const folds = foldMask;
const kindAt = kindShift;
const seed = hashSeed;
const prime = hashPrime;
const upperMark = tokenMark.opensUpper;
const lowerMark = tokenMark.lower | tokenMark.letter;
const digitMark = tokenMark.digit;
const phraseKind = wordKind.opensPhrase;
const domainKind = wordKind.domain;
const firstNameKind = wordKind.firstName;
const lastNameKind = wordKind.lastName;
const listedKinds = phraseKind | domainKind;
const nameKinds = firstNameKind | wordKind.place | wordKind.country;
const commonKinds = wordKind.common | wordKind.grammar | wordKind.particle;

/** Fills `tokens` from `text` in one pass. */
export function readTokens(tokens: Tokens, text: string, lexicon: Lexicon): void {
	reset(tokens, text);
	const { codes } = tokens;
	const { length } = text;
	for (let at = 0; at < length; ) {
		const code = codes[at] ?? 0;
		const entry = code < entries ? (table[code] ?? 0) : 0;
		if (entry >= wordFrom) at = readToken(tokens, at, lexicon);
		else {
			if (code === 64) tokens.ats.push(at);
			else if (code === 58 && codes[at + 1] === 47 && codes[at + 2] === 47) tokens.schemes.push(at);
			at += 1;
		}
	}
}

/** Adds the token that begins at `start`; returns where it ends. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: the one loop that every letter of a text goes through
function readToken(tokens: Tokens, start: number, lexicon: Lexicon): number {
	const { codes, count } = tokens;
	let entry = table[codes[start] ?? 0] ?? 0;
	let hash = Math.imul(seed ^ (entry & folds), prime);
	let mark = openingMarks[entry >> kindAt] ?? 0;
	let at = start + 1;
	let code = codes[at] ?? 0;
	for (;;) {
		if (code >= 97 && code <= 122) {
			mark |= lowerMark;
			// Most of every text: nothing is looked up for these letters, and their table is themselves.
			do {
				hash = Math.imul(hash ^ code, prime);
				at += 1;
				code = codes[at] ?? 0;
			} while (code >= 97 && code <= 122);
		}
		entry = code < entries ? (table[code] ?? 0) : 0;
		if (entry >= wordFrom) {
			mark |= innerMarks[entry >> kindAt] ?? 0;
			hash = Math.imul(hash ^ (entry & folds), prime);
		} else if ((code === 39 || code === 0x2019) && isInnerApostrophe(codes, at)) {
			hash = Math.imul(hash ^ 39, prime);
		} else break;
		at += 1;
		code = codes[at] ?? 0;
	}
	tokens.starts[count] = start;
	tokens.ends[count] = at;
	tokens.hashes[count] = hash;
	tokens.marks[count] = mark;
	if ((mark & digitMark) === 0) addWord(tokens, mark, lexicon.find(hash));
	else {
		tokens.kinds[count] = 0;
		tokens.numbers.push(count);
	}
	tokens.count = count + 1;
	return at;
}

/** Notes what is known of the token that is being added. */
function addWord(tokens: Tokens, mark: number, known: number): void {
	const { count, kinds } = tokens;
	kinds[count] = known;
	if ((known & listedKinds) !== 0) listWord(tokens, count);
	const isUpper = (mark & upperMark) !== 0;
	const before = count === 0 ? 0 : (kinds[count - 1] ?? 0);
	if (isUpper || isNameInLowerCase(known, before)) tokens.names.push(count);
}

function listWord(tokens: Tokens, token: number): void {
	const known = tokens.kinds[token] ?? 0;
	if ((known & phraseKind) !== 0) tokens.phrases.push(token);
	const before = tokens.codes[(tokens.starts[token] ?? 0) - 1];
	if ((known & domainKind) !== 0 && before === 46) tokens.domains.push(token);
}

/** By `characterKind`: upper, lower, digit. */
const openingMarks = Uint8Array.of(0, upperMark | tokenMark.letter, lowerMark, digitMark);
const innerMarks = Uint8Array.of(0, tokenMark.laterUpper | tokenMark.letter, lowerMark, digitMark);

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
	copyCodes(text, tokens.codes);
}

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
/** Below this, copying letter by letter is faster than a call out of JavaScript. */
const copiedAtOnceMin = 48;

function copyCodes(text: string, codes: Uint16Array): void {
	if (isLittleEndian && text.length >= copiedAtOnceMin) {
		Buffer.from(codes.buffer, codes.byteOffset, codes.byteLength).write(text, "utf16le");
	} else {
		for (let at = 0; at < text.length; at += 1) codes[at] = text.charCodeAt(at);
	}
	codes[text.length] = 0;
}

/** Whether the apostrophe at `at` is one as in "O'Brien" and "d'Arc", not as in "Anna's". */
function isInnerApostrophe(codes: Uint16Array, at: number): boolean {
	const next = codes[at + 1] ?? 0;
	const kind = kindOf(next);
	if (kind !== characterKind.upper && kind !== characterKind.lower) return false;
	return next !== 115 || kindOf(codes[at + 2] ?? 0) !== characterKind.other;
}

/** A first name or a place that means nothing else, or a last name behind a first name. */
function isNameInLowerCase(kinds: number, before: number): boolean {
	if ((kinds & commonKinds) !== 0) return false;
	if ((kinds & nameKinds) !== 0) return true;
	return (kinds & lastNameKind) !== 0 && (before & firstNameKind) !== 0;
}
