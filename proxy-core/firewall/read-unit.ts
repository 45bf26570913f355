import {
	foldPoint,
	ignored,
	isAsciiWord,
	plainLetter,
	separator,
	signLetter,
	skeletonOf,
	special,
} from "./fold-code.ts";
import { escapeCode, escapeLength, readEscape } from "./read-escape.ts";

/** One character of a text as the matcher reads it. Written over by the next reading. */
export interface Unit {
	/** Separator, ignored, or the folded letter's code unit. */
	fold: number;
	/** Code point, after an escape is undone. */
	point: number;
	/** Code units that it takes in the text. */
	length: number;
	isEscaped: boolean;
}

const beginsEscape = "\\%&";
const emptyUnit: Readonly<Unit> = { fold: separator, point: 32, length: 1, isEscaped: false };

export function createUnit(): Unit {
	return { ...emptyUnit };
}

/** Reads the character at `at`, whatever it is written as. `text[at]` must exist. */
export function readUnit(folds: Uint16Array, text: string, { at, unit }: Reading): void {
	const code = text.charCodeAt(at);
	const fold = folds[code] ?? separator;
	unit.length = 1;
	unit.point = code;
	unit.isEscaped = false;
	unit.fold = fold;
	if (fold === special) readSpecial(folds, text, { at, unit });
}

export interface Reading {
	readonly at: number;
	readonly unit: Unit;
}

function readSpecial(folds: Uint16Array, text: string, { at, unit }: Reading): void {
	const found = readEscape(text, at);
	if (found !== 0) {
		unit.point = escapeCode(found);
		unit.length = escapeLength(found);
		unit.isEscaped = true;
		unit.fold = foldOf(folds, unit.point);
		return;
	}
	const point = text.codePointAt(at) ?? 0;
	unit.point = point;
	if (point > 0xffff) {
		unit.length = 2;
		unit.fold = foldOf(folds, point);
		return;
	}
	const letter = signLetter(point);
	const stands = letter !== undefined && isAsciiWord(text.charCodeAt(at + 1));
	unit.fold = stands ? skeletonOf(letter).charCodeAt(0) : separator;
}

/** Whether what an escape stands for may begin an escape itself. */
export function mayBeginEscape(point: number): boolean {
	return point < 128 && beginsEscape.includes(String.fromCharCode(point));
}

function foldOf(folds: Uint16Array, point: number): number {
	if (point <= 0xffff) {
		const fold = folds[point] ?? separator;
		return fold === special ? separator : fold;
	}
	// Asking Unicode is slow, and most of these are pictures or signs of Chinese.
	if (point >= 0x1d400 && point <= 0x1d7ff) return foldPoint(point);
	if (point >= 0x1f130 && point <= 0x1f1ff) return foldPoint(point);
	if (point >= 0xe0000) return ignored;
	return point >= 0x1f000 && point < 0x20000 ? separator : 0xffff;
}

/** The letter of a unit before look-alikes are made one; "" when it is none. */
export function letterOf({ fold, point }: Pick<Unit, "fold" | "point">): string {
	return fold <= special ? "" : plainLetter(String.fromCodePoint(point));
}
