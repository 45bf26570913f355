import { concepts as conceptNames } from "../lexicon/concepts.ts";
import type { TokenRange } from "./read-features.ts";
import type { ScannedText } from "./scan-text.ts";

/** Names of the numbers that `readStyle` gives, in order. */
export const styleNames = [
	"characters",
	"tokens",
	"upper-case",
	"digits",
	"marks",
	"line-breaks",
	"quotes",
	"code-marks",
	"not-ascii",
	"brackets",
	"colons",
	"exclamations",
	"questions",
	"surprise",
	"surprise-at-the-end",
	"most-surprising-part",
	"words-without-vowels",
	"inner-capitals",
	"object-keys",
	"runs-of-marks",
	"different-words",
	"sentence-ends",
	"concepts",
	"different-concepts-together",
	"addresses-the-reader",
	"negations",
	"numbered-lines",
	"longest-line",
] as const;

export type StyleReader = (
	original: string,
	scanned: ScannedText,
	range: TokenRange,
) => Float32Array;

/** Symbols that the surprise table knows: letters, a blank, a digit, marks, other letters. */
export const symbolCount = 40;
const markSymbols = ".,;:!?'\"-()/";

/** Which row or column of the surprise table a lower-case code unit belongs to. */
export function symbolOf(code: number): number {
	if (code >= 97 && code <= 122) return code - 97;
	if (code === 32 || code === 10 || code === 13 || code === 9) return 26;
	if (code >= 48 && code <= 57) return 27;
	if (code < 128) {
		const index = markSymbols.indexOf(String.fromCharCode(code));
		return index === -1 ? 39 : Math.min(38, 28 + index);
	}
	return code < 0x250 ? 37 : 38;
}

/**
 * `surprise`: minus the logarithm of how likely a symbol follows another; row by row. The numbers are
 * overwritten by the next call.
 */
export function createStyleReader(surprise: Float32Array): StyleReader {
	const symbols = Uint8Array.from({ length: 128 }, (_, code) => symbolOf(code));
	const negation = 1 << conceptNames.indexOf("negation");
	const you = 1 << conceptNames.indexOf("you");
	const values = new Float32Array(styleNames.length);
	const trail = new Float32Array(partLength);
	const sieve = new Uint8Array(2 ** sieveBits);
	return (original, scanned, range) => {
		values.fill(0);
		const from = scanned.starts[range.first] ?? 0;
		const to = scanned.ends[range.end - 1] ?? from;
		countCharacters({ original, from, to, values });
		trail.fill(0);
		measureSurprise({ codes: scanned.codes, from, to, values, surprise, symbols, trail });
		countTokens({ scanned, range, values, negation, you, sieve: sieve.fill(0) });
		return values;
	};
}

interface CharacterWork {
	readonly original: string;
	readonly from: number;
	readonly to: number;
	readonly values: Float32Array;
}

function countCharacters({ original, from, to, values }: CharacterWork): void {
	const length = Math.max(1, to - from);
	const counts = { upper: 0, lower: 0, digit: 0, mark: 0, lines: 0, foreign: 0, capital: 0 };
	const marks = { quote: 0, code: 0, bracket: 0, colon: 0, exclamation: 0, question: 0, keys: 0 };
	let longest = 0;
	let lineStart = from;
	for (let at = from; at < to; at++) {
		const code = original.charCodeAt(at);
		if (isLowerCase(code)) counts.lower++;
		else if (code >= 65 && code <= 90) {
			counts.upper++;
			if (isLowerCase(original.charCodeAt(at - 1))) counts.capital++;
		} else if (isDigit(code)) counts.digit++;
		else if (code > 127) counts.foreign++;
		else if (code === 10) {
			counts.lines++;
			longest = Math.max(longest, at - lineStart);
			lineStart = at + 1;
		} else if (code > 32) countMark(code, original.charCodeAt(at - 1), { counts, marks });
	}
	longest = Math.max(longest, to - lineStart);
	const letters = Math.max(1, counts.upper + counts.lower);
	const per = (count: number): number => count / length;
	values.set([
		Math.log(length),
		0,
		counts.upper / letters,
		per(counts.digit),
		per(counts.mark),
		per(counts.lines),
		per(marks.quote),
		per(marks.code),
		per(counts.foreign),
		per(marks.bracket),
		per(marks.colon),
		per(marks.exclamation),
		per(marks.question),
	]);
	values[17] = per(counts.capital);
	values[18] = per(marks.keys);
	values[27] = Math.log(1 + longest);
}

function isLowerCase(code: number): boolean {
	return code >= 97 && code <= 122;
}

function isDigit(code: number): boolean {
	return code >= 48 && code <= 57;
}

interface MarkCounts {
	readonly counts: { mark: number };
	readonly marks: {
		quote: number;
		code: number;
		bracket: number;
		colon: number;
		exclamation: number;
		question: number;
		keys: number;
	};
}

function countMark(code: number, before: number, { counts, marks }: MarkCounts): void {
	counts.mark++;
	if (code === 34 || code === 39) marks.quote++;
	else if (code === 91 || code === 93) marks.bracket++;
	else if (code === 58) {
		marks.colon++;
		if (before === 34 || before === 39) marks.keys++;
	} else if (code === 33) marks.exclamation++;
	else if (code === 63) marks.question++;
	else if (code !== 44 && code !== 46 && code !== 45) marks.code++;
}

interface SurpriseWork {
	readonly codes: Uint16Array;
	readonly from: number;
	readonly to: number;
	readonly values: Float32Array;
	readonly surprise: Float32Array;
	readonly symbols: Uint8Array;
	/** Of the last characters, all zero at first. */
	readonly trail: Float32Array;
}

const partLength = 48;

function measureSurprise(work: SurpriseWork): void {
	const { codes, from, to, values, surprise, symbols, trail } = work;
	let sum = 0;
	let part = 0;
	let most = 0;
	let tail = 0;
	let before = 26;
	let slot = 0;
	for (let at = from; at < to; at++) {
		const code = codes[at] ?? 0;
		const symbol = code < 128 ? (symbols[code] ?? 39) : symbolOf(code);
		const value = surprise[before * symbolCount + symbol] ?? 0;
		sum += value;
		part += value - (trail[slot] ?? 0);
		trail[slot] = value;
		slot = slot + 1 === partLength ? 0 : slot + 1;
		if (at - from >= partLength - 1 && part > most) most = part;
		if (to - at <= partLength) tail += value;
		before = symbol;
	}
	const length = Math.max(1, to - from);
	values[13] = sum / length;
	values[14] = tail / Math.min(length, partLength);
	values[15] = length < partLength ? sum / length : most / partLength;
}

interface TokenWork {
	readonly scanned: ScannedText;
	readonly range: TokenRange;
	readonly values: Float32Array;
	readonly negation: number;
	readonly you: number;
	/** All zero at first. */
	readonly sieve: Uint8Array;
}

const togetherHalfWords = 24;

function countTokens({ scanned, range, values, negation, you, sieve }: TokenWork): void {
	const { concepts, places, hashes } = scanned;
	const tokens = Math.max(1, range.end - range.first);
	let withConcept = 0;
	let negations = 0;
	let addresses = 0;
	let together = 0;
	for (let index = range.first; index < range.end; index++) {
		const bits = concepts[index] ?? 0;
		if (bits === 0) continue;
		withConcept++;
		if ((bits & negation) !== 0) negations++;
		if ((bits & you) !== 0) addresses++;
		let near = 0;
		for (let other = index; other < Math.min(range.end, index + 14); other++) {
			if ((places[other] ?? 0) - (places[index] ?? 0) > togetherHalfWords) break;
			near |= concepts[other] ?? 0;
		}
		together = Math.max(together, bitCount(near));
	}
	values[1] = Math.log(1 + tokens);
	values[16] = countVowelless(scanned, range);
	values[19] = countMarkRuns(scanned, range);
	values[20] = countDifferent(hashes, range, sieve) / Math.min(tokens, differentMax);
	values[21] = countEnds(scanned, range) / tokens;
	values[22] = withConcept / tokens;
	values[23] = together;
	values[24] = addresses / tokens;
	values[25] = negations / tokens;
	values[26] = countNumbered(scanned, range) / tokens;
}

function bitCount(bits: number): number {
	let count = 0;
	for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
	return count;
}

/** A bit for each of a, e, i, o, u and y. */
const vowels = 0x1104111;
const differentMax = 400;
const sieveBits = 12;

/** Different words among the first 400; two that share a place in the sieve count as one. */
function countDifferent(hashes: Int32Array, { first, end }: TokenRange, sieve: Uint8Array): number {
	let count = 0;
	for (let index = first; index < Math.min(end, first + differentMax); index++) {
		const place = Math.imul(hashes[index] ?? 0, 0x9e3779b1) >>> (32 - sieveBits);
		if (sieve[place] === 0) count++;
		sieve[place] = 1;
	}
	return count;
}

/** Share of longer ASCII words without a vowel: what random suffixes are full of. */
function countVowelless({ codes, starts, ends }: ScannedText, { first, end }: TokenRange): number {
	let without = 0;
	for (let index = first; index < end; index++) {
		const from = starts[index] ?? 0;
		const to = ends[index] ?? 0;
		if (to - from < 4 || to - from > 24) continue;
		let isPlain = true;
		for (let at = from; at < to && isPlain; at++) {
			const code = codes[at] ?? 0;
			isPlain = code >= 97 && code <= 122 && ((vowels >>> (code - 97)) & 1) === 0;
		}
		if (isPlain) without++;
	}
	return without / Math.max(1, end - first);
}

/** Share of tokens that are runs of the same marks: rulers, emphasis, fences. */
function countMarkRuns({ codes, starts, ends }: ScannedText, { first, end }: TokenRange): number {
	let runs = 0;
	for (let index = first; index < end; index++) {
		const from = starts[index] ?? 0;
		const code = codes[from] ?? 0;
		if ((ends[index] ?? 0) - from >= 3 && code < 128 && symbolOf(code) >= 28) runs++;
	}
	return runs / Math.max(1, end - first);
}

const sentenceEnds = ".!?\u3002\uff01\uff1f\u0964";

function countEnds({ text, starts }: ScannedText, { first, end }: TokenRange): number {
	let count = 0;
	for (let index = first; index < end; index++) {
		if (sentenceEnds.includes(text[starts[index] ?? 0] ?? " ")) count++;
	}
	return count;
}

function countNumbered({ hashes, text, starts }: ScannedText, { first, end }: TokenRange): number {
	let count = 0;
	for (let index = first + 1; index < end; index++) {
		if (hashes[index] === 48 && (text[(starts[index] ?? 1) - 1] ?? "") === "\n") count++;
	}
	return count;
}
