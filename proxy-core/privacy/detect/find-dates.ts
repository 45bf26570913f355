import { announcing, contextWords } from "./context-words.ts";
import { wordKind } from "./lexicon/word-kinds.ts";
import type { PersonalDatum } from "./personal-datum.ts";
import type { Tokens } from "./read-tokens.ts";
import { tokenMark } from "./read-tokens.ts";

const time = /^(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z| ?[AaPp][Mm]|[+-]\d{2}:?\d{2})?)/;
const timeLengthMax = 36;
const birthWords = contextWords(announcing.birth);

/** Adds dates, with the time that follows one. */
export function findDates(tokens: Tokens, found: PersonalDatum[]): void {
	let covered = 0;
	for (const token of tokens.numbers) {
		if (token < covered) continue;
		const next = findNumeric(tokens, token, found);
		if (next > 0) covered = next;
	}
	for (const token of tokens.numbers) findYear(tokens, token, found);
	for (const token of tokens.names) {
		findNamed(tokens, token, found);
		findWeekday(tokens, token, found);
	}
}

/** Index of the first token behind a date of numbers that begins at `token`; 0 without one. */
function findNumeric(tokens: Tokens, token: number, found: PersonalDatum[]): number {
	const { text } = tokens;
	const start = tokens.starts[token] ?? 0;
	const separator = text.charAt(tokens.ends[token] ?? 0);
	if (!"-/.".includes(separator || " ") || "./-$".includes(text.charAt(start - 1) || " ")) return 0;
	const last = lastOfDate(tokens, token, separator);
	const parts: string[] = [];
	for (let at = token; at <= last; at += 1) parts.push(textOf(tokens, at));
	const end = endOfTime(tokens, last, parts);
	const isLonger = "-/".includes(text.charAt(end) || " ") && /\w/.test(text.charAt(end + 1));
	if (isLonger) return 0;
	const score = parts.length === 3 ? scoreOfThree(parts, separator) : scoreOfTwo(parts, separator);
	if (score === 0) return 0;
	tokens.context.lookAround(start, end);
	const context = tokens.context.weigh(birthWords, 0);
	found.push({ type: "DATE_TIME", start, end, score: Math.max(score, context) });
	return last + 1;
}

/** At most two tokens on, with the same separator before each. */
function lastOfDate(tokens: Tokens, first: number, separator: string): number {
	let last = first;
	while (last < first + 2 && last + 1 < tokens.count) {
		const end = tokens.ends[last] ?? 0;
		if (tokens.text.charAt(end) !== separator || tokens.starts[last + 1] !== end + 1) break;
		last += 1;
	}
	return last;
}

/** `2023-11-08T07:45Z`: the last token reaches into the time, which is taken off `parts`. */
function endOfTime({ text, ends }: Tokens, last: number, parts: string[]): number {
	const dayEnd = ends[last] ?? 0;
	const tail = parts.at(-1) ?? "";
	const joined = tail.indexOf("T");
	const from = joined > 0 ? dayEnd - tail.length + joined : dayEnd;
	const match = time.exec(text.slice(from, from + timeLengthMax));
	if (match === null) return dayEnd;
	if (joined > 0) parts[parts.length - 1] = tail.slice(0, joined);
	return from + match[0].length;
}

function scoreOfThree(parts: readonly string[], separator: string): number {
	const [first = "", second = "", third = ""] = parts;
	const monthByName = isMonthName(second);
	if (monthByName) return isDay(first) && isYear(third) ? 0.85 : 0;
	if (/^\d{4}$/.test(first)) return isYear(first) && isMonth(second) && isDay(third) ? 0.9 : 0;
	if (!/^(?:\d{4}|\d{2})$/.test(third)) return 0;
	if (third.length === 4 ? !isYear(third) : separator === "." && first.length + second.length < 3)
		return 0;
	return (isDay(first) && isMonth(second)) || (isMonth(first) && isDay(second)) ? 0.8 : 0;
}

/** "5/2021", "May-21", "05/21": the last only when it can be no day of a month. */
function scoreOfTwo(parts: readonly string[], separator: string): number {
	const [first = "", second = ""] = parts;
	if (separator === "." || parts.length !== 2) return 0;
	if (/^\d{4}$/.test(second) && isYear(second)) return isMonth(first) ? 0.65 : 0;
	return separator === "/" && isMonth(first) && /^(?:0[1-9]|[1-3]\d)$/.test(second) ? 0.5 : 0;
}

/** "May 5, 2021", "5 May 2021", "9-JUN-2020", "May 2021", "5th of May". */
function findNamed(tokens: Tokens, token: number, found: PersonalDatum[]): void {
	if (((tokens.kinds[token] ?? 0) & wordKind.month) === 0) return;
	let first = token;
	let last = token;
	if (isNear(tokens, token - 1) && isDayToken(tokens, token - 1)) first = token - 1;
	else if (token > 1 && textOf(tokens, token - 1) === "of" && isDayToken(tokens, token - 2))
		first = token - 2;
	if (isNear(tokens, last) && (first < token ? isYearToken : isDayOrYear)(tokens, last + 1))
		last += 1;
	if (last > token && isNear(tokens, last) && isYearToken(tokens, last + 1)) last += 1;
	if (first === last) return;
	found.push({
		type: "DATE_TIME",
		start: tokens.starts[first] ?? 0,
		end: tokens.ends[last] ?? 0,
		score: 0.8,
	});
}

/** "in 1977", "During 2017", "since 2008". */
function findYear(tokens: Tokens, token: number, found: PersonalDatum[]): void {
	if (
		token === 0 ||
		!isYearToken(tokens, token) ||
		tokens.starts[token] !== (tokens.ends[token - 1] ?? 0) + 1
	)
		return;
	if (!/^(?:in|during|since|until|year|born)$/i.test(textOf(tokens, token - 1))) return;
	found.push({
		type: "DATE_TIME",
		start: tokens.starts[token] ?? 0,
		end: tokens.ends[token] ?? 0,
		score: 0.55,
	});
}

/** Names of days written out; "Sun" and "Mar" are more than that. */
function findWeekday(tokens: Tokens, token: number, found: PersonalDatum[]): void {
	if (((tokens.kinds[token] ?? 0) & wordKind.weekday) === 0) return;
	const start = tokens.starts[token] ?? 0;
	const end = tokens.ends[token] ?? 0;
	if (end - start >= 6) found.push({ type: "DATE_TIME", start, end, score: 0.55 });
}

/** Whether the next token follows after at most ", ". */
function isNear(tokens: Tokens, token: number): boolean {
	if (token < 0 || token + 1 >= tokens.count) return false;
	const gap = tokens.text.slice(tokens.ends[token], tokens.starts[token + 1]);
	return gap.length <= 2 && /^[ ,.\-/']+$/.test(gap) && !gap.includes(". ");
}

function isDayToken(tokens: Tokens, token: number): boolean {
	return (
		token >= 0 &&
		/^\d{1,2}(?:st|nd|rd|th)?$/.test(textOf(tokens, token)) &&
		Number.parseInt(textOf(tokens, token), 10) <= 31
	);
}

function isYearToken(tokens: Tokens, token: number): boolean {
	return isYear(textOf(tokens, token));
}

function isDayOrYear(tokens: Tokens, token: number): boolean {
	return isDayToken(tokens, token) || isYearToken(tokens, token);
}

function textOf(tokens: Tokens, token: number): string {
	const isNumber = ((tokens.marks[token] ?? 0) & (tokenMark.digit | tokenMark.letter)) !== 0;
	return isNumber ? tokens.text.slice(tokens.starts[token], tokens.ends[token]) : "";
}

const monthNames = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}$/i;

function isMonthName(text: string): boolean {
	return text.length <= 9 && monthNames.test(text);
}

function isMonth(text: string): boolean {
	return /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= 12;
}

function isDay(text: string): boolean {
	return /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= 31;
}

function isYear(text: string): boolean {
	return /^(?:1[89]|20)\d\d$/.test(text);
}
