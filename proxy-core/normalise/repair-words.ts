import type { TracedText } from "./traced-writer.ts";
import { createTracedWriter } from "./traced-writer.ts";

const leetLetters: ReadonlyMap<string, string> = new Map(
	Array.from("013456789@$!|+", (char, index): [string, string] => [
		char,
		"oieasgtbgasilt"[index] ?? "",
	]),
);
const leetWord = /[A-Za-z0-9@$!|+]{2,}/g;
/** Longer ones are codes. */
const leetWordMax = 24;
const leetSign = /[013456789@$!|+]/;
// A digit or sign among letters; quantities ("10kg", "3rd") and names of versions are not meant.
const certainLeet =
	/[A-Za-z][013456789@$!|+]{1,3}[A-Za-z]|^[013456789@$|]{1,2}[A-Za-z]{3}|^[A-Za-z]{2,12}[@$]/;
const leetInWord = /[A-Za-z][013456789@$!|+]+[A-Za-z]|[013456789@$][A-Za-z]{3}/;
const wordStart = /\S+/g;

/**
 * Reads "1gn0r3 4ll" as letters, if so many words are written like that that it is a style and no
 * part number. Keeps the length.
 */
export function withoutLeet(text: string): string {
	if (!leetInWord.test(text)) return text;
	let certain = 0;
	let spelled = 0;
	for (const [word] of text.matchAll(leetWord)) {
		if (word.length > leetWordMax || !/[A-Za-z]/.test(word)) continue;
		spelled++;
		if (leetSign.test(word.slice(0, -1)) && certainLeet.test(word)) certain++;
	}
	if (certain < 3 || certain < spelled * 0.15) return text;
	return text.replace(leetWord, (word) =>
		(word.length <= leetWordMax && /[A-Za-z]/.test(word)) ||
		(word.length <= 2 && /^[0-9@$]+$/.test(word))
			? plainLeet(word)
			: word,
	);
}

function plainLeet(word: string): string {
	// A mark at the end of a word is more often a mark.
	let end = word.length;
	while (end > 0 && "!|+".includes(word.charAt(end - 1))) end--;
	let plain = "";
	for (const char of word.slice(0, end)) plain += leetLetters.get(char) ?? char;
	return plain + word.slice(end);
}

const separators = " -_.*|/~+\u00b7\u2022,";
/** Shorter runs are initials, options and formulas, unless nearly everything is spaced. */
const spacedLettersMin = 5;
const spacedLettersMinInStyle = 2;

/**
 * Joins "i g n o r e" and "i.g.n.o.r.e". Letters that one separator keeps apart make a word; two
 * spaces, or a space where the separator is another, end it.
 */
export function withoutLetterSpacing(text: string): TracedText | undefined {
	const lettersMin = isMostlySpaced(text) ? spacedLettersMinInStyle : spacedLettersMin;
	const writer = createTracedWriter(text);
	let at = 0;
	while (at < text.length) {
		const end = isStartOfWord(text, at) ? spacedEnd(text, at, lettersMin) : at;
		if (end === at) {
			at++;
			continue;
		}
		for (let separator = at + 1; separator < end; separator += 2) {
			writer.replace(separator, separator + 1, "");
		}
		at = end;
	}
	return writer.finish();
}

/** The end of a run of spaced letters at `start`, or `start` when there is none. */
function spacedEnd(text: string, start: number, lettersMin: number): number {
	const separator = text[start + 1] ?? "";
	if (separator === "" || !separators.includes(separator)) return start;
	let at = start;
	let letters = 1;
	while (text[at + 1] === separator && isWordCharacter(text, at + 2)) {
		at += 2;
		letters++;
	}
	// The last letter belongs to the next word when that goes on.
	if (isWordCharacter(text, at + 1)) {
		at -= 2;
		letters--;
	}
	return letters >= lettersMin ? at + 1 : start;
}

function isMostlySpaced(text: string): boolean {
	let words = 0;
	let single = 0;
	for (let at = 0; at < text.length; at++) {
		if (!isStartOfWord(text, at)) continue;
		words++;
		if (!isWordCharacter(text, at + 1)) single++;
	}
	return words >= 6 && single > words * 0.6;
}

function isStartOfWord(text: string, at: number): boolean {
	return isWordCharacter(text, at) && (at === 0 || !isWordCharacter(text, at - 1));
}

function isWordCharacter(text: string, at: number): boolean {
	const code = text.charCodeAt(at);
	return (
		(code >= 48 && code <= 57) ||
		((code | 32) >= 97 && (code | 32) <= 122) ||
		code === 64 ||
		code === 36 ||
		code >= 0xc0
	);
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
