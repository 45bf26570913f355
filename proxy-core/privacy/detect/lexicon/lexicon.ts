import { readFileSync } from "node:fs";
import { cueWords } from "./cue-words.ts";
import { hashWord } from "./hash-word.ts";
import { wordKind } from "./word-kinds.ts";

/** Names and words by the hash of their folded letters. */
export interface Lexicon {
	/** Bits of `wordKind` of the word with that hash; 0 when nothing is known. */
	readonly find: (hash: number) => number;
}

const files: readonly (readonly [kind: number, name: string])[] = [
	[wordKind.firstName, "first-names"],
	[wordKind.lastName, "last-names"],
	[wordKind.place, "places"],
	[wordKind.country, "countries"],
	[wordKind.nationality, "nationalities"],
	[wordKind.organization, "organizations"],
	[wordKind.common, "common-words"],
];

/** The most words that a name of the lexicon has. */
export const phraseWordsMax = 4;

/** Hash of a name of several words from those of its words; in 32 bits, as the table holds them. */
export function joinHash(before: number, word: number): number {
	return (Math.imul(before ^ (word >>> 7) ^ (word << 3), 0x5bd1e995) + word) | 0;
}

/** Twice as many as there are words. A slot is a hash with its kinds beside it: one look into memory. */
const slots = 1 << 18;
/** Bits that say whether a word of such a hash is known at all: small enough to stay near the processor. */
const filterBits = 21;

/** Reads the lists that lie beside this file: about 120,000 words, 60 ms. */
export function readLexicon(folder: URL = new URL("./", import.meta.url)): Lexicon {
	const table = new Int32Array(2 * slots);
	const filter = new Uint8Array((1 << filterBits) >> 3);
	const filterOf = (hash: number): number => (hash ^ (hash >>> 13)) & ((1 << filterBits) - 1);
	const placeOf = (hash: number): number => {
		let place = 2 * ((hash ^ (hash >>> 15)) & (slots - 1));
		while (table[place + 1] !== 0 && table[place] !== hash) place = (place + 2) & (2 * slots - 1);
		return place;
	};
	const add = (hash: number, kind: number): void => {
		const place = placeOf(hash);
		const bit = filterOf(hash);
		filter[bit >> 3] = (filter[bit >> 3] ?? 0) | (1 << (bit & 7));
		table[place] = hash;
		table[place + 1] = (table[place + 1] ?? 0) | kind;
	};
	const addName = (name: string, kind: number): void => {
		const [first = "", ...rest] = name.split(/[ -]/);
		const opening = hashWord(first);
		if (rest.length === 0) {
			add(opening, kind);
			return;
		}
		let hash = opening;
		for (const word of rest) {
			add(hash | 0, wordKind.opensPhrase);
			hash = joinHash(hash, hashWord(word));
		}
		add(hash, kind);
	};
	for (const [kind, name] of files) {
		const list = readFileSync(new URL(`${name}.txt`, folder), "utf8");
		for (const word of list.split(/[,\n]/)) if (word !== "") addName(word, kind);
	}
	for (const [kind, words] of cueWords) for (const word of words.split(" ")) addName(word, kind);
	return {
		find: (hash) => {
			const bit = filterOf(hash);
			if (((filter[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) return 0;
			return table[placeOf(hash) + 1] ?? 0;
		},
	};
}
