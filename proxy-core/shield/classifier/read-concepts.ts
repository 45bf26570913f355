import { concepts as conceptNames } from "../lexicon/concepts.ts";
import type { FeatureSet } from "./feature-set.ts";
import { emptyFor, put } from "./feature-set.ts";
import type { TokenRange } from "./read-features.ts";
import type { ScannedText } from "./scan-text.ts";

/** Appends to the set which concepts there are, how many, and which follow which at what distance. */
export type ConceptReader = (set: FeatureSet, scanned: ScannedText, range: TokenRange) => number;

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

/** How many features a concept may have as one among others, and each time it occurs. */
const featuresPerConcept = 6;
const featuresPerOccurrence = 3 + 2 * neighboursMax;
const denseShares = [0.03, 0.08, 0.15] as const;

/** Occurrences of concepts, in their order. */
interface Occurrences {
	places: Int32Array;
	concepts: Int32Array;
	count: number;
}

export function createConceptReader(): ConceptReader {
	const counts = new Int32Array(conceptNames.length);
	const found: Occurrences = { places: new Int32Array(0), concepts: new Int32Array(0), count: 0 };
	return (set, scanned, range) => {
		findConcepts(found, scanned, range);
		emptyFor(set, found.count * featuresPerOccurrence + counts.length * featuresPerConcept);
		counts.fill(0);
		for (let index = 0; index < found.count; index++) {
			const concept = found.concepts[index] ?? 0;
			counts[concept] = (counts[concept] ?? 0) + 1;
		}
		return readCounts({ set, count: readFollowers(set, found), counts, range });
	};
}

function findConcepts(
	found: Occurrences,
	{ concepts, places }: ScannedText,
	{ first, end }: TokenRange,
): void {
	found.count = 0;
	for (let index = first; index < end; index++) {
		for (let bits = concepts[index] ?? 0; bits !== 0; bits &= bits - 1) {
			if (found.count === found.places.length) makeRoom(found);
			found.places[found.count] = places[index] ?? 0;
			found.concepts[found.count++] = 31 - Math.clz32(bits & -bits);
		}
	}
}

function makeRoom(found: Occurrences): void {
	const { places, concepts } = found;
	const room = Math.max(512, places.length * 2);
	found.places = new Int32Array(room);
	found.places.set(places);
	found.concepts = new Int32Array(room);
	found.concepts.set(concepts);
}

function readFollowers(set: FeatureSet, found: Occurrences): number {
	let count = 0;
	for (let index = 0; index < found.count; index++) {
		if (index < 3) count = put(set, count, feature(kinds.first, found.concepts[index] ?? 0, 0));
		set.count = count;
		count = readNext(set, found, index);
		set.count = count;
		count = readNear(set, found, index);
	}
	return count;
}

/** The concept right behind, and the one behind that. */
function readNext(set: FeatureSet, { places, concepts, count: all }: Occurrences, index: number) {
	const farthest = (places[index] ?? 0) + tripleHalfWords;
	const next = index + 1;
	if (next >= all || (places[next] ?? 0) > farthest) return set.count;
	const concept = concepts[index] ?? 0;
	const follower = concepts[next] ?? 0;
	const count = put(set, set.count, feature(kinds.next, concept, follower));
	if (next + 1 >= all || (places[next + 1] ?? 0) > farthest) return count;
	const triple = follower * 32 + (concepts[next + 1] ?? 0);
	return put(set, count, feature(kinds.triple, concept, triple));
}

/** The concepts within some words, in whatever order they follow. */
function readNear(set: FeatureSet, { places, concepts, count: all }: Occurrences, index: number) {
	const place = places[index] ?? 0;
	const concept = concepts[index] ?? 0;
	const last = Math.min(all, index + neighboursMax);
	let { count } = set;
	for (let other = index + 1; other < last; other++) {
		const distance = (places[other] ?? 0) - place;
		if (distance > pairHalfWords) break;
		const follower = concepts[other] ?? 0;
		if (follower === concept) continue;
		count = put(set, count, feature(kinds.pair, concept, follower));
		if (distance <= nearHalfWords) count = put(set, count, feature(kinds.near, concept, follower));
	}
	return count;
}

interface CountWork {
	readonly set: FeatureSet;
	/** Features that are in the set already. */
	readonly count: number;
	/** How often each concept occurs. */
	readonly counts: Int32Array;
	readonly range: TokenRange;
}

function readCounts({ set, count: before, counts, range }: CountWork): number {
	const tokens = Math.max(8, range.end - range.first);
	let met = before;
	for (let concept = 0; concept < counts.length; concept++) {
		const count = counts[concept] ?? 0;
		if (count === 0) continue;
		met = put(set, met, feature(kinds.one, concept, 0));
		if (count >= 3) met = put(set, met, feature(kinds.many, concept, 0));
		if (count >= 8) met = put(set, met, feature(kinds.crowd, concept, 0));
		for (let level = 0; level < denseShares.length; level++) {
			if (count / tokens <= (denseShares[level] ?? 1)) break;
			met = put(set, met, feature(kinds.dense, concept, level));
		}
	}
	return met;
}

function feature(kind: number, concept: number, detail: number): number {
	return Math.imul((kind * 32 + concept) * 1024 + detail, 0x9e3779b1);
}
