import { concepts as conceptNames } from "../lexicon/concepts.ts";
import type { TokenRange } from "./read-features.ts";
import type { ScannedText } from "./scan-text.ts";

/** Writes those numbers of the style that its tokens have. */
export type TokenMeter = (values: Float32Array, scanned: ScannedText, range: TokenRange) => void;

const sieveBits = 12;

/** `symbols`: the symbol of each code unit. */
export function createTokenMeter(symbols: Uint8Array): TokenMeter {
	const sieve = new Uint8Array(2 ** sieveBits);
	const firstMark = symbols[".".charCodeAt(0)] ?? 0;
	const sentenceEnds = new Uint8Array(65_536);
	for (const char of ".!?\u3002\uff01\uff1f\u0964") sentenceEnds[char.charCodeAt(0)] = 1;
	return (values, scanned, range) => {
		const tokens = Math.max(1, range.end - range.first);
		values[1] = Math.log(1 + tokens);
		values[20] = countDifferent(scanned, range, sieve.fill(0)) / Math.min(tokens, differentMax);
		values[26] = countNumbered(scanned, range) / tokens;
		writeConcepts(values, scanned, range);
		writeShapes(values, scanned, range);
	};

	/** What a token begins with, and how long it is, tells most of it. */
	function writeShapes(values: Float32Array, scanned: ScannedText, { first, end }: TokenRange) {
		const { codes, starts, ends } = scanned;
		const tokens = Math.max(1, end - first);
		let vowelless = 0;
		let markRuns = 0;
		let sentences = 0;
		for (let index = first; index < end; index++) {
			const from = starts[index] ?? 0;
			const code = codes[from] ?? 0;
			sentences += sentenceEnds[code] ?? 0;
			const length = (ends[index] ?? 0) - from;
			if (length < 3) continue;
			if (code < 128 && (symbols[code] ?? 0) >= firstMark) markRuns++;
			else if (length >= 4 && length <= 24) vowelless += isVowelless(codes, from, from + length);
		}
		values[16] = vowelless / tokens;
		values[19] = markRuns / tokens;
		values[21] = sentences / tokens;
	}
}

function countNumbered({ codes, starts, hashes }: ScannedText, { first, end }: TokenRange): number {
	let count = 0;
	for (let index = first + 1; index < end; index++) {
		if (hashes[index] === 48 && codes[(starts[index] ?? 0) - 1] === 10) count++;
	}
	return count;
}

const negation = 1 << conceptNames.indexOf("negation");
const you = 1 << conceptNames.indexOf("you");
const togetherHalfWords = 24;
const togetherTokens = 14;

function writeConcepts(
	values: Float32Array,
	{ concepts, places }: ScannedText,
	{ first, end }: TokenRange,
): void {
	const tokens = Math.max(1, end - first);
	let withConcept = 0;
	let negations = 0;
	let addresses = 0;
	let together = 0;
	for (let index = first; index < end; index++) {
		const bits = concepts[index] ?? 0;
		if (bits === 0) continue;
		withConcept++;
		if ((bits & negation) !== 0) negations++;
		if ((bits & you) !== 0) addresses++;
		const farthest = (places[index] ?? 0) + togetherHalfWords;
		const last = Math.min(end, index + togetherTokens);
		let near = 0;
		for (let other = index; other < last && (places[other] ?? 0) <= farthest; other++) {
			near |= concepts[other] ?? 0;
		}
		together = Math.max(together, bitCount(near));
	}
	values[22] = withConcept / tokens;
	values[23] = together;
	values[24] = addresses / tokens;
	values[25] = negations / tokens;
}

function bitCount(bits: number): number {
	let count = 0;
	for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
	return count;
}

const differentMax = 400;

/** Different words among the first 400; two that share a place in the sieve count as one. */
function countDifferent(
	{ hashes }: ScannedText,
	{ first, end }: TokenRange,
	sieve: Uint8Array,
): number {
	const last = Math.min(end, first + differentMax);
	let met = 0;
	for (let index = first; index < last; index++) {
		const place = Math.imul(hashes[index] ?? 0, 0x9e3779b1) >>> (32 - sieveBits);
		met += sieve[place] ?? 0;
		sieve[place] = 1;
	}
	return Math.max(0, last - first) - met;
}

/** A bit for each of a, e, i, o, u and y. */
const vowels = 0x1104111;

/** 1 for ASCII letters without a vowel, which random suffixes are full of; 0 for others. */
function isVowelless(codes: Uint16Array, from: number, to: number): number {
	for (let at = from; at < to; at++) {
		const letter = (codes[at] ?? 0) - 97;
		if (letter < 0 || letter > 25 || ((vowels >>> letter) & 1) !== 0) return 0;
	}
	return 1;
}
