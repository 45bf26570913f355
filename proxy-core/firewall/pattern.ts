import { ignored } from "./fold-code.ts";
import { createUnit, letterOf, readUnit } from "./read-unit.ts";

/** A literal as the matcher needs it. */
export interface Pattern {
	/** Folded letters, nothing between them. */
	readonly skeleton: string;
	/** The same letters before look-alikes are made one. */
	readonly letters: readonly string[];
	/** Whether each of them is written in Latin letters. */
	readonly isLatin: readonly boolean[];
	/** What stands before each letter in the literal; "" within words. */
	readonly gaps: readonly string[];
	/** Undefined when its signs are not part of what it says. */
	readonly exact: ExactText | undefined;
}

/** A literal without blanks, in lower case. */
export interface ExactText {
	/** Up to its last letter. */
	readonly head: string;
	/** The signs behind that. */
	readonly tail: string;
}

/** Signs that mean something by themselves; commas and hyphens are left to the writer. */
const meaningfulSigns = /[<>|[\]{}#=`_/$%^~*]/;
/** Under so many letters nothing can be found reliably. */
export const lettersMin = 3;
/** Backslashes come and go with every layer of JSON. */
const blanks = /[\s\\]+/g;

/** The folded letters of a literal; undefined when it has fewer than three letters or digits. */
export function readSkeleton(literal: string, folds: Uint16Array): string | undefined {
	const unit = createUnit();
	let skeleton = "";
	for (let at = 0; at < literal.length; at += unit.length) {
		readUnit(folds, literal, { at, unit });
		if (unit.fold > ignored) skeleton += String.fromCharCode(unit.fold);
	}
	return skeleton.length < lettersMin ? undefined : skeleton;
}

/** Undefined when the literal has fewer than three letters or digits. */
export function readPattern(literal: string, folds: Uint16Array): Pattern | undefined {
	const unit = createUnit();
	const letters: string[] = [];
	const isLatin: boolean[] = [];
	const gaps: string[] = [];
	let skeleton = "";
	let gap = "";
	let lettersEnd = 0;
	for (let at = 0; at < literal.length; at += unit.length) {
		readUnit(folds, literal, { at, unit });
		if (unit.fold === ignored) continue;
		if (unit.fold < ignored) {
			gap += String.fromCodePoint(unit.point);
			continue;
		}
		skeleton += String.fromCharCode(unit.fold);
		letters.push(letterOf(unit));
		isLatin.push(isLatinLetter(unit.point));
		gaps.push(gap);
		gap = "";
		lettersEnd = at + unit.length;
	}
	if (letters.length < lettersMin) return undefined;
	const plain = { skeleton, letters, isLatin, gaps };
	if (!meaningfulSigns.test(literal)) return { ...plain, exact: undefined };
	const head = signsOf(literal.slice(0, lettersEnd), folds);
	const tail = signsOf(literal.slice(lettersEnd), folds);
	return { ...plain, exact: { head, tail } };
}

/** Without blanks and without what the matcher does not see, in lower case. */
function signsOf(text: string, folds: Uint16Array): string {
	const seen = Array.from(text).filter((char) => folds[char.charCodeAt(0)] !== ignored);
	return withoutBlanks(seen.join(""));
}

export function withoutBlanks(text: string): string {
	return text.replace(blanks, "").toLowerCase();
}

/** With or without accents; no digit. */
export function isLatinLetter(point: number): boolean {
	return (point >= 65 && point < 0x250) || (point >= 0x1e00 && point <= 0x1eff);
}
