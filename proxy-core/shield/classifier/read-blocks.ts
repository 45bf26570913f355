import type { TokenRange } from "./read-features.ts";
import { countMax, createFeatureReader, featureBits } from "./read-features.ts";
import { createStyleReader, styleNames } from "./read-style.ts";
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

/** `original` is the text that was scanned, with its capitals. The arrays are reused by the next call. */
export type BlockReader = (
	original: string,
	scanned: ScannedText,
	range: TokenRange,
) => BlockFeatures;

const characterOffset = 2 ** featureBits.words;

export function createBlockReader({ styleCuts, surprise }: StyleScale): BlockReader {
	const read = createFeatureReader();
	const readStyle = createStyleReader(surprise);
	const joinedBuffer = new Int32Array(countMax.words + countMax.characters);
	const style = new Int32Array(styleNames.length);
	return (original, scanned, range) => {
		const { words, characters, concepts } = read(scanned, range);
		const joined = joinedBuffer.subarray(0, words.length + characters.length);
		joined.set(words);
		for (let index = 0; index < characters.length; index++) {
			joined[words.length + index] = characterOffset + (characters[index] ?? 0);
		}
		const values = readStyle(original, scanned, range);
		for (let index = 0; index < values.length; index++) {
			style[index] = index * styleLevels + levelOf(values[index] ?? 0, styleCuts[index] ?? []);
		}
		return { words: joined, characters, concepts, style };
	};
}

function levelOf(value: number, cuts: readonly number[]): number {
	let level = 0;
	while (level < cuts.length && value > (cuts[level] ?? 0)) level++;
	return level;
}
