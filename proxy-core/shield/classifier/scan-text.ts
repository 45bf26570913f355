import { codesOf } from "../../normalise/text-codes.ts";
import { conceptStems } from "../lexicon/concepts.ts";
import { createStemTrie } from "../lexicon/stem-trie.ts";
import { ruleLiterals } from "../rules/rule-data.ts";
import { characterKinds, createCharacterKinds } from "./character-classes.ts";

/** A text cut into tokens, with the concepts that begin at them. Arrays are as long as `tokens`. */
export interface ScannedText {
	/** Lower case; as long as the text it was made from. */
	readonly text: string;
	/** Its code units. */
	readonly codes: Uint16Array;
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
	/** Tokens at which a literal of a rule begins. */
	readonly literalTokens: readonly number[];
}

export type TextScanner = (text: string) => ScannedText;

const { blank, letter, digit, mark, dense } = characterKinds;
const repeated = new Set(Array.from("#=-*_`~.!?", (char) => char.charCodeAt(0)));

/** No concept has that number. */
const literalConcept = 30;
const literalBit = 1 << literalConcept;

/** Makes the tables; the scanner is linear in the length of its text. */
export function createTextScanner(): TextScanner {
	const kinds = createCharacterKinds();
	const isWordPart = (code: number): boolean => {
		const kind = kinds[code];
		return kind === letter || kind === digit;
	};
	const literals = ruleLiterals.map((text) => ({ text, isWhole: false, concept: literalConcept }));
	const trie = createStemTrie([...conceptStems(), ...literals], isWordPart);
	return (original) => {
		const text = lowerCase(original);
		const codes = codesOf(text);
		const columns = cutTokens(codes, kinds);
		return { text, codes, ...columns, ...readConcepts(text, codes, columns) };
	};

	/** Fills the column of the concepts. */
	function readConcepts(text: string, codes: Uint16Array, columns: Columns) {
		const { starts, ends, concepts, tokens } = columns;
		const literalTokens: number[] = [];
		const meaningful = new Int32Array(tokens);
		let count = 0;
		let seen = 0;
		for (let token = 0; token < tokens; token++) {
			const at = starts[token] ?? 0;
			const code = codes[at] ?? 0;
			let found = trie.conceptsAt(codes, at);
			if (code >= 0x0600 && code <= 0x06ff) {
				found |= afterArticle(text, codes, [at, ends[token] ?? at]);
			}
			if (found === 0) continue;
			if ((found & literalBit) !== 0) literalTokens.push(token);
			const bits = found & ~literalBit;
			if (bits === 0) continue;
			concepts[token] = bits;
			meaningful[count++] = token;
			seen |= bits;
		}
		return { seen, meaningful: meaningful.subarray(0, count), literalTokens };
	}

	/** Arabic joins "and", "the" and prepositions to the word. */
	function afterArticle(text: string, codes: Uint16Array, [start, end]: [number, number]): number {
		let found = 0;
		for (const article of ["وال", "بال", "ال", "و", "ب", "ف", "ل"]) {
			if (end - start - article.length >= 3 && text.startsWith(article, start)) {
				found |= trie.conceptsAt(codes, start + article.length);
			}
		}
		return found;
	}
}

type Columns = ReturnType<typeof cutTokens>;

/** Every column of the tokens but the concepts, which are still empty. */
function cutTokens(codes: Uint16Array, kinds: Uint8Array) {
	// Most characters begin no token; counting first is cheaper than five columns of that length.
	const room = countTokenStarts(codes, kinds);
	const starts = new Int32Array(room);
	const ends = new Int32Array(room);
	const hashes = new Int32Array(room);
	const places = new Int32Array(room);
	let tokens = 0;
	let place = 0;
	for (let at = nextStart(codes, 0, kinds); at < codes.length; ) {
		const kind = kinds[codes[at] ?? 0] ?? mark;
		const end = kind === letter ? wordEnd(codes, at, kinds) : tokenEnd({ codes, at, kind, kinds });
		starts[tokens] = at;
		ends[tokens] = end;
		hashes[tokens] = kind === digit ? digitHash : hashOf(codes, at, end);
		places[tokens++] = place;
		place += kind === dense ? 1 : 2;
		at = nextStart(codes, end, kinds);
	}
	return { tokens, starts, ends, hashes, concepts: new Int32Array(room), places };
}

/** At least as many tokens as the text has. */
function countTokenStarts(codes: Uint16Array, kinds: Uint8Array): number {
	let count = 1;
	let before = 255;
	for (let at = 0; at < codes.length; at++) {
		const kind = kinds[codes[at] ?? 0] ?? mark;
		if (kind !== before || kind === dense || kind === mark) count++;
		before = kind;
	}
	return count;
}

function nextStart(codes: Uint16Array, from: number, kinds: Uint8Array): number {
	let at = from;
	while (at < codes.length && kinds[codes[at] ?? 0] === blank) at++;
	return at;
}

function lowerCase(text: string): string {
	const lower = text.toLowerCase();
	return lower.length === text.length ? lower : text.replaceAll("\u0130", "I").toLowerCase();
}

interface TokenStart {
	readonly codes: Uint16Array;
	readonly at: number;
	readonly kind: number;
	readonly kinds: Uint8Array;
}

/** All numbers are alike. */
const digitHash = 48;
const straightApostrophe = 39;
const curlyApostrophe = 0x2019;

function wordEnd(codes: Uint16Array, at: number, kinds: Uint8Array): number {
	let end = at + 1;
	while (end < codes.length) {
		const code = codes[end] ?? 0;
		if (kinds[code] === letter) end++;
		else if (
			(code === straightApostrophe || code === curlyApostrophe) &&
			end + 1 < codes.length &&
			kinds[codes[end + 1] ?? 0] === letter
		) {
			end += 2;
		} else break;
	}
	return end;
}

function tokenEnd({ codes, at, kind, kinds }: TokenStart): number {
	let end = at + 1;
	if (kind === dense) return end;
	if (kind === mark) {
		if (!repeated.has(codes[at] ?? 0)) return end;
		while (end < codes.length && repeated.has(codes[end] ?? 0)) end++;
		return end;
	}
	while (end < codes.length && kinds[codes[end] ?? 0] === kind) end++;
	return end;
}

/** The hash that a word in lower case has as a token. */
export function hashWord(word: string): number {
	return hashOf(codesOf(word), 0, word.length);
}

function hashOf(codes: Uint16Array, start: number, end: number): number {
	let hash = 0x811c9dc5 | 0;
	for (let index = start; index < end; index++) {
		const code = codes[index] ?? 0;
		hash = Math.imul(hash ^ (code === curlyApostrophe ? straightApostrophe : code), 0x01000193);
	}
	return hash;
}
