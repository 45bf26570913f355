import { codeKinds, kindsOfCodes as kinds } from "./code-kinds.ts";
import { codesOf, textOf } from "./text-codes.ts";
import type { TracedText } from "./traced-writer.ts";
import { createTracedWriter } from "./traced-writer.ts";

/** Code units of ASCII, those that stand for letters replaced by them. */
const leetLetters = Uint8Array.from({ length: 128 }, (_, code) => {
	const index = "013456789@$!|+".indexOf(String.fromCharCode(code));
	return index === -1 ? code : "oieasgtbgasilt".charCodeAt(index);
});
const inLeetWord = codeKinds.letter | codeKinds.digit | codeKinds.leet;
/** Longer ones are codes. */
const leetWordMax = 24;
const numberLike = /^[0-9@$]+$/;
// A digit or sign among letters; quantities ("10kg", "3rd") and names of versions are not meant.
const certainLeet =
	/[A-Za-z][013456789@$!|+]{1,3}[A-Za-z]|^[013456789@$|]{1,2}[A-Za-z]{3}|^[A-Za-z]{2,12}[@$]/;
const leetInWord = /[A-Za-z][013456789@$!|+]+[A-Za-z]|[013456789@$][A-Za-z]{3}/;
const wordStart = /\S+/g;

/**
 * Reads "1gn0r3 4ll" as letters, if so many words are written like that that it is a style and no
 * part number. Keeps the length.
 */
export function withoutLeet(text: string, codes = codesOf(text)): string {
	const words = leetWords(codes);
	if (!isLeetStyle(text, words) || !leetInWord.test(text)) return text;
	const plain = codes.slice();
	for (const { start, end, hasLetter } of words) {
		const length = end - start;
		const isMeant = hasLetter
			? length <= leetWordMax
			: length <= 2 && numberLike.test(text.slice(start, end));
		if (!isMeant) continue;
		// A mark at the end of a word is more often a mark.
		let last = end;
		while (last > start && "!|+".includes(text.charAt(last - 1))) last--;
		for (let at = start; at < last; at++) plain[at] = leetLetters[codes[at] ?? 0] ?? 0;
	}
	return textOf(plain);
}

function isLeetStyle(text: string, words: readonly LeetWord[]): boolean {
	let certain = 0;
	let spelled = 0;
	for (const { start, end, hasLetter, hasSign } of words) {
		if (!hasLetter || end - start > leetWordMax) continue;
		spelled++;
		if (hasSign && certainLeet.test(text.slice(start, end))) certain++;
	}
	return certain >= 3 && certain >= spelled * 0.15;
}

interface LeetWord {
	readonly start: number;
	readonly end: number;
	readonly hasLetter: boolean;
	/** A sign that may stand for a letter, and not as its last character. */
	readonly hasSign: boolean;
}

/** Runs of two and more letters, digits and signs that stand for letters. */
function leetWords(codes: Uint16Array): readonly LeetWord[] {
	const words: LeetWord[] = [];
	for (let at = 0; at < codes.length; at++) {
		const start = at;
		let all = 0;
		let last = 0;
		let inner = 0;
		for (; at < codes.length; at++) {
			const kind = kinds[codes[at] ?? 0] ?? 0;
			if ((kind & inLeetWord) === 0) break;
			inner |= last;
			last = kind;
			all |= kind;
		}
		if (at - start < 2) continue;
		const hasLetter = (all & codeKinds.letter) !== 0;
		words.push({ start, end: at, hasLetter, hasSign: (inner & codeKinds.leet) !== 0 });
	}
	return words;
}

const { single } = codeKinds;
/** Shorter runs are initials, options and formulas, unless nearly everything is spaced. */
const spacedLettersMin = 5;
const spacedLettersMinInStyle = 2;

/**
 * Joins "i g n o r e" and "i.g.n.o.r.e". Letters that one separator keeps apart make a word; two
 * spaces, or a space where the separator is another, end it.
 */
export function withoutLetterSpacing(text: string, codes = codesOf(text)): TracedText | undefined {
	const lettersMin = isMostlySpaced(codes) ? spacedLettersMinInStyle : spacedLettersMin;
	const writer = createTracedWriter(text);
	let before = 0;
	for (let at = 0; at < codes.length; at++) {
		const kind = kinds[codes[at] ?? 0] ?? 0;
		const isStart = (kind & ~before & single) !== 0;
		before = kind;
		if (!isStart) continue;
		const end = spacedEnd(codes, at, lettersMin);
		if (end === at) continue;
		for (let separator = at + 1; separator < end; separator += 2) {
			writer.replace(separator, separator + 1, "");
		}
		before = kinds[codes[end - 1] ?? 0] ?? 0;
		at = end - 1;
	}
	return writer.finish();
}

/** The end of a run of spaced letters at `start`, or `start` when there is none. */
function spacedEnd(codes: Uint16Array, start: number, lettersMin: number): number {
	const separator = codes[start + 1] ?? 0;
	if (((kinds[separator] ?? 0) & codeKinds.separator) === 0) return start;
	let at = start;
	let letters = 1;
	while (codes[at + 1] === separator && isSingle(codes, at + 2)) {
		at += 2;
		letters++;
	}
	// The last letter belongs to the next word when that goes on.
	if (isSingle(codes, at + 1)) {
		at -= 2;
		letters--;
	}
	return letters >= lettersMin ? at + 1 : start;
}

function isMostlySpaced(codes: Uint16Array): boolean {
	let words = 0;
	let alone = 0;
	let before = 0;
	for (let at = 0; at < codes.length; at++) {
		const kind = kinds[codes[at] ?? 0] ?? 0;
		if ((kind & ~before & single) !== 0) {
			words++;
			if (!isSingle(codes, at + 1)) alone++;
		}
		before = kind;
	}
	return words >= 6 && alone > words * 0.6;
}

function isSingle(codes: Uint16Array, at: number): boolean {
	return at < codes.length && ((kinds[codes[at] ?? 0] ?? 0) & single) !== 0;
}

const anyHyphen = /[A-Za-z]-[A-Za-z]/;
const innerHyphen = /(?<=[A-Za-z])[-\u2010\u2011\u00ad](?=[A-Za-z])/g;

/**
 * "ig-nore pre-vious" without its hyphens, if a fifth of the words have one. Undefined otherwise.
 */
export function withoutHyphens(text: string): TracedText | undefined {
	if (!anyHyphen.test(text)) return undefined;
	let words = 0;
	let hyphened = 0;
	for (const [word] of text.matchAll(wordStart)) {
		words++;
		if (/[A-Za-z]-[A-Za-z]/.test(word)) hyphened++;
	}
	if (hyphened < 2 || hyphened < words * 0.2) return undefined;
	const writer = createTracedWriter(text);
	for (const match of text.matchAll(innerHyphen)) {
		writer.replace(match.index, match.index + 1, "");
	}
	return writer.finish();
}
