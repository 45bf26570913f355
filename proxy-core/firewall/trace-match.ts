import { firstLetter, ignored, separator } from "./fold-code.ts";
import type { ExactText, Pattern } from "./pattern.ts";
import { isLatinLetter, withoutBlanks } from "./pattern.ts";
import { createUnit, letterOf, readUnit } from "./read-unit.ts";

/** A place where a literal really stands. */
export interface Match {
	readonly start: number;
	readonly end: number;
	/** How its letters were hidden; undefined when it stands there plainly. */
	readonly disguise: Disguise | undefined;
}

export type Disguise =
	| "letter-spacing"
	| "look-alikes"
	| "digits-for-letters"
	| "invisible-characters"
	| "escapes";

/** Disguises that change letters or what stands between them. */
const guesses: ReadonlySet<Disguise> = new Set([
	"letter-spacing",
	"look-alikes",
	"digits-for-letters",
]);

interface Traced {
	readonly fold: number;
	readonly point: number;
	readonly start: number;
	readonly end: number;
	readonly isEscaped: boolean;
}

export interface Place {
	readonly pattern: Pattern;
	/** Behind the last letter. */
	readonly end: number;
}

/** Code units for each letter: most are written plainly, the rest is looked at again. */
const windowFactors = [3, 24];
const windowSpare = 32;
/** More between two letters than this, and they belong to different texts. */
const gapMax = 24;
/** Shorter ones are too likely to come about by chance when letters may be others. */
const disguisedLettersMin = 10;
const spacedShareMin = 0.6;
const splitShareMax = 0.25;
/** Alphabets behind this one do not put spaces between words. */
const unspacedFrom = 0x0e00;

/** Whether the literal whose letters end at `end` stands there, and how. Undefined: it was chance. */
export function traceMatch(folds: Uint16Array, text: string, place: Place): Match | undefined {
	if (!endsWord(folds, text, place)) return undefined;
	for (const factor of windowFactors) {
		const from = Math.max(0, place.end - place.pattern.letters.length * factor - windowSpare);
		const units = readWindow(folds, text, { from, end: place.end });
		const first = firstUnit(units, place.pattern);
		if (first > 0 || (first === 0 && from === 0)) {
			const { exact } = place.pattern;
			if (exact === undefined) return judge(units, first, place);
			return judgeExact(units, exact, signsAfter(folds, text, place));
		}
		if (from === 0) return undefined;
	}
	return undefined;
}

function readWindow(
	folds: Uint16Array,
	text: string,
	{ from, end }: { from: number; end: number },
): readonly Traced[] {
	const unit = createUnit();
	const units: Traced[] = [];
	for (let at = from; at < end; at += unit.length) {
		readUnit(folds, text, { at, unit });
		const { fold, point, length, isEscaped } = unit;
		units.push({ fold, point, start: at, end: at + length, isEscaped });
	}
	return units;
}

/** Index of the unit with the first letter; -1 when it lies before the window or letters differ. */
function firstUnit(units: readonly Traced[], { skeleton }: Pattern): number {
	let left = skeleton.length;
	for (let index = units.length - 1; index >= 0; index--) {
		const { fold } = units[index] ?? { fold: separator };
		if (fold <= ignored) continue;
		if (fold !== skeleton.charCodeAt(left - 1)) return -1;
		left--;
		if (left === 0) return index;
	}
	return -1;
}

function endsWord(folds: Uint16Array, text: string, { pattern, end }: Place): boolean {
	if (pattern.exact !== undefined) return true;
	const unit = createUnit();
	for (let at = end; at < text.length && at < end + gapMax; at += unit.length) {
		readUnit(folds, text, { at, unit });
		if (unit.fold === ignored) continue;
		// A sign that may stand for a letter ends a word as well.
		return !isWordLetter(unit) || !isWordText(pattern.letters.at(-1));
	}
	return true;
}

function isWordLetter({ fold, point }: Pick<Traced, "fold" | "point">): boolean {
	return fold >= firstLetter && fold < unspacedFrom && !(point < 65 && (point < 48 || point > 57));
}

function isWordText(letter: string | undefined): boolean {
	return letter !== undefined && letter.charCodeAt(0) < unspacedFrom;
}

function judge(
	units: readonly Traced[],
	first: number,
	{ pattern, end }: Place,
): Match | undefined {
	const start = units[first]?.start ?? 0;
	const matched = units.slice(first);
	if (!beginsWord(units, first, pattern)) return undefined;
	const gaps = readGaps(matched, pattern);
	if (gaps === undefined) return undefined;
	const disguise = gaps === "spaced" ? "letter-spacing" : disguiseOf(matched, pattern);
	if (disguise === "chance") return undefined;
	const isGuess = disguise !== undefined && guesses.has(disguise);
	if (isGuess && pattern.letters.length < disguisedLettersMin) return undefined;
	return { start, end, disguise };
}

function beginsWord(units: readonly Traced[], first: number, { letters }: Pattern): boolean {
	for (let index = first - 1; index >= 0; index--) {
		const before = units[index];
		if (before === undefined || before.fold === ignored) continue;
		return !isWordLetter(before) || !isWordText(letters[0]);
	}
	return true;
}

/** With its signs, in whatever escapes; blanks may differ. */
function judgeExact(units: readonly Traced[], exact: ExactText, after: string): Match | undefined {
	const end = units.at(-1)?.end ?? 0;
	if (!after.startsWith(exact.tail)) return undefined;
	let written = "";
	let isEscaped = false;
	for (let index = units.length - 1; index >= 0; index--) {
		const unit = units[index];
		if (unit === undefined || unit.fold === ignored) continue;
		isEscaped ||= unit.isEscaped && unit.fold >= firstLetter && unit.point < 128;
		written = withoutBlanks(String.fromCodePoint(unit.point)) + written;
		if (written.length < exact.head.length) continue;
		if (written !== exact.head) return undefined;
		return { start: unit.start, end, disguise: isEscaped ? "escapes" : undefined };
	}
	return undefined;
}

/** The signs behind a match, without blanks. */
function signsAfter(folds: Uint16Array, text: string, { pattern, end }: Place): string {
	const wanted = pattern.exact?.tail.length ?? 0;
	const unit = createUnit();
	let signs = "";
	for (let at = end; at < text.length && at < end + gapMax && signs.length < wanted; ) {
		readUnit(folds, text, { at, unit });
		if (unit.fold !== ignored) signs += withoutBlanks(String.fromCodePoint(unit.point));
		at += unit.length;
	}
	return signs;
}

/** What stands before each letter of a match; undefined when two are too far apart. */
function gapsOf(matched: readonly Traced[]): readonly string[] | undefined {
	const gaps: string[] = [];
	let gap = "";
	for (const { fold, point } of matched) {
		if (fold === ignored) continue;
		if (fold === separator) {
			gap += String.fromCodePoint(point);
			if (gap.length > gapMax) return undefined;
			continue;
		}
		gaps.push(gap);
		gap = "";
	}
	return gaps;
}

const slugGap = /^[-_./]$/;
const sentenceEnd = /[.!?;:]\s/;

/** How the letters stand apart: as in the literal, one by one, or (undefined) in no way that is meant. */
function readGaps(
	matched: readonly Traced[],
	{ gaps: own }: Pattern,
): "plain" | "spaced" | undefined {
	const gaps = gapsOf(matched);
	if (gaps === undefined) return undefined;
	const between = gaps.filter((_, index) => index > 0 && own[index] !== "");
	const inside = gaps.filter((_, index) => index > 0 && own[index] === "");
	const endsSentence = (gap: string, index: number) =>
		sentenceEnd.test(gap) && !sentenceEnd.test(own[index] ?? "");
	if (gaps.some((gap, index) => index > 0 && endsSentence(gap, index))) return undefined;
	const split = inside.filter((gap) => gap !== "").length;
	if (inside.length > 0 && split >= inside.length * spacedShareMin) return "spaced";
	if (between.includes("") || split > inside.length * splitShareMax) return undefined;
	// Names of files, tests and addresses.
	const isSlug = between.length > 0 && between.every((gap) => slugGap.test(gap));
	return isSlug ? undefined : "plain";
}

function disguiseOf(matched: readonly Traced[], pattern: Pattern): Disguise | "chance" | undefined {
	const counts = countDisguises(matched, pattern);
	const others = counts.lookAlikes + counts.digits;
	if (others > 0 && others < 2 && pattern.letters.length < 14) return "chance";
	if (counts.escaped > 0) return "escapes";
	if (counts.digits > 0) return "digits-for-letters";
	if (counts.lookAlikes > 0) return "look-alikes";
	return counts.invisible > 0 ? "invisible-characters" : undefined;
}

function countDisguises(matched: readonly Traced[], { letters, isLatin }: Pattern) {
	const counts = { escaped: 0, digits: 0, lookAlikes: 0, invisible: 0 };
	let letter = 0;
	let isInvisible = false;
	for (const unit of matched) {
		if (unit.fold <= ignored) {
			isInvisible = unit.fold === ignored && (isInvisible || drawnAsNothing(unit.point));
			continue;
		}
		const isWritten = isLatin[letter] === true;
		counts.invisible += Number(isWritten && isInvisible && letter > 0);
		counts.escaped += Number(unit.isEscaped && unit.point < 128);
		if (isWritten && unit.point < 65) counts.digits++;
		else counts.lookAlikes += Number(isOther(unit, isWritten, letters[letter]));
		isInvisible = false;
		letter++;
	}
	return counts;
}

/** Another letter than the literal's, or one of another alphabet that looks like it. */
function isOther(unit: Traced, isLatin: boolean, expected: string | undefined): boolean {
	return (isLatin && !isLatinLetter(unit.point)) || letterOf(unit) !== expected;
}

/** Soft hyphens are honest. */
function drawnAsNothing(point: number): boolean {
	return (
		(point >= 0x200b && point <= 0x200f) ||
		(point >= 0x2060 && point <= 0x206f) ||
		point === 0xfeff ||
		point === 0x180e ||
		point >= 0xe0000
	);
}
