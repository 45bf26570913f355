import type { TokenRange } from "./read-features.ts";
import type { ScannedText } from "./scan-text.ts";

/** Writes those numbers of the style that its characters have. */
export type CharacterMeter = (
	values: Float32Array,
	scanned: ScannedText,
	range: TokenRange,
) => void;

const bits = { lower: 1, upper: 2, quote: 4, colon: 8 } as const;
/** Where the histogram counts everything outside ASCII. */
const foreign = 128;
/** Of how many characters the most surprising part of a text is. */
const partLength = 48;

interface SurpriseTables {
	/** Of pairs of symbols, row by row. */
	readonly surprise: Float32Array;
	/** The symbol of each code unit. */
	readonly symbols: Uint8Array;
	readonly symbolCount: number;
}

export function createCharacterMeter(tables: SurpriseTables): CharacterMeter {
	const { surprise, symbols, symbolCount } = tables;
	const firstRow = (symbols[" ".charCodeAt(0)] ?? 0) * symbolCount;
	const classes = createClasses();
	const histogram = new Int32Array(foreign + 1);
	let trail = new Float32Array(0);
	return (values, scanned, range) => {
		const from = scanned.starts[range.first] ?? 0;
		const to = range.end > range.first ? (scanned.ends[range.end - 1] ?? from) : from;
		if (trail.length < to - from) trail = new Float32Array(Math.ceil((to - from) * 1.25));
		histogram.fill(0);
		writeShares(values, { ...countPairs(scanned.written, from, to), histogram, length: to - from });
		writeSurprise(values, scanned.codes, [from, to]);
	};

	/** Counts the characters, and what only a pair of neighbours tells. */
	function countPairs(written: Uint16Array, from: number, to: number) {
		let capitals = 0;
		let keys = 0;
		let longest = 0;
		let lineStart = from;
		let before = from > 0 ? (classes[written[from - 1] ?? 0] ?? 0) : 0;
		for (let at = from; at < to; at++) {
			const code = written[at] ?? 0;
			const cell = Math.min(code, foreign);
			histogram[cell] = (histogram[cell] ?? 0) + 1;
			const kind = classes[code] ?? 0;
			capitals += before & (kind >> 1) & 1;
			keys += (before >> 2) & (kind >> 3) & 1;
			before = kind;
			if (code !== 10) continue;
			longest = Math.max(longest, at - lineStart);
			lineStart = at + 1;
		}
		return { capitals, keys, longestLine: Math.max(longest, to - lineStart) };
	}

	/** Sums of these numbers are exact, so that their order does not matter. */
	function writeSurprise(values: Float32Array, codes: Uint16Array, [from, to]: [number, number]) {
		const length = to - from;
		let sum = 0;
		let part = 0;
		let most = 0;
		let row = firstRow;
		for (let index = 0; index < length; index++) {
			const symbol = symbols[codes[from + index] ?? 0] ?? 0;
			const value = surprise[row + symbol] ?? 0;
			row = symbol * symbolCount;
			trail[index] = value;
			sum += value;
			part += value;
			if (index < partLength - 1) continue;
			if (part > most) most = part;
			part -= trail[index - partLength + 1] ?? 0;
		}
		let tail = 0;
		for (let index = Math.max(0, length - partLength); index < length; index++) {
			tail += trail[index] ?? 0;
		}
		values[13] = sum / Math.max(1, length);
		values[14] = tail / Math.min(Math.max(1, length), partLength);
		values[15] = length < partLength ? sum / Math.max(1, length) : most / partLength;
	}
}

/** Bits of each code unit. */
function createClasses(): Uint8Array {
	const classes = new Uint8Array(65_536);
	classes.fill(bits.lower, 97, 123);
	classes.fill(bits.upper, 65, 91);
	for (const char of "\"'") classes[char.charCodeAt(0)] = bits.quote;
	classes[":".charCodeAt(0)] = bits.colon;
	return classes;
}

interface Counted {
	/** How often each ASCII character occurs, and then everything else. */
	readonly histogram: Int32Array;
	readonly length: number;
	/** Capitals behind small letters. */
	readonly capitals: number;
	/** Colons behind quotes. */
	readonly keys: number;
	readonly longestLine: number;
}

function writeShares(values: Float32Array, counted: Counted): void {
	const { histogram, capitals, keys, longestLine } = counted;
	const length = Math.max(1, counted.length);
	const sum = (first: number, last: number): number => {
		let count = 0;
		for (let code = first; code <= last; code++) count += histogram[code] ?? 0;
		return count;
	};
	const one = (char: string): number => histogram[char.charCodeAt(0)] ?? 0;
	const upper = sum(65, 90);
	const lower = sum(97, 122);
	const digits = sum(48, 57);
	const marks = sum(33, 127) - upper - lower - digits;
	const quotes = one('"') + one("'");
	const brackets = one("[") + one("]");
	const plain = one(":") + one("!") + one("?") + one(",") + one(".") + one("-");
	values[0] = Math.log(length);
	values[2] = upper / Math.max(1, upper + lower);
	values[3] = digits / length;
	values[4] = marks / length;
	values[5] = one("\n") / length;
	values[6] = quotes / length;
	values[7] = (marks - quotes - brackets - plain) / length;
	values[8] = (histogram[foreign] ?? 0) / length;
	values[9] = brackets / length;
	values[10] = one(":") / length;
	values[11] = one("!") / length;
	values[12] = one("?") / length;
	values[17] = capitals / length;
	values[18] = keys / length;
	values[27] = Math.log(1 + longestLine);
}
