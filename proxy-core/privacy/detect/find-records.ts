import { announcing, contextWords } from "./context-words.ts";
import { isCleanStart } from "./find-identifiers.ts";
import type { PersonalDatum } from "./personal-datum.ts";
import type { Tokens } from "./read-tokens.ts";
import { tokenMark } from "./read-tokens.ts";

const recordWords = contextWords(announcing.record);
const ageMax = 120;
const ageBefore =
	/(?:\b(?:aged?|turned|turns|turning|turn|he was|she was|age:|age is|edad|âge|eta|alter|i am|i'm|he is|she is|he's|she's))[ :]{1,3}$/i;
const ageAfter =
	/^[ -](?:(?:years?|yrs?|months?)(?:[ -](?:old|of age))|y\/?o\b|years? young|años|ans\b|anni\b|jahre alt|year-old)/i;

/** Adds numbers of medical records where they are announced: "MRN-204418", "Medical Record Number 4410927". */
export function findRecords(tokens: Tokens, found: PersonalDatum[]): void {
	for (const token of tokens.numbers) {
		const end = tokens.ends[token] ?? 0;
		const start = startOfRecord(tokens, token);
		if (end - start < 5 || end - start > 18 || !isCleanStart(tokens.text, start)) continue;
		const isPrefixed = /^(?:MRN|MED)-?\d/.test(tokens.text.slice(start, end));
		const score = isPrefixed ? 0.85 : announcedBy(tokens, token, { start, end }) - 0.1;
		if (score > 0.6) found.push({ type: "MEDICAL_RECORD", start, end, score });
	}
}

function announcedBy(
	tokens: Tokens,
	token: number,
	{ start, end }: { start: number; end: number },
): number {
	if (!tokens.context.lookAround(start, end)) return 0;
	return tokens.context.weigh(recordWords, endOfNumberBefore(tokens, token));
}

/** With the letters that are joined to it by a hyphen. */
function startOfRecord(tokens: Tokens, token: number): number {
	const start = tokens.starts[token] ?? 0;
	const before = tokens.starts[token - 1] ?? start;
	const isJoined =
		token > 0 && tokens.text.charCodeAt(start - 1) === 45 && tokens.ends[token - 1] === start - 1;
	return isJoined && start - before <= 5 ? before : start;
}

function endOfNumberBefore(tokens: Tokens, token: number): number {
	for (let at = token - 1; at >= Math.max(0, token - 8); at -= 1) {
		if (((tokens.marks[at] ?? 0) & tokenMark.digit) !== 0) return tokens.ends[at] ?? 0;
	}
	return 0;
}

/** Adds ages of people. */
export function findAges(tokens: Tokens, found: PersonalDatum[]): void {
	for (const token of tokens.numbers) {
		const start = tokens.starts[token] ?? 0;
		const end = tokens.ends[token] ?? 0;
		if (tokens.marks[token] !== tokenMark.digit || end - start > 3) continue;
		const value = Number(tokens.text.slice(start, end));
		if (value < 1 || value > ageMax || /[.,:/\d-]\d/.test(tokens.text.slice(end, end + 2)))
			continue;
		const isAge =
			(mayFollow(tokens.text, end) && ageAfter.test(tokens.text.slice(end, end + 16))) ||
			(mayPrecede(tokens.text.charCodeAt(start - 1)) &&
				ageBefore.test(tokens.text.slice(Math.max(0, start - 12), start)) &&
				!/^[ ]?(?:%|[a-z])/.test(tokens.text.slice(end, end + 2)));
		if (isAge) found.push({ type: "AGE", start, end, score: 0.8 });
	}
}

/** Whether words for years may begin there: after a space or a hyphen, with one of their letters. */
function mayFollow(text: string, at: number): boolean {
	const code = text.charCodeAt(at);
	if (code !== 32 && code !== 45) return false;
	const letter = text.charCodeAt(at + 1) | 32;
	return letter === 97 || letter === 106 || letter === 109 || letter === 121;
}

/** A space or a colon. */
function mayPrecede(code: number): boolean {
	return code === 32 || code === 58;
}
