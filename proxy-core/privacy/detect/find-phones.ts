import type { CountryCode } from "libphonenumber-js/min";
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { announcing, contextWords } from "./context-words.ts";
import { isCleanEnd, isCleanStart, standsInRow } from "./find-identifiers.ts";
import type { PersonalDatum } from "./personal-datum.ts";
import { readPhonePlans } from "./phone-plans.ts";
import type { Tokens } from "./read-tokens.ts";
import { tokenMark } from "./read-tokens.ts";

const digitsMin = 7;
const digitsMax = 15;
const groupsMax = 7;
/** Parsing costs some microseconds; a table of numbers is not worth more. */
const parsesMax = 64;

const plans = readPhonePlans();
const words = contextWords(announcing.phone);

/** Where a number without a country code may come from, by how it is written. */
const leadingZero: readonly CountryCode[] = [
	"GB",
	"DE",
	"FR",
	"IT",
	"TR",
	"SE",
	"NL",
	"KR",
	"JP",
	"AU",
	"PH",
	"CH",
	"BE",
	"AT",
	"ZA",
	"NG",
	"NZ",
	"IN",
	"TH",
];
const others: readonly CountryCode[] = ["US", "ES", "IN", "DK", "NO", "PL", "PT", "BR", "MX"];

interface Candidate {
	readonly start: number;
	readonly end: number;
	readonly digits: string;
	readonly groups: number;
	readonly isInternational: boolean;
	/** Where the number before it ends. */
	readonly from: number;
	/** Index of the first token behind it. */
	readonly next: number;
}

/** Adds phone numbers: validated by the numbering plans, or in an unmistakable form, or announced. */
export function findPhones(tokens: Tokens, found: PersonalDatum[]): void {
	const budget = { parses: parsesMax };
	let covered = 0;
	for (const token of tokens.numbers) {
		if (token < covered) continue;
		const candidate = readCandidate(tokens, token);
		if (candidate === undefined) continue;
		const score = scoreOf(tokens, candidate, budget);
		if (score < 0.5) continue;
		covered = candidate.next;
		found.push({ type: "PHONE_NUMBER", start: candidate.start, end: candidate.end, score });
	}
}

interface Budget {
	parses: number;
}

/** Whether the numbering plan of one of the countries has such a number. */
function isValidIn(digits: string, countries: readonly CountryCode[], budget: Budget): boolean {
	const verdicts = countries.map((country) => plans.national(digits, country));
	if (verdicts.includes("valid")) return true;
	return countries.some(
		(country, index) => verdicts[index] === "unclear" && isParsed(digits, country, budget),
	);
}

/** Digits with their calling code. */
function isValidAbroad(digits: string, budget: Budget): boolean {
	const verdict = plans.international(digits);
	return verdict === "unclear" ? isParsed(`+${digits}`, undefined, budget) : verdict === "valid";
}

/** What the library says, while the budget lasts. */
function isParsed(text: string, country: CountryCode | undefined, budget: Budget): boolean {
	if (budget.parses === 0) return false;
	budget.parses -= 1;
	return parsePhoneNumberFromString(text, country)?.isValid() === true;
}

/** Digits in groups with at most three marks between them. */
function readCandidate(tokens: Tokens, first: number): Candidate | undefined {
	const { text } = tokens;
	if (tokens.marks[first] !== tokenMark.digit) return undefined;
	let start = tokens.starts[first] ?? 0;
	let digits = "";
	let at = first;
	let end = start;
	for (; at < tokens.count && at < first + groupsMax; at += 1) {
		const from = tokens.starts[at] ?? 0;
		const to = tokens.ends[at] ?? 0;
		if (tokens.marks[at] !== tokenMark.digit || digits.length + to - from > digitsMax) break;
		if (at > first && !isGap(text, end, from)) break;
		digits += text.slice(from, to);
		end = to;
	}
	if (digits.length < digitsMin) return undefined;
	if (text.charAt(start - 1) === "(") start -= 1;
	const isInternational = text.charAt(start - 1) === "+";
	if (isInternational) start -= 1;
	if (!isCleanStart(text, start) || !isCleanEnd(text, end)) return undefined;
	if (/[\d.,]/.test(text.charAt(start - 1))) return undefined;
	return {
		start,
		end,
		digits,
		groups: at - first,
		isInternational,
		from: endOfNumberBefore(tokens, first),
		next: at,
	};
}

function endOfNumberBefore(tokens: Tokens, first: number): number {
	for (let at = first - 1; at >= Math.max(0, first - 8); at -= 1) {
		const length = (tokens.ends[at] ?? 0) - (tokens.starts[at] ?? 0);
		if (((tokens.marks[at] ?? 0) & tokenMark.digit) !== 0 && length >= 4)
			return tokens.ends[at] ?? 0;
	}
	return 0;
}

function isGap(text: string, from: number, to: number): boolean {
	if (to - from > 3) return false;
	for (let at = from; at < to; at += 1) {
		if (!" -.()/\u00a0\u2011\u2013".includes(text.charAt(at))) return false;
	}
	return true;
}

function scoreOf(tokens: Tokens, candidate: Candidate, budget: Budget): number {
	const { text } = tokens;
	const { start, end, digits, isInternational } = candidate;
	const raw = text.slice(start, end);
	if (looksLikeSomethingElse(raw) || /^(\d)\1+$/.test(digits)) return 0;
	tokens.context.lookAround(start, end);
	const context = tokens.context.weigh(words, candidate.from);
	const announced = context > 0.6 && digits.length <= 13 ? context - 0.05 : 0;
	if (isInternational) {
		if (isValidAbroad(digits, budget)) return 0.95;
		return Math.max(digits.length >= 9 ? 0.7 : 0, announced);
	}
	if (announced > 0) return announced;
	return isUnmistakable(raw) ? 0.7 : scoreOfPlain(text, candidate, budget);
}

/** Without a word or a form that tells, only the plan of a country does. */
function scoreOfPlain(text: string, candidate: Candidate, budget: Budget): number {
	const { start, end, digits, groups } = candidate;
	const isAlone = text.length - (end - start) <= 8 && text.trim() === text.slice(start, end);
	if (digits.length < 9 || (groups === 1 && !isAlone)) return 0;
	if (digits.startsWith("00")) {
		if (groups > 1 && digits.length >= 11) return 0.6;
		return isValidAbroad(digits.slice(2), budget) ? 0.8 : 0;
	}
	if (digits.startsWith("0")) return isValidIn(digits, leadingZero, budget) ? 0.65 : 0;
	// Numbers in thousands and rows of tables are written with spaces as well.
	const isMarked = isAlone || (groups >= 3 && /[-.(]/.test(text.slice(start, end)));
	if (!isMarked || standsInRow(text, start, end)) return 0;
	return isValidIn(digits, others, budget) ? 0.52 : 0;
}

/** "(212) 555-0143", "212-555-0143", "212.555.0143", "1-212-555-0143". */
function isUnmistakable(raw: string): boolean {
	return /^(?:1[-. ])?(?:\(\d{3}\) ?\d{3}[-. ]\d{4}|\d{3}([-.])\d{3}\1\d{4})$/.test(raw);
}

function looksLikeSomethingElse(raw: string): boolean {
	return /^(?:\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ]\d{4})(?:$|\D\d\d)|^(?:\d{1,3}\.){3}\d{1,3}$|^(?:19|20)\d\d ?[-–] ?(?:19|20)\d\d$|^\d+\.\d+$|^\d{3}[-. ]\d{2}[-. ]\d{4}$/.test(
		raw,
	);
}
