import { commonWords } from "./common-words.ts";
import type { Words } from "./read-words.ts";
import { readWords } from "./read-words.ts";

/** A prompt, ready for answers to be compared with. */
export interface PromptIndex {
	/** Stretches of words that stand in the prompt in this order, of two words at least. */
	readonly runsIn: (text: string, words: Words) => readonly Run[];
	/** A run that consists of what every prompt says tells nothing. */
	readonly isTelling: (words: Words, run: Run) => boolean;
}

export interface Run {
	/** Indexes of words; the end is exclusive. */
	readonly from: number;
	readonly to: number;
	/** The text ends here, or in the middle of a word that goes on as the prompt does. */
	readonly isOpen: boolean;
}

/** So many words of a run may leave before it is taken for one: any two words stand somewhere. */
export const headWords = 2;

const filterBits = 1 << 16;
const placesMax = 16;

/** Linear in words, with a few candidates for each place. */
export function indexPrompt(prompt: string): PromptIndex {
	const { hashes, starts, ends, count } = readWords(prompt);
	const filter = new Uint8Array(filterBits >> 3);
	const places = new Map<number, number[]>();
	for (let index = 0; index + 1 < count; index += 1) {
		const key = pairOf(hashes, index);
		filter[(key & (filterBits - 1)) >> 3] =
			(filter[(key & (filterBits - 1)) >> 3] ?? 0) | (1 << (key & 7));
		const known = places.get(key);
		if (known === undefined) places.set(key, [index]);
		else if (known.length < placesMax) known.push(index);
	}
	const wordAt = (index: number): string =>
		index < count ? prompt.slice(starts[index], ends[index]).toLowerCase() : "";

	const longestAt = (words: Words, from: number, tail: string): Run | undefined => {
		const key = pairOf(words.hashes, from);
		if (((filter[(key & (filterBits - 1)) >> 3] ?? 0) & (1 << (key & 7))) === 0) return undefined;
		let best: Run | undefined;
		for (const place of places.get(key) ?? []) {
			let length = 2;
			while (
				from + length < words.count &&
				place + length < count &&
				words.hashes[from + length] === hashes[place + length]
			) {
				length += 1;
			}
			const to = from + length;
			const isHalf = to === words.count - 1 && wordAt(place + length).startsWith(tail);
			const isOpen = to === words.count || isHalf;
			if (best === undefined || to > best.to || (to === best.to && isOpen))
				best = { from, to, isOpen };
		}
		return best;
	};

	return {
		runsIn: (text, words) => {
			const runs: Run[] = [];
			const last = words.count - 1;
			const tail = text.slice(words.starts[last], words.ends[last]).toLowerCase();
			for (let from = 0; from < last; ) {
				const run = longestAt(words, from, tail);
				if (run !== undefined) runs.push(run);
				// The next run may begin with the word that ends this one.
				from = run === undefined ? from + 1 : Math.max(from + 1, run.to - 1);
			}
			return runs;
		},
		isTelling: (words, { from, to }) => {
			let telling = 0;
			for (let index = from; index < to; index += 1) {
				if (!commonHashes.has(words.hashes[index] ?? 0)) telling += 1;
			}
			return telling >= 3 && telling * 4 >= to - from;
		},
	};
}

function pairOf(hashes: Int32Array, index: number): number {
	return Math.imul(hashes[index] ?? 0, 0x9e3779b1) ^ (hashes[index + 1] ?? 0);
}

const commonHashes: ReadonlySet<number> = new Set(
	[...commonWords].map((word) => readWords(word).hashes[0] ?? 0),
);
