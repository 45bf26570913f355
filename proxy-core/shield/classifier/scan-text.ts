import { codesOf } from "../../normalise/text-codes.ts";
import { conceptStems } from "../lexicon/concepts.ts";
import type { StemTrie } from "../lexicon/stem-trie.ts";
import { createStemTrie } from "../lexicon/stem-trie.ts";
import { ruleLiterals } from "../rules/rule-data.ts";
import { characterKinds, createCharacterKinds } from "./character-classes.ts";
import { lowerCase } from "./lower-case.ts";

/**
 * A text cut into tokens, with the concepts that begin at them. The columns have room for more than
 * `tokens`, and `codes` for more than `length`; all belong to the scanner, whose next call overwrites
 * them.
 */
export interface ScannedText {
	/** Code units as written. */
	readonly written: Uint16Array;
	/** The same in lower case, and zeros behind them. */
	readonly codes: Uint16Array;
	readonly length: number;
	readonly isAscii: boolean;
	readonly tokens: number;
	readonly starts: Int32Array;
	readonly ends: Int32Array;
	readonly hashes: Int32Array;
	/** Sets of bits. */
	readonly concepts: Int32Array;
	/** In half words, so that a character of a dense script counts half as much as a word. */
	readonly places: Int32Array;
	/** The concepts of all tokens. */
	readonly seen: number;
	/** Tokens that have a concept, ascending. */
	readonly meaningful: Int32Array;
	readonly meaningfulCount: number;
	/** Tokens at which a literal of a rule begins. */
	readonly literalTokens: readonly number[];
}

/** `written`: the code units of the text, if the caller has them; `isAscii`: if it knows. */
export type TextScanner = (text: string, written?: Uint16Array, isAscii?: boolean) => ScannedText;

const { blank, letter, digit, mark, dense } = characterKinds;
/** Marks that stand together as one token. */
const repeatable = 1 + Math.max(...Object.values(characterKinds));

/** No concept has that number. */
const literalConcept = 31;
const literalBit = 1 << literalConcept;

/** Makes the tables; the scanner is linear in the length of its text. */
export function createTextScanner(): TextScanner {
	const kinds = createCharacterKinds();
	for (const char of "#=-*_`~.!?") kinds[char.charCodeAt(0)] = repeatable;
	const isWordPart = (code: number): boolean => {
		const kind = kinds[code];
		return kind === letter || kind === digit;
	};
	const literals = ruleLiterals.map((text) => ({ text, isWhole: false, concept: literalConcept }));
	const trie = createStemTrie([...conceptStems(), ...literals], isWordPart);
	let columns = createColumns(0);
	return (text, written = codesOf(text), isAscii = isAllAscii(written)) => {
		const { length } = written;
		if (length > columns.room) columns = createColumns(length);
		columns.writeCodes(lowerCase(text));
		// What looks ahead sees that the text has ended.
		columns.codes.fill(0, length, length + lookAhead);
		const tokens = cutTokens(columns, length, kinds);
		const found = readConcepts(columns, tokens, trie);
		const { codes, starts, ends, hashes, concepts, places, meaningful } = columns;
		return {
			written,
			codes,
			length,
			isAscii,
			tokens,
			starts,
			ends,
			hashes,
			concepts,
			places,
			meaningful,
			...found,
		};
	};
}

function isAllAscii(codes: Uint16Array): boolean {
	let all = 0;
	for (let at = 0; at < codes.length && all < 128; at++) all |= codes[at] ?? 0;
	return all < 128;
}

type Columns = ReturnType<typeof createColumns>;

const lookAhead = 4;
const roomMin = 4096;

function createColumns(length: number) {
	const room = Math.max(roomMin, Math.ceil(length * 1.25));
	const codes = new Uint16Array(room + lookAhead);
	const bytes = Buffer.from(codes.buffer);
	return {
		room,
		codes,
		writeCodes: (text: string) => bytes.write(text, "utf16le"),
		starts: new Int32Array(room),
		ends: new Int32Array(room),
		hashes: new Int32Array(room),
		concepts: new Int32Array(room),
		places: new Int32Array(room),
		meaningful: new Int32Array(room),
	};
}

const hashSeed = 0x811c9dc5 | 0;
const hashFactor = 0x01000193;
/** All numbers are alike. */
const digitHash = 48;
const straightApostrophe = 39;
const curlyApostrophe = 0x2019;

/** Fills every column of the tokens but the concepts, and counts the tokens. */
function cutTokens(columns: Columns, length: number, kinds: Uint8Array): number {
	const { codes, starts, ends, places } = columns;
	let token = 0;
	let place = 0;
	for (let at = 0; at < length; ) {
		const kind = kinds[codes[at] ?? 0] ?? mark;
		if (kind === blank) {
			at++;
			continue;
		}
		starts[token] = at;
		places[token] = place;
		at = kind === letter ? readWord(columns, token, kinds) : readRun(columns, token, kinds);
		ends[token++] = at;
		place += kind === dense ? 1 : 2;
	}
	return token;
}

/** Hashes the word that begins at a token; returns its end. */
function readWord({ codes, starts, hashes }: Columns, token: number, kinds: Uint8Array): number {
	let at = starts[token] ?? 0;
	let hash = hashSeed;
	for (;;) {
		let code = codes[at] ?? 0;
		if (kinds[code] !== letter) {
			// An apostrophe belongs to the word that goes on behind it.
			if (code !== straightApostrophe && code !== curlyApostrophe) break;
			if (kinds[codes[at + 1] ?? 0] !== letter) break;
			code = straightApostrophe;
		}
		hash = Math.imul(hash ^ code, hashFactor);
		at++;
	}
	hashes[token] = hash;
	return at;
}

/** The same for whatever is no word: numbers, line ends and some marks stand together. */
function readRun({ codes, starts, hashes }: Columns, token: number, kinds: Uint8Array): number {
	let at = starts[token] ?? 0;
	const code = codes[at++] ?? 0;
	const kind = kinds[code];
	let hash = hashOne(code);
	if (kind !== dense && kind !== mark) {
		for (; kinds[codes[at] ?? 0] === kind; at++) {
			hash = Math.imul(hash ^ (codes[at] ?? 0), hashFactor);
		}
	}
	hashes[token] = kind === digit ? digitHash : hash;
	return at;
}

function hashOne(code: number): number {
	const plain = code === curlyApostrophe ? straightApostrophe : code;
	return Math.imul(hashSeed ^ plain, hashFactor);
}

/** Fills the column of the concepts. */
function readConcepts(
	{ codes, starts, ends, concepts, meaningful }: Columns,
	tokens: number,
	{ conceptsAt }: StemTrie,
) {
	const literalTokens: number[] = [];
	let meaningfulCount = 0;
	let seen = 0;
	for (let token = 0; token < tokens; token++) {
		const at = starts[token] ?? 0;
		const code = codes[at] ?? 0;
		let found = conceptsAt(codes, at);
		if (code >>> 8 === 6) {
			for (const length of articlesAt(codes, at)) {
				if ((ends[token] ?? 0) - at - length >= 3) found |= conceptsAt(codes, at + length);
			}
		}
		if ((found & literalBit) !== 0) literalTokens.push(token);
		const bits = found & ~literalBit;
		concepts[token] = bits;
		meaningful[meaningfulCount] = token;
		meaningfulCount += bits === 0 ? 0 : 1;
		seen |= bits;
	}
	return { seen, meaningfulCount, literalTokens };
}

const noArticles: readonly number[] = [];
/** Arabic joins "and", "the" and prepositions to the word. */
const articles: readonly (readonly number[])[] = ["وال", "بال", "ال", "و", "ب", "ف", "ل"].map(
	(article) => Array.from(article, (char) => char.charCodeAt(0)),
);
const articleFirsts: ReadonlySet<number> = new Set(articles.flatMap(([first]) => first ?? []));

/** Lengths of those that a word begins with. */
function articlesAt(codes: Uint16Array, at: number): readonly number[] {
	if (!articleFirsts.has(codes[at] ?? 0)) return noArticles;
	return articles
		.filter((article) => article.every((code, index) => codes[at + index] === code))
		.map(({ length }) => length);
}

/** The hash that a word in lower case has as a token. */
export function hashWord(word: string): number {
	let hash = hashSeed;
	for (let index = 0; index < word.length; index++) {
		const code = word.charCodeAt(index);
		hash = Math.imul(hash ^ (code === curlyApostrophe ? straightApostrophe : code), hashFactor);
	}
	return hash;
}
