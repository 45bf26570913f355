import type { PersonalDataType } from "../../contract/personal-data.ts";
import type { ContextWords } from "./context-words.ts";
import { contextWords } from "./context-words.ts";
import type { IdentifierRule } from "./ids/identifier-rule.ts";
import type { PersonalDatum } from "./personal-datum.ts";
import type { Tokens } from "./read-tokens.ts";
import { tokenMark } from "./read-tokens.ts";

interface IndexedRule extends IdentifierRule {
	readonly words: ContextWords;
}

interface Rules {
	readonly all: readonly IndexedRule[];
	/** Those that may be certain without a word around. */
	readonly sure: readonly IndexedRule[];
}

/** Rules by the lengths of the groups that a value is written in. */
export interface IdentifierIndex {
	/** Where one is behind another group, from 0 on; 0 when no rule goes on so. */
	readonly step: (place: number, length: number) => number;
	/** Rules with as many groups and no more. */
	readonly rulesAt: (place: number) => Rules | undefined;
}

/** Longer groups than this are in no rule. */
const groupLengthMax = 23;
const lengths = groupLengthMax + 1;
const groupsMax = 8;
const scoreMin = 0.5;
/** Letters before the digits of a value, in a group of their own: "HRB 1234", "B-XY 12". */
const letterGroupLengthMax = 5;

export function indexIdentifiers(
	rules: readonly IdentifierRule[],
	types: ReadonlySet<PersonalDataType>,
): IdentifierIndex {
	const next: number[] = Array<number>(lengths).fill(0);
	const held: IndexedRule[][] = [[]];
	const goOn = (place: number, length: number): number => {
		const known = next[place * lengths + length] ?? 0;
		if (known > 0) return known;
		next[place * lengths + length] = held.length;
		next.push(...Array<number>(lengths).fill(0));
		return held.push([]) - 1;
	};
	for (const described of rules) {
		if (!types.has(described.type)) continue;
		const rule = { ...described, words: contextWords(described.context) };
		for (const groups of rule.groups) {
			const place = groups.split("-").reduce((from, length) => goOn(from, Number(length)), 0);
			held[place]?.push(rule);
		}
	}
	const steps = Int16Array.from(next);
	const rulesAt = held.map((all) =>
		all.length === 0 ? undefined : { all, sure: all.filter(isEverSure) },
	);
	return {
		step: (place, length) => (length > groupLengthMax ? 0 : (steps[place * lengths + length] ?? 0)),
		rulesAt: (place) => rulesAt[place],
	};
}

function isEverSure({ bare, grouped = 0, alone = 0 }: IdentifierRule): boolean {
	return Math.max(bare, grouped, alone) >= scoreMin;
}

/** Adds what the rules recognise. Each number is looked at from at most three starts and in eight lengths. */
export function findIdentifiers(
	tokens: Tokens,
	index: IdentifierIndex,
	found: PersonalDatum[],
): void {
	let covered = -1;
	for (const token of tokens.numbers) {
		for (let first = Math.max(token - 2, covered, 0); first <= token; first += 1) {
			if (opensIdentifier(tokens, first, token)) tryFrom(tokens, first, { index, found });
		}
		covered = token;
	}
}

/** Letters in short groups may stand before the digits. */
function opensIdentifier(tokens: Tokens, first: number, token: number): boolean {
	for (let at = first; at < token; at += 1) {
		const length = (tokens.ends[at] ?? 0) - (tokens.starts[at] ?? 0);
		if (((tokens.marks[at] ?? 0) & tokenMark.digit) !== 0 || length > letterGroupLengthMax)
			return false;
		if ((tokens.starts[at + 1] ?? 0) - (tokens.ends[at] ?? 0) !== 1) return false;
	}
	return isCleanStart(tokens.text, tokens.starts[first] ?? 0);
}

function tryFrom(
	tokens: Tokens,
	first: number,
	{ index, found }: { index: IdentifierIndex; found: PersonalDatum[] },
): void {
	const last = Math.min(first + groupsMax, tokens.count);
	let place = 0;
	for (let at = first; at < last; at += 1) {
		const start = tokens.starts[at] ?? 0;
		const end = tokens.ends[at] ?? 0;
		if (at > first && start - (tokens.ends[at - 1] ?? 0) !== 1) return;
		place = index.step(place, end - start);
		if (place === 0) return;
		const rules = index.rulesAt(place);
		if (rules !== undefined && isCleanEnd(tokens.text, end)) {
			judge(tokens, { first, last: at }, { rules, found });
		}
	}
}

interface Span {
	readonly first: number;
	readonly last: number;
}

function judge(
	tokens: Tokens,
	span: Span,
	{ rules, found }: { rules: Rules; found: PersonalDatum[] },
): void {
	const { text, context } = tokens;
	const start = tokens.starts[span.first] ?? 0;
	const end = tokens.ends[span.last] ?? 0;
	const isAnnounced = context.lookAround(start, end);
	const candidates = isAnnounced ? rules.all : rules.sure;
	if (candidates.length === 0) return;
	const isGrouped = span.last > span.first;
	const forms: Forms = {
		isGrouped: isGrouped && !standsInRow(text, start, end),
		isAlone: isWholeText(text, start, end),
	};
	// A word that belongs to the number before says nothing about a form that has no checksum.
	const before = isAnnounced ? (tokens.ends[previousNumber(tokens, span.first)] ?? 0) : 0;
	let compact: string | undefined;
	for (const rule of candidates) {
		const own = scoreOfForm(rule, forms);
		const told = isAnnounced ? context.weigh(rule.words, rule.check === undefined ? before : 0) : 0;
		const score = Math.max(own, told);
		if (score < scoreMin) continue;
		compact ??= compactOf(tokens, span);
		if (fits(tokens, span, { rule, compact })) found.push({ type: rule.type, start, end, score });
	}
}

function fits(
	tokens: Tokens,
	span: Span,
	{ rule, compact }: { rule: IdentifierRule; compact: string },
): boolean {
	if (!(rule.pattern ?? digitsOnly).test(compact)) return false;
	return separatorsFit(tokens, span, rule.separators ?? " -") && rule.check?.(compact) !== false;
}
const digitsOnly = /^\d+$/;

interface Forms {
	readonly isGrouped: boolean;
	readonly isAlone: boolean;
}

function scoreOfForm(rule: IdentifierRule, { isGrouped, isAlone }: Forms): number {
	const grouped = isGrouped ? (rule.grouped ?? 0) : 0;
	return Math.max(rule.bare, grouped, isAlone ? (rule.alone ?? 0) : 0);
}

/** Groups with spaces among more numbers: a table or a list rather than one number. */
export function standsInRow(text: string, start: number, end: number): boolean {
	return (
		(partsCells(text.charCodeAt(start - 1)) && isDigit(text.charCodeAt(start - 2))) ||
		(partsCells(text.charCodeAt(end)) && isDigit(text.charCodeAt(end + 1)))
	);
}

/** A space, a comma, a tab, a bar or a semicolon. */
function partsCells(code: number): boolean {
	return code === 32 || code === 44 || code === 9 || code === 124 || code === 59;
}

function isDigit(code: number): boolean {
	return code >= 48 && code <= 57;
}

function compactOf(tokens: Tokens, { first, last }: Span): string {
	let compact = "";
	for (let at = first; at <= last; at += 1) {
		compact += tokens.text.slice(tokens.starts[at], tokens.ends[at]);
	}
	return compact.toUpperCase();
}

function separatorsFit(tokens: Tokens, { first, last }: Span, allowed: string): boolean {
	for (let at = first; at < last; at += 1) {
		const separator = tokens.text.charAt(tokens.ends[at] ?? 0);
		if (!allowed.includes(separator) && !(separator === "\u00a0" && allowed.includes(" ")))
			return false;
	}
	return true;
}

function previousNumber(tokens: Tokens, token: number): number {
	for (let at = token - 1; at >= Math.max(0, token - 12); at -= 1) {
		if (((tokens.marks[at] ?? 0) & tokenMark.digit) !== 0) return at;
	}
	return -1;
}

/** Not the middle of a longer number, amount, path or name. */
export function isCleanStart(text: string, start: number): boolean {
	const before = text.charCodeAt(start - 1);
	if (before === 95 || before === 36 || before === 0x20ac || before === 0xa3) return false;
	if (before !== 45 && before !== 46 && before !== 47 && before !== 44) return true;
	return !isAlphanumeric(text.charCodeAt(start - 2));
}

export function isCleanEnd(text: string, end: number): boolean {
	const after = text.charCodeAt(end);
	if (after === 95 || after === 64) return false;
	if (after !== 45 && after !== 46 && after !== 47) return true;
	return !isAlphanumeric(text.charCodeAt(end + 1));
}

function isAlphanumeric(code: number): boolean {
	return isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

function isWholeText(text: string, start: number, end: number): boolean {
	return isBlank(text, 0, start) && isBlank(text, end, text.length);
}

function isBlank(text: string, from: number, to: number): boolean {
	if (to - from > 8) return false;
	return text.slice(from, to).trim() === "";
}
