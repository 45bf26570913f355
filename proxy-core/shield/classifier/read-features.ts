import type { FeatureList, FeatureSet } from "./feature-set.ts";
import { createFeatureSet, emptyFor, put } from "./feature-set.ts";
import { createConceptReader } from "./read-concepts.ts";
import type { ScannedText } from "./scan-text.ts";

/** Tokens of a scanned text, from `first` up to but not including `end`. */
export interface TokenRange {
	readonly first: number;
	readonly end: number;
}

/** Numbers of the features of each block. The lists are reused by the next call. */
export interface Features {
	readonly words: FeatureList;
	readonly characters: FeatureList;
	readonly concepts: FeatureList;
}

export type FeatureReader = (scanned: ScannedText, range: TokenRange) => Features;

/** Sizes of the blocks as powers of two; the weights file is laid out by them. */
export const featureBits = { words: 16, characters: 16, concepts: 14 } as const;

/** Features of one text that are kept. */
const countMax = { words: 6000, characters: 16_000, concepts: 8000 } as const;

export function createFeatureReader(): FeatureReader {
	const words = createFeatureSet(featureBits.words);
	const characters = createFeatureSet(featureBits.characters);
	const concepts = createFeatureSet(featureBits.concepts);
	const readConcepts = createConceptReader();
	const features: Features = { words, characters, concepts };
	return (scanned, range) => {
		words.count = Math.min(countMax.words, readWords(words, scanned, range));
		characters.count = Math.min(countMax.characters, readCharacters(characters, scanned, range));
		concepts.count = Math.min(countMax.concepts, readConcepts(concepts, scanned, range));
		return features;
	};
}

/** One to three neighbouring tokens. */
function readWords(set: FeatureSet, { hashes }: ScannedText, { first, end }: TokenRange): number {
	emptyFor(set, 3 * (end - first) + 1);
	let count = 0;
	for (let index = first; index < end; index++) {
		let hash = hashes[index] ?? 0;
		count = put(set, count, hash);
		if (index + 1 >= end) break;
		hash = (Math.imul(hash, 31) + (hashes[index + 1] ?? 0)) | 0;
		count = put(set, count, hash);
		if (index + 2 >= end) continue;
		hash = (Math.imul(hash, 31) + (hashes[index + 2] ?? 0)) | 0;
		count = put(set, count, hash);
	}
	return count;
}

const blankCode = 32;

/** Three to five neighbouring characters, words padded with a blank and never joined. */
function readCharacters(set: FeatureSet, scanned: ScannedText, range: TokenRange): number {
	const { codes } = scanned;
	const [from, to] = spanOf(scanned, range);
	emptyFor(set, 3 * (to - from + 1) + 1);
	let count = 0;
	let first = blankCode;
	let second = plainCode(codes, from, to);
	let third = plainCode(codes, from + 1, to);
	let fourth = plainCode(codes, from + 2, to);
	for (let at = from + 3; at < to + 4; at++) {
		const fifth = plainCode(codes, at, to);
		// An n-gram ends where its word does.
		if (second !== blankCode) {
			let hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
			hash = (hash ^ Math.imul(third, 0xc2b2ae35)) | 0;
			count = put(set, count, (hash + 3) | 0);
			if (third !== blankCode) {
				hash = Math.imul(hash, 31) ^ Math.imul(fourth, 0x27d4eb2f);
				count = put(set, count, (hash + 4) | 0);
				if (fourth !== blankCode) {
					hash = Math.imul(hash, 31) ^ Math.imul(fifth, 0x165667b1);
					count = put(set, count, (hash + 5) | 0);
				}
			}
		}
		first = second;
		second = third;
		third = fourth;
		fourth = fifth;
	}
	return count;
}

function spanOf(
	{ starts, ends, length }: ScannedText,
	{ first, end }: TokenRange,
): readonly [from: number, to: number] {
	return end > first ? [starts[first] ?? 0, ends[end - 1] ?? 0] : [length, length];
}

/** The text is followed by blanks, and all of them are alike. */
function plainCode(codes: Uint16Array, at: number, to: number): number {
	const code = at < to ? (codes[at] ?? 0) : blankCode;
	if (code > blankCode && code !== 0xa0) return code;
	return code === 10 || code === 13 || code === 9 || code === 0xa0 ? blankCode : code;
}
