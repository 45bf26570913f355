import { readFileSync } from "node:fs";
import * as z from "zod";
import { featureBits } from "./read-features.ts";
import { symbolCount } from "./read-style.ts";

/** One regression: a sum of weights over the features of a block, put on a common scale. */
export interface Block {
	readonly weights: Int8Array;
	/** What one step of `weights` is worth. */
	readonly step: number;
	readonly bias: number;
	/** Mean and standard deviation of its sums over the training texts. */
	readonly mean: number;
	readonly deviation: number;
}

/** What training found. */
export interface DetectorWeights {
	readonly version: string;
	/** Judges whole texts. */
	readonly words: Block;
	readonly characters: Block;
	readonly concepts: Block;
	readonly style: Block;
	/** Judge stretches of documents. */
	readonly documentWords: Block;
	readonly documentConcepts: Block;
	/** Per number of `styleNames`: where its range is cut into tenths. */
	readonly styleCuts: readonly (readonly number[])[];
	readonly surprise: Float32Array;
	readonly calibration: Calibration;
}

/** Scores at which a text of a kind is worth a flag and a block. */
const thresholds = z.object({ flag: z.number(), block: z.number() });
const calibrationSchema = z.object({
	english: thresholds,
	latin: thresholds,
	han: thresholds,
	otherScripts: thresholds,
	document: thresholds,
	/** In another language than English. */
	foreignDocument: thresholds,
});
export type Calibration = z.infer<typeof calibrationSchema>;
export type TextKind = keyof Calibration;
export type Thresholds = z.infer<typeof thresholds>;

export const blockNames = [
	"words",
	"characters",
	"concepts",
	"style",
	"documentWords",
	"documentConcepts",
] as const;
export type BlockName = (typeof blockNames)[number];

/** Tenths of every number of the style. */
export const styleLevels = 10;
export const styleSize = 320;
/** Features of words come first, those of characters behind them. */
export const wordBlockSize = 2 ** featureBits.words + 2 ** featureBits.characters;

export const blockSizes: Readonly<Record<BlockName, number>> = {
	words: wordBlockSize,
	characters: 2 ** featureBits.characters,
	concepts: 2 ** featureBits.concepts,
	style: styleSize,
	documentWords: wordBlockSize,
	documentConcepts: 2 ** featureBits.concepts,
};

const blockSchema = z.object({
	step: z.number(),
	bias: z.number(),
	mean: z.number(),
	deviation: z.number().positive(),
});
const weightsHead = z.object({
	version: z.string(),
	blocks: z.record(z.enum(blockNames), blockSchema),
	styleCuts: z.array(z.array(z.number())),
	surprise: z.array(z.number()).length(symbolCount * symbolCount),
	calibration: calibrationSchema,
});
type WeightsHead = z.infer<typeof weightsHead>;

const headLengthBytes = 4;

/**
 * Reads the shipped weights: the length of a JSON head (four bytes, little-endian), the head, then one
 * signed byte a weight, block after block in the order of `blockNames`. Throws when a part is missing.
 */
export function readWeights(
	file: URL = new URL("./weights.bin", import.meta.url),
): DetectorWeights {
	const bytes = readFileSync(file);
	const start = headLengthBytes + bytes.readUInt32LE(0);
	const head = weightsHead.parse(JSON.parse(bytes.toString("utf8", headLengthBytes, start)));
	const expected = blockNames.reduce((sum, name) => sum + blockSizes[name], 0);
	if (bytes.length - start !== expected) {
		throw new Error(`The weights have ${bytes.length - start} bytes instead of ${expected}.`);
	}
	return assembleWeights(head, new Int8Array(bytes.subarray(start)));
}

/** What `readWeights` reads. */
export function writeWeights(weights: DetectorWeights): Buffer {
	const blocks = Object.fromEntries(
		blockNames.map((name) => {
			const { step, bias, mean, deviation } = weights[name];
			return [name, { step, bias, mean, deviation }];
		}),
	);
	const head = weightsHead.parse({
		version: weights.version,
		blocks,
		styleCuts: weights.styleCuts,
		surprise: Array.from(weights.surprise, (value) => Math.round(value * 1000) / 1000),
		calibration: weights.calibration,
	});
	const text = Buffer.from(JSON.stringify(head));
	const length = Buffer.alloc(headLengthBytes);
	length.writeUInt32LE(text.length);
	const parts = blockNames.map((name) => Buffer.from(new Uint8Array(weights[name].weights)));
	return Buffer.concat([length, text, ...parts]);
}

function assembleWeights(head: WeightsHead, bytes: Int8Array): DetectorWeights {
	let at = 0;
	const block = (name: BlockName): Block => {
		const weights = bytes.subarray(at, at + blockSizes[name]);
		at += blockSizes[name];
		return { weights, ...head.blocks[name] };
	};
	return {
		version: head.version,
		words: block("words"),
		characters: block("characters"),
		concepts: block("concepts"),
		style: block("style"),
		documentWords: block("documentWords"),
		documentConcepts: block("documentConcepts"),
		styleCuts: head.styleCuts,
		surprise: Float32Array.from(head.surprise),
		calibration: head.calibration,
	};
}

/** What a block says about a text with these features, in standard deviations. */
export function blockScore(block: Block, features: Int32Array): number {
	const { weights } = block;
	let sum = 0;
	for (let index = 0; index < features.length; index++) sum += weights[features[index] ?? 0] ?? 0;
	return scoreOfSum(block, sum, features.length);
}

/** The same from the sum of the weights of `count` features. */
export function scoreOfSum(
	{ step, bias, mean, deviation }: Omit<Block, "weights">,
	sum: number,
	count: number,
): number {
	return ((sum * step) / Math.sqrt(Math.max(1, count)) + bias - mean) / deviation;
}
