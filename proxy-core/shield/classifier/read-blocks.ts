import type { Features, TokenRange } from "./read-features.ts";
import { createFeatureReader, featureBits } from "./read-features.ts";
import { createStyleMeter, styleNames } from "./read-style.ts";
import type { ScannedText } from "./scan-text.ts";
import { styleLevels } from "./weights.ts";

/** Features of a stretch of text, as each block of the weights numbers them. */
export interface BlockFeatures {
	/** Of words, and behind them those of characters. */
	readonly words: Int32Array;
	readonly characters: Int32Array;
	readonly concepts: Int32Array;
	readonly style: Int32Array;
}

export interface StyleScale {
	readonly styleCuts: readonly (readonly number[])[];
	readonly surprise: Float32Array;
}

export type BlockReader = (scanned: ScannedText, range: TokenRange) => BlockFeatures;

/** Where the features of characters begin in a block that has those of words, too. */
export const characterOffset = 2 ** featureBits.words;

/** Reads features in the form in which weights are fitted to them. */
export function createBlockReader(scale: StyleScale): BlockReader {
	const read = createRangeReader(scale);
	return (scanned, range) => {
		const { words, characters, concepts, style } = read(scanned, range);
		const joined = new Int32Array(words.count + characters.count);
		joined.set(words.numbers.subarray(0, words.count));
		const ofCharacters = characters.numbers.slice(0, characters.count);
		joined.set(
			ofCharacters.map((number) => characterOffset + number),
			words.count,
		);
		return {
			words: joined,
			characters: ofCharacters,
			concepts: concepts.numbers.slice(0, concepts.count),
			style: style.slice(),
		};
	};
}

export interface RangeFeatures extends Features {
	/** One number for each of `styleNames`. */
	readonly style: Int32Array;
}

/** The lists are reused by the next call. */
export type RangeReader = (scanned: ScannedText, range: TokenRange) => RangeFeatures;

export function createRangeReader({ styleCuts, surprise }: StyleScale): RangeReader {
	const read = createFeatureReader();
	const measure = createStyleMeter(surprise);
	const style = new Int32Array(styleNames.length);
	const cuts = flatCuts(styleCuts);
	return (scanned, range) => {
		const { words, characters, concepts } = read(scanned, range);
		const values = measure(scanned, range);
		for (let index = 0; index < values.length; index++) {
			const value = values[index] ?? 0;
			let level = 0;
			while (value > (cuts[index * styleLevels + level] ?? 0)) level++;
			style[index] = index * styleLevels + level;
		}
		return { words, characters, concepts, style };
	};
}

/** A row of ten for each number of the style, none above the last. */
function flatCuts(styleCuts: StyleScale["styleCuts"]): Float64Array {
	const flat = new Float64Array(styleNames.length * styleLevels).fill(Number.POSITIVE_INFINITY);
	for (let index = 0; index < styleNames.length; index++) {
		flat.set(styleCuts[index] ?? [], index * styleLevels);
	}
	return flat;
}
