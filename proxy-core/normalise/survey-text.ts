import { codeKinds, kindsOfCodes, tallyCodes } from "./code-kinds.ts";

/** What a text may hide, found by one cheap look; decoders run only where there is something to decode. */
export interface TextSurvey {
	/** Percent signs, character references, backslashes. */
	readonly hasEscapes: boolean;
	/** Long runs of letters in both cases or with digits. */
	readonly base64: readonly CodeRange[];
	/** Several short ones that follow one another. */
	readonly hasBrokenBase64: boolean;
	readonly hex: readonly CodeRange[];
	/** Digits or signs where letters belong, often enough to be a style. */
	readonly hasLeet: boolean;
	readonly hasHyphens: boolean;
	/** Single letters kept apart by the same separator. */
	readonly hasSpacing: boolean;
	readonly hasLatin: boolean;
	readonly isAscii: boolean;
}

export interface CodeRange {
	readonly start: number;
	readonly end: number;
}

/** More of one kind in one text are not an attack anybody could mean. */
const rangesMax = 64;

const { hex, inRun, lower, capitalOrDigit, separator, single, blank } = codeKinds;

const leetMin = 3;
/** Of the words; a few part numbers in a long text are no style. */
const leetShare = 0.1;
const hexDigitsMin = 6;
const hyphensMin = 2;

/** A few short passes over the code units, most of which most texts need not take. */
export function surveyText(codes: Uint16Array, tally = tallyCodes(codes)): TextSurvey {
	const { all, digits, hyphens, blanks, leets, changes } = tally;
	return {
		hasEscapes: (all & codeKinds.escape) !== 0,
		// A run of sixteen letters of base64 changes its case four times on average.
		base64: changes >= changesMin ? base64Runs(codes) : [],
		hasBrokenBase64: changes >= brokenMin && isBroken(codes),
		hex: digits >= hexDigitsMin ? hexRuns(codes) : [],
		hasLeet: leets >= leetMin && leets >= blanks * leetShare,
		// A fifth of the words, and some of those have several.
		hasHyphens: hyphens >= hyphensMin && hyphens >= blanks * 0.2,
		hasSpacing: (tally.hasRow || isApart(tally.apart, codes)) && hasSpacing(codes),
		hasLatin: (all & codeKinds.letter) !== 0,
		isAscii: (all & codeKinds.foreign) === 0,
	};
}

const changesMin = 2;
const base64Min = 16;

/** Long runs of base64 letters with small letters and others. */
function base64Runs(codes: Uint16Array): readonly CodeRange[] {
	return longRuns(codes, { kind: inRun, lengthMin: base64Min }, (start, end) => {
		let all = 0;
		for (let at = start; at < end; at++) all |= kindsOfCodes[codes[at] ?? 0] ?? 0;
		return (all & lower) !== 0 && (all & capitalOrDigit) !== 0;
	});
}

/** Runs of hexadecimal digits and what stands between them, with some digits. */
function hexRuns(codes: Uint16Array): readonly CodeRange[] {
	return longRuns(codes, { kind: hex, lengthMin: hexMin }, (start, end) => {
		let digits = 0;
		for (let at = start; at < end; at++) {
			digits += (kindsOfCodes[codes[at] ?? 0] ?? 0) & codeKinds.digit;
		}
		return digits >= hexDigitsMin;
	});
}

const hexMin = 16;

interface RunShape {
	/** What every code unit of it is. */
	readonly kind: number;
	readonly lengthMin: number;
}

/** Looks at the last place that a run has to cover and back from there, so that most are never looked at. */
function longRuns(
	codes: Uint16Array,
	{ kind, lengthMin }: RunShape,
	isMeant: (start: number, end: number) => boolean,
): readonly CodeRange[] {
	const found: CodeRange[] = [];
	const { length } = codes;
	for (let start = 0; start + lengthMin <= length && found.length < rangesMax; ) {
		let back = start + lengthMin - 1;
		while (back >= start && ((kindsOfCodes[codes[back] ?? 0] ?? 0) & kind) !== 0) back--;
		if (back >= start) {
			start = back + 1;
			continue;
		}
		let end = start + lengthMin;
		while (end < length && ((kindsOfCodes[codes[end] ?? 0] ?? 0) & kind) !== 0) end++;
		if (isMeant(start, end)) found.push({ start, end });
		start = end + 1;
	}
	return found;
}

const brokenMin = 3;

/** Whether three runs with a capital or digit behind a small letter follow one another. */
function isBroken(codes: Uint16Array): boolean {
	let mixed = 0;
	let counted = 0;
	let before = 0;
	for (let at = 0; at < codes.length; at++) {
		const kind = kindsOfCodes[codes[at] ?? 0] ?? 0;
		const isChange = (before & (kind >> 3) & lower) !== 0;
		before = kind;
		if (!isChange) continue;
		// What stands between two such runs is looked at only where there are some.
		mixed = mixedBefore(codes, [counted, at], mixed) + 1;
		if (mixed >= brokenMin) return true;
		counted = runEnd(codes, at);
		at = counted - 1;
		before = 0;
	}
	return false;
}

/** What is left of `mixed` where the run begins that `end` is in. */
function mixedBefore(codes: Uint16Array, [start, end]: [number, number], mixed: number): number {
	let left = mixed;
	for (let at = start; at < end && left > 0; ) {
		const kind = kindsOfCodes[codes[at] ?? 0] ?? 0;
		if ((kind & inRun) === 0) {
			if ((kind & blank) === 0) left = 0;
			at++;
			continue;
		}
		at = runEnd(codes, at);
		// Every other piece may be plain by chance.
		if (at <= end) left--;
	}
	return left;
}

function runEnd(codes: Uint16Array, start: number): number {
	let at = start + 1;
	while (at < codes.length && ((kindsOfCodes[codes[at] ?? 0] ?? 0) & inRun) !== 0) at++;
	return at;
}

/** Five letters in a row kept apart by one separator, or shorter rows all over. */
const rowMin = 3;
const rowsPerCharacter = 0.1;

function isApart(rows: number, codes: Uint16Array): boolean {
	return rows > 0 && rows >= codes.length * rowsPerCharacter;
}

function hasSpacing(codes: Uint16Array): boolean {
	let rows = 0;
	let row = 0;
	let last = -1;
	const isSingle = (at: number): boolean => ((kindsOfCodes[codes[at] ?? 0] ?? 0) & single) !== 0;
	for (let at = 1; at + 3 < codes.length; at++) {
		const code = codes[at] ?? 0;
		if (codes[at + 2] !== code || ((kindsOfCodes[code] ?? 0) & separator) === 0) continue;
		if (!isSingle(at - 1) || !isSingle(at + 1) || !isSingle(at + 3)) continue;
		rows++;
		row = last === at - 2 ? row + 1 : 1;
		last = at;
		if (row >= rowMin) return true;
	}
	return isApart(rows, codes);
}
