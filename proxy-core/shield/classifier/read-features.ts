import { concepts as conceptNames } from "../lexicon/concepts.ts";
import type { FeatureBuffer } from "./feature-buffer.ts";
import { createFeatureBuffer } from "./feature-buffer.ts";
import type { ScannedText } from "./scan-text.ts";

/** Tokens of a scanned text, from `first` up to but not including `end`. */
export interface TokenRange {
	readonly first: number;
	readonly end: number;
}

/** Numbers of the features of each block. The arrays are reused by the next call. */
export interface Features {
	readonly words: Int32Array;
	readonly characters: Int32Array;
	readonly concepts: Int32Array;
}

export type FeatureReader = (scanned: ScannedText, range: TokenRange) => Features;

/** Sizes of the blocks as powers of two; the weights file is laid out by them. */
export const featureBits = { words: 16, characters: 16, concepts: 14 } as const;

/** Features of one text that are kept. */
export const countMax = { words: 6000, characters: 16_000, concepts: 8000 } as const;

export function createFeatureReader(): FeatureReader {
	const words = createFeatureBuffer(featureBits.words, countMax.words);
	const characters = createFeatureBuffer(featureBits.characters, countMax.characters);
	const concepts = createFeatureBuffer(featureBits.concepts, countMax.concepts);
	const counts = new Int32Array(conceptNames.length);
	return (scanned, range) => {
		addWords(words, scanned, range);
		addCharacters(characters, scanned, range);
		addConcepts({ buffer: concepts, scanned, range, counts });
		return { words: words.take(), characters: characters.take(), concepts: concepts.take() };
	};
}

/** One to three neighbouring tokens. */
function addWords(
	{ add }: FeatureBuffer,
	{ hashes }: ScannedText,
	{ first, end }: TokenRange,
): void {
	for (let index = first; index < end; index++) {
		let hash = hashes[index] ?? 0;
		add(hash);
		for (let next = index + 1; next < Math.min(end, index + 3); next++) {
			hash = (Math.imul(hash, 31) + (hashes[next] ?? 0)) | 0;
			add(hash);
		}
	}
}

const blankCode = 32;

/** Three to five neighbouring characters, words padded with a blank and never joined. */
function addCharacters({ add }: FeatureBuffer, scanned: ScannedText, range: TokenRange): void {
	const { codes, starts, ends } = scanned;
	const from = starts[range.first] ?? codes.length;
	const to = range.end > range.first ? (ends[range.end - 1] ?? from) : from;
	const codeAt = (at: number): number => (at < to ? blankAs(codes[at] ?? 0) : blankCode);
	let first = blankCode;
	let second = codeAt(from);
	let third = codeAt(from + 1);
	let fourth = codeAt(from + 2);
	for (let at = from - 1; at < to; at++) {
		const fifth = codeAt(at + 4);
		// An n-gram ends where its word does.
		if (second !== blankCode) {
			let hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
			hash = (hash ^ Math.imul(third, 0xc2b2ae35)) | 0;
			add(hash + 3);
			if (third !== blankCode) {
				hash = Math.imul(hash, 31) ^ Math.imul(fourth, 0x27d4eb2f);
				add(hash + 4);
				if (fourth !== blankCode) add((Math.imul(hash, 31) ^ Math.imul(fifth, 0x165667b1)) + 5);
			}
		}
		first = second;
		second = third;
		third = fourth;
		fourth = fifth;
	}
}

function blankAs(code: number): number {
	return code === 10 || code === 13 || code === 9 || code === 0xa0 ? blankCode : code;
}

interface ConceptWork {
	readonly buffer: FeatureBuffer;
	readonly scanned: ScannedText;
	readonly range: TokenRange;
	readonly counts: Int32Array;
}

/** In half words. */
const nearHalfWords = 6;
const pairHalfWords = 14;
const tripleHalfWords = 28;
const neighboursMax = 9;

const kinds = {
	one: 1,
	many: 2,
	crowd: 3,
	dense: 4,
	first: 5,
	next: 6,
	triple: 7,
	pair: 8,
	near: 9,
};

/** Which concepts there are, how many, and which follow which at what distance. */
function addConcepts({ buffer, scanned, range, counts }: ConceptWork): void {
	const found = conceptList(scanned, range);
	counts.fill(0);
	const { add } = buffer;
	for (let index = 0; index < found.length; index += 2) {
		const concept = found[index + 1] ?? 0;
		counts[concept] = (counts[concept] ?? 0) + 1;
		if (index < 6) add(feature(kinds.first, concept, 0));
		addFollowers(add, found, index);
	}
	const tokens = Math.max(8, range.end - range.first);
	for (let concept = 0; concept < counts.length; concept++) {
		const count = counts[concept] ?? 0;
		if (count === 0) continue;
		add(feature(kinds.one, concept, 0));
		if (count >= 3) add(feature(kinds.many, concept, 0));
		if (count >= 8) add(feature(kinds.crowd, concept, 0));
		for (const [level, share] of [0.03, 0.08, 0.15].entries()) {
			if (count / tokens > share) add(feature(kinds.dense, concept, level));
		}
	}
}

/** Places and concepts in turn. */
function conceptList({ concepts, places }: ScannedText, { first, end }: TokenRange): number[] {
	const found: number[] = [];
	for (let index = first; index < end; index++) {
		let bits = concepts[index] ?? 0;
		while (bits !== 0) {
			const lowest = bits & -bits;
			found.push(places[index] ?? 0, 31 - Math.clz32(lowest));
			bits ^= lowest;
		}
	}
	return found;
}

function addFollowers(add: FeatureBuffer["add"], found: readonly number[], index: number): void {
	const place = found[index] ?? 0;
	const concept = found[index + 1] ?? 0;
	const last = Math.min(found.length, index + 2 * neighboursMax);
	for (let other = index + 2; other < last; other += 2) {
		const distance = (found[other] ?? 0) - place;
		const follower = found[other + 1] ?? 0;
		if (other === index + 2) addNext(add, found, index);
		if (distance > pairHalfWords) break;
		if (follower === concept) continue;
		add(feature(kinds.pair, concept, follower));
		if (distance <= nearHalfWords) add(feature(kinds.near, concept, follower));
	}
}

/** The concept right behind, and the one behind that. */
function addNext(add: FeatureBuffer["add"], found: readonly number[], index: number): void {
	const farthest = (found[index] ?? 0) + tripleHalfWords;
	if ((found[index + 2] ?? 0) > farthest) return;
	const concept = found[index + 1] ?? 0;
	const follower = found[index + 3] ?? 0;
	add(feature(kinds.next, concept, follower));
	if (index + 4 < found.length && (found[index + 4] ?? 0) <= farthest) {
		add(feature(kinds.triple, concept, follower * 32 + (found[index + 5] ?? 0)));
	}
}

function feature(kind: number, concept: number, detail: number): number {
	return Math.imul((kind * 32 + concept) * 1024 + detail, 0x9e3779b1);
}
