import type { Automaton } from "./automaton.ts";
import { endFlag, foreignLetter, rowWidth, stepFrom } from "./automaton.ts";
import { ignored, special } from "./fold-code.ts";
import { createUnit, mayBeginEscape, readUnit } from "./read-unit.ts";

/** Where a pattern's letters end, before anybody looked at what stands between them. */
export interface Candidate {
	readonly pattern: number;
	/** Offset behind its last letter. */
	readonly end: number;
}

/** A scan under way; carries the automaton's state from one slice to the next. */
export interface Cursor {
	at: number;
	state: number;
	/** Escapes that stand for letters; a text full of them hides something. */
	escapedLetters: number;
	/** Escapes may hide more than letters: other escapes, or blanks and signs of an encoded piece. */
	isNested: boolean;
	readonly candidates: Candidate[];
}

export function createCursor(): Cursor {
	return { at: 0, state: 0, escapedLetters: 0, isNested: false, candidates: [] };
}

/** A text and its UTF-16 code units, which are faster to read. */
export interface CodedText {
	readonly text: string;
	readonly codes: Uint16Array;
}

/** Reading an escape or half a character takes about so many times as long as a letter. */
const specialCost = 16;

/**
 * Reads on from `cursor` to `end` or until `workMax` is used up; a unit of work is a character.
 * Returns the work that was done.
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: the one loop that every character of a body goes through
export function scanText(
	automaton: Automaton,
	{ text, codes }: CodedText,
	{ cursor, end, workMax }: { cursor: Cursor; end: number; workMax: number },
): number {
	const { symbols, rowStates, rows, isEnd } = automaton;
	const from = cursor.at;
	let { at, state } = cursor;
	// Work beyond one for each character; taken off the way that is left.
	let spent = 0;
	let last = Math.min(end, from + workMax);
	while (at < last) {
		const code = codes[at] ?? 0;
		let symbol = symbols[code] ?? 0;
		at++;
		if (symbol === special) {
			// Line ends and quotes are what most bodies escape.
			if (code === backslash && isCommonEscape(codes[at] ?? 0)) {
				at++;
				spent--;
				continue;
			}
			const read = readSymbol(automaton, text, { at: at - 1, cursor });
			symbol = read % lengthUnit;
			const more = Math.floor(read / lengthUnit) - 1;
			at += more;
			spent += specialCost - more;
			last = Math.min(end, from + workMax - spent);
		}
		if (symbol === foreignLetter) {
			state = 0;
			continue;
		}
		if (symbol < rowWidth && state < rowStates) {
			state = rows[state * rowWidth + symbol] ?? 0;
			if (state >= 0) continue;
			state &= ~endFlag;
		} else if (symbol <= ignored) {
			continue;
		} else {
			state = stepFrom(automaton, state, symbol);
			if (isEnd[state] !== 1) continue;
		}
		addCandidates(automaton, state, { cursor, end: at });
	}
	cursor.at = at;
	cursor.state = state;
	return at - from + spent;
}

const backslash = 92;
const percent = 37;
/** Symbols are smaller. */
const lengthUnit = 0x10000;

/** `\n`, `\r`, `\t`, `\"` */
function isCommonEscape(code: number): boolean {
	return code === 110 || code === 34 || code === 116 || code === 114;
}

/** The symbol of an escape, a sign or a whole character, and its length times `lengthUnit`. */
function readSymbol(
	{ symbols, folds }: Automaton,
	text: string,
	{ at, cursor }: { at: number; cursor: Cursor },
): number {
	const unit = createUnit();
	readUnit(folds, text, { at, unit });
	if (unit.isEscaped) {
		// A percent sign may have kept the parts of an encoded piece apart.
		const isPercent = text.charCodeAt(at) === percent;
		if (isPercent || mayBeginEscape(unit.point)) cursor.isNested = true;
		else if (unit.point > 42 && unit.point < 128) cursor.escapedLetters++;
	}
	// Folded letters stand for themselves in the table.
	const isLetter = unit.fold > ignored;
	const symbol = isLetter ? (symbols[unit.fold] ?? foreignLetter) : unit.fold;
	return unit.length * lengthUnit + symbol;
}

function addCandidates(
	{ patternAt, shorter }: Automaton,
	state: number,
	{ cursor, end }: { cursor: Cursor; end: number },
): void {
	for (let found = state; found !== 0; found = shorter[found] ?? 0) {
		const pattern = patternAt[found] ?? -1;
		if (pattern >= 0) cursor.candidates.push({ pattern, end });
	}
}
