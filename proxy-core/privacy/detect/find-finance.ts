import { passesBase58Check, passesBech32 } from "./checks/crypto-address.ts";
import { isMonotonous, passesLuhn, remainderBy97 } from "./checks/digits.ts";
import { ibanLengths } from "./checks/iban-lengths.ts";
import { announcing, contextWords } from "./context-words.ts";
import { isCleanEnd, isCleanStart } from "./find-identifiers.ts";
import type { PersonalDatum } from "./personal-datum.ts";
import type { Tokens } from "./read-tokens.ts";
import { tokenMark } from "./read-tokens.ts";

const cardDigitsMax = 19;
/** Visa, Mastercard, American Express, Diners, Discover, JCB, UnionPay, Mir, RuPay, Maestro: each in its lengths. */
const issuers =
	/^(?:4\d{15}|4\d{18}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-59]|[689]\d)\d{11}|3(?:0[0-59]|[689]\d)\d{13}|(?:2131|1800)\d{11}|35\d{14}|220[0-4]\d{12}|(?:50|5[6-8]|6\d|8[12])\d{14}|(?:5[0678]|6[0-9])\d{16,17})$/;
/** Lengths that other numbers often have as well: cards only where that is said. */
const rareIssuers = /^(?:4\d{12}|(?:50|5[6-8]|6\d)\d{10}|(?:50|5[6-8]|6\d)\d{11})$/;
const cardWords = contextWords(announcing.card);
/** How the digits of cards are written; lengths of the groups. */
const cardGroups: ReadonlySet<string> = new Set(
	"12,13,14,15,16,17,18,19,4-4-4-4,4-6-5,4-6-4,4-4-4-4-3,4-4-4-1,4-4-5,4-4-4-3,6-13,6-10,4-12,8-8,4-4-4-2,4-5-6,4-5-4,4-4-4-4-2,4-3-3-3".split(
		",",
	),
);

/** Adds payment card numbers: a known issuer and a right checksum, in one piece or in groups. */
export function findCards(tokens: Tokens, found: PersonalDatum[]): void {
	for (const first of tokens.numbers) {
		if (isCleanStart(tokens.text, tokens.starts[first] ?? 0)) findCardFrom(tokens, first, found);
	}
}

function findCardFrom(tokens: Tokens, first: number, found: PersonalDatum[]): void {
	const { text } = tokens;
	const start = tokens.starts[first] ?? 0;
	let digits = "";
	let groups = "";
	for (let at = first; at < tokens.count && digits.length < cardDigitsMax; at += 1) {
		const from = tokens.starts[at] ?? 0;
		const end = tokens.ends[at] ?? 0;
		if (tokens.marks[at] !== tokenMark.digit || end - from > cardDigitsMax) return;
		if (at > first && !isCardSeparator(text, tokens.ends[at - 1] ?? 0, from)) return;
		digits += text.slice(from, end);
		groups += `${groups === "" ? "" : "-"}${end - from}`;
		if (cardGroups.has(groups)) addCard(tokens, { digits, start, end }, found);
	}
}

function addCard(
	tokens: Tokens,
	{ digits, start, end }: { digits: string; start: number; end: number },
	found: PersonalDatum[],
): void {
	if (!isCleanEnd(tokens.text, end) || !passesLuhn(digits) || isMonotonous(digits)) return;
	const score = scoreOfCard(tokens, digits, { start, end });
	if (score > 0) found.push({ type: "CREDIT_CARD", start, end, score });
}

function scoreOfCard(
	{ context }: Tokens,
	digits: string,
	{ start, end }: { start: number; end: number },
): number {
	if (issuers.test(digits)) return 0.97;
	if (!rareIssuers.test(digits)) return 0;
	return context.lookAround(start, end) && context.weigh(cardWords, 0) > 0 ? 0.9 : 0;
}

function isCardSeparator(text: string, from: number, to: number): boolean {
	const code = text.charCodeAt(from);
	return to - from === 1 && (code === 32 || code === 45 || code === 46 || code === 0xa0);
}

/** Adds IBANs of registered countries and lengths whose remainder is right. */
export function findIbans(tokens: Tokens, found: PersonalDatum[]): void {
	const { text } = tokens;
	for (const token of tokens.numbers) {
		const start = tokens.starts[token] ?? 0;
		// Two letters and two digits open it, so that its first token is never a bare number.
		if (tokens.marks[token] === tokenMark.digit) continue;
		const length = ibanLengths[text.slice(start, start + 2).toUpperCase()];
		if (length === undefined) continue;
		const end = endOfIban(text, start, length);
		if (end === 0 || isLetterOrDigit(text.charCodeAt(end))) continue;
		const upper = text
			.slice(start, end)
			.replace(/[ \u00a0-]/g, "")
			.toUpperCase();
		if (remainderBy97(upper.slice(4) + upper.slice(0, 4)) !== 1) continue;
		found.push({ type: "IBAN_CODE", start, end, score: 0.99 });
	}
}

/** After `length` letters and digits with single spaces or hyphens between them; 0 when there are fewer. */
function endOfIban(text: string, start: number, length: number): number {
	let seen = 0;
	for (let at = start; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		if (isLetterOrDigit(code)) {
			seen += 1;
			if (seen === length) return at + 1;
		} else if (code !== 32 && code !== 45 && code !== 0xa0) return 0;
		else if (!isLetterOrDigit(text.charCodeAt(at + 1))) return 0;
	}
	return 0;
}

function isLetterOrDigit(code: number): boolean {
	return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** Adds addresses of wallets. */
export function findCrypto(tokens: Tokens, found: PersonalDatum[]): void {
	for (const token of tokens.numbers) {
		const start = tokens.starts[token] ?? 0;
		const end = tokens.ends[token] ?? 0;
		const length = end - start;
		if (length < 26 || length > 64) continue;
		if (isWallet(tokens.text.slice(start, end)))
			found.push({ type: "CRYPTO", start, end, score: 0.98 });
	}
}

function isWallet(text: string): boolean {
	if (/^0x/i.test(text)) return text.length === 42 && /^0x[0-9a-f]{40}$/i.test(text);
	if (/^bc1/i.test(text)) return text.length >= 42 && text.length <= 62 && passesBech32(text);
	return /^[13]/.test(text) && text.length <= 35 && passesBase58Check(text);
}

const swift = /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/;
const swiftWords = contextWords(announcing.swift);

/** Adds codes of banks, which look like any word in capitals: only where they are announced. */
export function findSwiftCodes(tokens: Tokens, found: PersonalDatum[]): void {
	for (const list of [tokens.names, tokens.numbers]) {
		for (const token of list) {
			const start = tokens.starts[token] ?? 0;
			const end = tokens.ends[token] ?? 0;
			if (end - start !== 8 && end - start !== 11) continue;
			const code = tokens.text.slice(start, end);
			if (!swift.test(code)) continue;
			tokens.context.lookAround(start, end);
			const score = tokens.context.weigh(swiftWords, 0);
			if (score > 0.5) found.push({ type: "SWIFT_CODE", start, end, score });
		}
	}
}
