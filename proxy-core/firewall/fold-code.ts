import { confusables } from "../normalise/confusables.ts";

/** What a code unit is to the matcher; everything from `firstLetter` on is a letter's own code unit. */
export const separator = 0;
/** Not there for the matcher: marks on letters, apostrophes, characters that are drawn as nothing. */
export const ignored = 1;
/** Begins an escape, a sign that may stand for a letter, or half a character: needs a closer look. */
export const special = 2;
export const firstLetter = 48;

const apostrophes = "'\u2019\u02bc\u2018";
const specials = "\\%&@$!";
const drawnAsNothing = /\p{Cf}|\p{Default_Ignorable_Code_Point}|\p{M}/u;
const letterOrDigit = /[\p{L}\p{N}]/u;
const marks = /\p{M}+/gu;
/** Letters that digits and other letters are read as. What looks alike is one letter here. */
const alike: ReadonlyMap<string, string> = new Map([
	...Array.from("013456789", (digit, index): [string, string] => [
		digit,
		"oleasgtbg".charAt(index),
	]),
	["i", "l"],
]);
const signLetters: ReadonlyMap<number, string> = new Map([
	[64, "a"],
	[36, "s"],
	[33, "i"],
]);

/** A character in lower case, without marks, in its plain form and alphabet; empty if it is no letter. */
export function plainLetter(char: string): string {
	const code = char.charCodeAt(0);
	if (code < 128) return isAsciiWord(code) ? char.toLowerCase() : "";
	// Korean syllables would fall apart.
	if (code >= 0xac00 && code <= 0xd7a3) return char;
	const styled = styledLetter(char.codePointAt(0) ?? 0);
	if (styled !== undefined) return styled;
	const plain = char.normalize("NFKD").replace(marks, "").toLowerCase();
	const [first = ""] = plain;
	if (first.length !== 1 || !letterOrDigit.test(first)) return "";
	return (confusables.get(first.charCodeAt(0)) ?? first).toLowerCase();
}

export function isAsciiWord(code: number): boolean {
	return (code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 122 && code < 128);
}

/** Letters in squares and circles that Unicode does not call letters. */
function styledLetter(point: number): string | undefined {
	for (const start of [0x1f1e6, 0x1f150, 0x1f170]) {
		if (point >= start && point < start + 26) return String.fromCharCode(97 + point - start);
	}
	return undefined;
}

/** The letter that all of its look-alikes share. */
export function skeletonOf(letter: string): string {
	return alike.get(letter) ?? letter;
}

/** The letter that a sign stands for in front of letters, as in "p@ss". */
export function signLetter(code: number): string | undefined {
	return signLetters.get(code);
}

function foldTable(): Uint16Array {
	const table = new Uint16Array(0x10000);
	for (let code = 0; code < 0x10000; code++) table[code] = foldCode(code);
	return table;
}

function foldCode(code: number): number {
	if (code >= 0xd800 && code <= 0xdfff) return special;
	// Signs of Chinese, Japanese and Korean that have no other form; half of all code units.
	if (code >= 0x3400 && code <= 0x9fff) return code;
	if (code >= 0xac00 && code <= 0xd7a3) return code;
	const char = String.fromCharCode(code);
	if (specials.includes(char)) return special;
	if (apostrophes.includes(char) || drawnAsNothing.test(char)) return ignored;
	const plain = plainLetter(char);
	return plain === "" ? separator : skeletonOf(plain).charCodeAt(0);
}

/** The same for a character that takes two code units. */
export function foldPoint(point: number): number {
	const char = String.fromCodePoint(point);
	if (drawnAsNothing.test(char)) return ignored;
	const plain = plainLetter(char);
	if (plain !== "") return skeletonOf(plain).charCodeAt(0);
	// A letter of an alphabet that no signature is written in.
	return letterOrDigit.test(char) ? 0xffff : separator;
}

/** Code unit → separator, ignored, special, or the code unit of the letter it is read as. */
export const folds: Uint16Array = foldTable();
