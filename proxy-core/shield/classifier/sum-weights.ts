import type { FeatureList } from "./feature-set.ts";
import type { RangeFeatures } from "./read-blocks.ts";
import { characterOffset } from "./read-blocks.ts";
import type { Block, DetectorWeights } from "./weights.ts";
import { blockScore, scoreOfSum } from "./weights.ts";

/** What the blocks that judge whole texts say about a stretch of text, in standard deviations. */
export interface BlockScores {
	readonly words: number;
	readonly characters: number;
	readonly concepts: number;
	readonly style: number;
}

/**
 * Asks several blocks at once. The weights of a feature stand side by side, because fetching them is
 * most of the work.
 */
export function createBlockScorer(weights: DetectorWeights) {
	const { words: ofWords, characters, documentWords } = weights;
	const ofCharacters = sideBySide(ofWords.weights.subarray(characterOffset), characters.weights);
	const characterWeights = documentWords.weights.subarray(characterOffset);
	return {
		/** What the blocks say that judge whole texts. */
		whole: (features: RangeFeatures): BlockScores => {
			const { words, characters: found, concepts, style } = features;
			const { left, right } = sumOfBoth(ofCharacters, found);
			const sum = sumOf(ofWords.weights, words) + left;
			return {
				words: scoreOfSum(ofWords, sum, words.count + found.count),
				characters: scoreOfSum(characters, right, found.count),
				concepts: scoreOfList(weights.concepts, concepts),
				style: blockScore(weights.style, style),
			};
		},
		/** How much a stretch of a document reads like something that a person asks a model. */
		request: ({ words, characters: found, concepts }: RangeFeatures): number => {
			const sum = sumOf(documentWords.weights, words) + sumOf(characterWeights, found);
			const ofRequest = scoreOfSum(documentWords, sum, words.count + found.count);
			return requestOf(ofRequest, scoreOfList(weights.documentConcepts, concepts));
		},
	};
}

/** Concepts carry over to documents of other kinds better than words do. */
const conceptShare = 1.5;

/** From what the two blocks say that judge stretches of documents. */
export function requestOf(words: number, concepts: number): number {
	return words + conceptShare * concepts;
}

/** The left one in the upper byte, the right one in the lower. */
function sideBySide(left: Int8Array, right: Int8Array): Int16Array {
	return Int16Array.from(left, (weight, at) => (weight << 8) | ((right[at] ?? 0) & 0xff));
}

function sumOfBoth(weights: Int16Array, { numbers, count }: FeatureList) {
	let left = 0;
	let right = 0;
	for (let index = 0; index < count; index++) {
		const both = weights[numbers[index] ?? 0] ?? 0;
		left += both >> 8;
		right += (both << 24) >> 24;
	}
	return { left, right };
}

function sumOf(weights: Int8Array, { numbers, count }: FeatureList): number {
	let sum = 0;
	for (let index = 0; index < count; index++) sum += weights[numbers[index] ?? 0] ?? 0;
	return sum;
}

function scoreOfList(block: Block, list: FeatureList): number {
	return scoreOfSum(block, sumOf(block.weights, list), list.count);
}
