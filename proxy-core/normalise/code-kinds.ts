import { confusables } from "./confusables.ts";

/**
 * What a code unit is to those who look for hidden texts, as bits. Four of them begin a byte each, so
 * that up to 255 code units can be counted with one addition; `leet` and `lower` stand eight bits apart as well.
 */
export const codeKinds = {
	digit: 1,
	leet: 1 << 1,
	lower: 1 << 9,
	/** The last two, shifted by three: what makes a pair of neighbours worth counting. */
	letter: 1 << 4,
	capitalOrDigit: 1 << 12,
	/** What stands alone between separators in spaced letters. */
	single: 1 << 6,
	separator: 1 << 7,
	hyphen: 1 << 8,
	escape: 1 << 2,
	/** A letter of base64. */
	inRun: 1 << 10,
	hex: 1 << 11,
	/** Looks like a Latin letter. */
	alike: 1 << 5,
	/** Stands on the character before it. */
	marked: 1 << 13,
	/** Letters, digits and the underscore. */
	word: 1 << 14,
	/** Letters, marks and the blank. */
	wordlike: 1 << 15,
	blank: 1 << 16,
	/** Beyond ASCII. */
	foreign: 1 << 17,
	/** Drawn as nothing. */
	unseen: 1 << 18,
	/** Half of a character outside the first plane. */
	half: 1 << 19,
	/** Folding may change it. */
	odd: 1 << 24,
} as const;

/** Format characters, variation selectors and tags are drawn as nothing and split words unseen. */
export const unseen = /\p{Cf}|\p{Default_Ignorable_Code_Point}/u;

const mark = /\p{M}/u;
const wordPattern = /[\p{L}\p{N}_]/u;
const wordlikePattern = /[\p{L}\p{M} ]/u;

/** Kinds of all code units. */
export const kindsOfCodes: Int32Array = createTable();

function createTable(): Int32Array {
	const table = new Int32Array(65_536);
	const add = (characters: string, kind: number): void => {
		for (const char of characters) {
			const code = char.charCodeAt(0);
			table[code] = (table[code] ?? 0) | kind;
		}
	};
	const { letter, single, inRun, wordlike, capitalOrDigit, digit } = codeKinds;
	for (let code = 128; code < 65_536; code++) table[code] = foreignKind(code);
	add("abcdefghijklmnopqrstuvwxyz", codeKinds.lower | letter | single | inRun | wordlike);
	add("ABCDEFGHIJKLMNOPQRSTUVWXYZ", capitalOrDigit | letter | single | inRun | wordlike);
	add("0123456789", digit | capitalOrDigit | single | inRun);
	add("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", codeKinds.word);
	add("013456789@$!|+", codeKinds.leet);
	add("%&\\", codeKinds.escape);
	add("+/_-", inRun);
	add("0123456789abcdefABCDEFx\\ :,", codeKinds.hex);
	add(" \t\r\n", codeKinds.blank);
	add(" ", wordlike);
	add(" -_.*|/~+\u00b7\u2022,", codeKinds.separator);
	add("-\u2010\u2011\u00ad", codeKinds.hyphen);
	// Signs that stand for letters.
	add("@$", single);
	for (const code of confusables.keys()) table[code] = (table[code] ?? 0) | codeKinds.alike;
	return table;
}

function foreignKind(code: number): number {
	const single = code >= 0xc0 ? codeKinds.single : 0;
	// The upper half of a pair: emoji stay as they are, most others do not.
	const isPair = code >= 0xd800 && code <= 0xdbff && code !== 0xd83d && code !== 0xd83e;
	if (code >= 0xd800 && code <= 0xdfff) {
		return single | codeKinds.foreign | codeKinds.half | (isPair ? codeKinds.odd : 0);
	}
	const char = String.fromCharCode(code);
	// Korean letters that stand alone join.
	const isJamo = code >= 0x1100 && code < 0x1200;
	const isUnseen = unseen.test(char);
	const isOdd =
		isJamo || code === 0x130 || mark.test(char) || isUnseen || char.normalize("NFKC") !== char;
	return (
		single |
		codeKinds.foreign |
		(isUnseen ? codeKinds.unseen : 0) |
		(isOdd ? codeKinds.odd : 0) |
		(mark.test(char) && !isJamo ? codeKinds.marked : 0) |
		(wordPattern.test(char) ? codeKinds.word : 0) |
		(wordlikePattern.test(char) ? codeKinds.wordlike : 0)
	);
}

/** What one pass over the code units of a text tells. */
export interface CodeTally {
	/** All kinds that occur. */
	readonly all: number;
	readonly digits: number;
	readonly hyphens: number;
	readonly blanks: number;
	readonly odd: number;
	/** Letters behind a sign that may stand for one. */
	readonly leets: number;
	/** Capitals or digits behind a small letter. */
	readonly changes: number;
	/** Letters that two separators keep apart from others; at least as many as there are. */
	readonly apart: number;
	/** Whether five letters in a row may be kept apart. */
	readonly hasRow: boolean;
}

/** As many as a byte can count. */
const stride = 255;
const counters = codeKinds.digit | codeKinds.hyphen | codeKinds.blank | codeKinds.odd;
const pairCounters = codeKinds.leet | codeKinds.lower;
/** A separator between two letters, twice and four times; two bits for every character. */
const apartBits = 0b01_10_01_10_01;
const rowBits = 0b01_10_01_10_01_10_01_10_01;

/** Without a branch that depends on the text: which characters come next, a processor cannot guess. */
export function tallyCodes(codes: Uint16Array): CodeTally {
	let all = 0;
	let digits = 0;
	let hyphens = 0;
	let blanks = 0;
	let odd = 0;
	let leets = 0;
	let changes = 0;
	let apart = 0;
	let hasRow = false;
	let before = 0;
	let history = 0;
	for (let start = 0; start < codes.length; start += stride) {
		const end = Math.min(codes.length, start + stride);
		let counts = 0;
		let pairs = 0;
		for (let at = start; at < end; at++) {
			const kind = kindsOfCodes[codes[at] ?? 0] ?? 0;
			all |= kind;
			counts = (counts + (kind & counters)) | 0;
			pairs += before & (kind >> 3) & pairCounters;
			before = kind;
			history = (history << 2) | ((kind >> 6) & 3);
			if ((history & apartBits) === apartBits) {
				apart++;
				if ((history & rowBits) === rowBits) hasRow = true;
			}
		}
		leets += (pairs >> 1) & stride;
		changes += (pairs >> 9) & stride;
		digits += counts & stride;
		hyphens += (counts >> 8) & stride;
		blanks += (counts >> 16) & stride;
		odd += (counts >> 24) & stride;
	}
	return { all, digits, hyphens, blanks, odd, leets, changes, apart, hasRow };
}
