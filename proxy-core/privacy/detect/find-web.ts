import { characterKind, kindOf } from "./characters.ts";
import type { PersonalDatum } from "./personal-datum.ts";
import type { Tokens } from "./read-tokens.ts";

const localLengthMax = 64;
const domainLengthMax = 253;
const urlLengthMax = 2048;
const localMarks = "._%+-'&";
const schemeLengthMax = 12;

/** Adds e-mail addresses. The address of one `@` reaches no further than 64 characters back and 253 on. */
export function findEmails({ text, ats }: Tokens, found: PersonalDatum[]): void {
	for (const at of ats) {
		let start = at;
		while (start > 0 && at - start < localLengthMax && isLocal(text, start - 1)) start -= 1;
		while (start < at && kindOf(text.charCodeAt(start)) === characterKind.other) start += 1;
		const end = endOfDomain(text, at + 1);
		if (start < at && end > 0) found.push({ type: "EMAIL_ADDRESS", start, end, score: 1 });
	}
}

function isLocal(text: string, at: number): boolean {
	return (
		kindOf(text.charCodeAt(at)) !== characterKind.other || localMarks.includes(text.charAt(at))
	);
}

/** After the last label of a domain that begins at `from` and has a top level of letters; -1 without. */
function endOfDomain(text: string, from: number): number {
	let end = -1;
	let labelStart = from;
	let isName = true;
	const limit = Math.min(text.length, from + domainLengthMax);
	for (let at = from; at <= limit; at += 1) {
		const code = text.charCodeAt(at);
		const kind = kindOf(code);
		if (kind === characterKind.digit || code === 45) {
			isName = false;
			continue;
		}
		if (kind !== characterKind.other) continue;
		if (at === labelStart) break;
		if (labelStart > from && isName && at - labelStart >= 2) end = at;
		if (code !== 46) break;
		labelStart = at + 1;
		isName = true;
	}
	return end;
}

/** Adds web addresses: with a scheme, or a domain whose last label is a known one. */
export function findUrls(tokens: Tokens, found: PersonalDatum[]): void {
	const { text } = tokens;
	let covered = 0;
	for (const at of tokens.schemes) {
		if (at < covered) continue;
		let start = at;
		while (
			start > covered &&
			at - start < schemeLengthMax &&
			isLatinLetter(text.charCodeAt(start - 1))
		) {
			start -= 1;
		}
		const end = endOfUrl(text, at + 3);
		if (start === at || end <= at + 4) continue;
		covered = end;
		found.push({ type: "URL", start, end, score: 0.95 });
	}
	for (const token of tokens.domains) findBareDomain(tokens, token, found);
}

function findBareDomain(tokens: Tokens, token: number, found: PersonalDatum[]): void {
	const { text } = tokens;
	const domainEnd = tokens.ends[token] ?? 0;
	const after = text.charAt(domainEnd);
	const first = firstLabel(tokens, token);
	const start = tokens.starts[first] ?? 0;
	const top = text.slice(tokens.starts[token], domainEnd);
	if (
		first === token ||
		"(=_".includes(after || " ") ||
		"@/_.".includes(text.charAt(start - 1) || " ")
	)
		return;
	if (top !== top.toLowerCase()) return;
	const isSure = text.startsWith("www.", start) || after === "/" || sureTops.has(top);
	const end = after === "/" || after === "?" ? endOfUrl(text, domainEnd) : domainEnd;
	if (isSure) found.push({ type: "URL", start, end, score: 0.7 });
}

/** Labels are parted by single dots and hyphens. */
function firstLabel(tokens: Tokens, token: number): number {
	let first = token;
	for (let hops = 0; first > 0 && hops < 8; hops += 1) {
		const gap = tokens.ends[first - 1] ?? 0;
		const separator = tokens.text.charAt(gap);
		if (gap + 1 !== tokens.starts[first] || (separator !== "." && separator !== "-")) break;
		first -= 1;
	}
	return first;
}

/** The others end file names and sentences as well. */
const sureTops: ReadonlySet<string> = new Set(["com", "org", "net", "edu", "gov", "info", "biz"]);

/** Up to white space or a mark that no address has; without the punctuation of the sentence around it. */
function endOfUrl(text: string, from: number): number {
	let end = from;
	const limit = Math.min(text.length, from + urlLengthMax);
	while (end < limit && isUrlCharacter(text.charCodeAt(end))) end += 1;
	while (end > from && ".,;:!?)]'*".includes(text.charAt(end - 1))) end -= 1;
	return end;
}

function isUrlCharacter(code: number): boolean {
	if (code <= 32 || code === 34 || code === 60 || code === 62 || code === 96) return false;
	if (code === 92 || (code >= 123 && code <= 125) || code === 94) return false;
	return code < 0x2000;
}

function isLatinLetter(code: number): boolean {
	return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}
