import { keyIdOf } from "../../keys/key-token.ts";
import type { CredentialPattern } from "./patterns.ts";
import { azureMark, patterns } from "./patterns.ts";
import { armouredCharsMax, armourHead, createPrivateKeyReader } from "./private-key.ts";

export interface Credential {
	readonly rule: string;
	readonly start: number;
	readonly end: number;
	/** More of it may follow than was ever held, so it cannot be cut out; the answer has to end here. */
	readonly isEndless: boolean;
}

export interface CredentialScanner {
	/** Whole credentials, in order, not overlapping. One pass; ordinary text costs a single search. */
	readonly find: (text: string) => readonly Credential[];
	/** Where a credential may begin of which `text` holds only the first part; `text.length` when nowhere. */
	readonly mayBeginAt: (text: string) => number;
}

interface CompiledPattern {
	readonly rule: string;
	readonly head: string;
	readonly whole: RegExp;
	readonly begun: RegExp;
}

const privateKeyRule = "private-key";
/** Fewer different characters make a placeholder such as `sk-ant-xxxxxxxx…`. */
const distinctCharsMin = 5;

export function createCredentialScanner(): CredentialScanner {
	const compiled = compile(patterns);
	const privateKeys = createPrivateKeyReader();
	const literals = [...new Set([armourHead, ...compiled.map(({ head }) => head)])];
	const stemSource = stems([...literals, azureMark.mark])
		.map(escaped)
		.join("|");
	const heads = new RegExp(stemSource, "g");
	const beginnings = properPrefixes(literals);
	const headCharsMax = Math.max(...literals.map((head) => head.length));
	const azure = new RegExp(azureMark.body, "y");

	const at = (text: string, hit: number): Credential | undefined => {
		if (text.startsWith(azureMark.mark, hit)) return azureAt(azure, text, hit);
		if (text.startsWith(armourHead, hit)) {
			const key = privateKeys.read(text, hit);
			if (key === undefined) return undefined;
			const isEndless = !key.isClosed && key.end - hit >= armouredCharsMax;
			return { rule: privateKeyRule, start: hit, end: key.end, isEndless };
		}
		return isBoundary(text, hit) ? tokenAt(compiled, text, hit) : undefined;
	};

	const mayGoOn = (text: string, hit: number): boolean => {
		if (text.startsWith(armourHead, hit)) return privateKeys.mayGoOn(text, hit);
		if (!isBoundary(text, hit)) return false;
		return compiled.some(({ head, begun }) => {
			begun.lastIndex = hit;
			return text.startsWith(head, hit) && begun.test(text);
		});
	};

	return {
		find: (text) => {
			const found: Credential[] = [];
			let doneTo = 0;
			const search = (from: number, to: number): void => {
				heads.lastIndex = 0;
				const part = text.slice(from, to);
				for (let match = heads.exec(part); match !== null; match = heads.exec(part)) {
					const credential = at(text, from + match.index);
					doneTo = credential?.end ?? from + match.index + 1;
					heads.lastIndex = doneTo - from;
					if (credential !== undefined) found.push(credential);
				}
			};
			// A private key's header stands apart from its material; then the whole text is searched.
			if (text.includes(armourHead)) search(0, text.length);
			else {
				for (let run = longRun(text, 0); run !== undefined; run = longRun(text, run.end)) {
					search(Math.max(doneTo, run.start - headReachMax), run.end);
				}
			}
			return found;
		},
		mayBeginAt: (text) => {
			heads.lastIndex = 0;
			let wholeEnd = 0;
			for (let match = heads.exec(text); match !== null; match = heads.exec(text)) {
				if (mayGoOn(text, match.index)) return match.index;
				const end = at(text, match.index)?.end;
				wholeEnd = end ?? wholeEnd;
				heads.lastIndex = end ?? match.index + 1;
			}
			// Not inside a whole credential: the dashes that close a private key begin no other one.
			return partialHeadAt(text, Math.max(wholeEnd, text.length - headCharsMax), beginnings);
		},
	};
}

function compile(list: readonly CredentialPattern[]): readonly CompiledPattern[] {
	return list.flatMap(({ rule, heads, between, body, alphabet }) =>
		heads.map((head) => {
			const [gap, openGap] =
				between === undefined ? ["", ""] : [`[${between}]{1,8}`, `[${between}]{0,8}`];
			return {
				rule,
				head,
				whole: new RegExp(`${escaped(head)}${gap}${body}`, "y"),
				begun: new RegExp(`${escaped(head)}${openGap}[${alphabet}]*$`, "y"),
			};
		}),
	);
}

function tokenAt(
	list: readonly CompiledPattern[],
	text: string,
	hit: number,
): Credential | undefined {
	for (const { rule, head, whole } of list) {
		if (!text.startsWith(head, hit)) continue;
		whole.lastIndex = hit;
		if (!whole.test(text)) continue;
		const end = whole.lastIndex;
		if (isReal(rule, head, text.slice(hit, end))) {
			return { rule, start: hit, end, isEndless: false };
		}
	}
	return undefined;
}

function azureAt(pattern: RegExp, text: string, hit: number): Credential | undefined {
	pattern.lastIndex = hit;
	if (!pattern.test(text)) return undefined;
	const limit = Math.max(0, hit - 64);
	let start = hit;
	while (start > limit && isAlphanumeric(text.charCodeAt(start - 1))) start -= 1;
	if (hit - start < azureMark.before) return undefined;
	return { rule: azureMark.rule, start, end: pattern.lastIndex, isEndless: false };
}

/** Our own keys prove themselves; others only have to look random enough not to be a placeholder. */
function isReal(rule: string, head: string, text: string): boolean {
	if (rule === "llmproxy-key") return keyIdOf(text) !== undefined;
	return new Set(text.slice(head.length)).size >= distinctCharsMin;
}

/** The heads' shortest forms: `sk-` stands for every `sk-…`. */
function stems(heads: readonly string[]): readonly string[] {
	return heads.filter((head) => !heads.some((other) => other !== head && head.startsWith(other)));
}

function properPrefixes(heads: readonly string[]): ReadonlySet<string> {
	return new Set(
		heads.flatMap((head) =>
			Array.from({ length: head.length - 1 }, (_, index) => head.slice(0, index + 1)),
		),
	);
}

/** Where the end of `text` is the beginning of a head, or of an escape that may turn into a boundary. */
function partialHeadAt(text: string, from: number, beginnings: ReadonlySet<string>): number {
	for (let index = from; index < text.length; index += 1) {
		const isEscape = text[index] === "\\" || text[index] === "%";
		if (isEscape && openEscape.test(text.slice(index))) return index;
		// Dashes in a row are one run; its last five may begin an armour header wherever they stand.
		const mayStart = text[index] === "-" || isBoundary(text, index);
		if (mayStart && beginnings.has(text.slice(index))) return index;
	}
	return text.length;
}

/** Every credential has at least this many printable ASCII characters without a space between them. */
const runCharsMin = 16;
/** A field's name and what separates it from its value may stand before the run. */
const headReachMax = 40;

/**
 * The next run that could hold a credential. Looks at every sixteenth character, and around it only
 * when that one is printable: several times cheaper than searching ordinary text for all the heads.
 */
function longRun(text: string, from: number): { start: number; end: number } | undefined {
	for (let probe = from + runCharsMin - 1; probe < text.length; probe += runCharsMin) {
		let start = probe + 1;
		while (start > from && probe - start < runCharsMin && isPrintable(text.charCodeAt(start - 1))) {
			start -= 1;
		}
		if (start > probe) continue;
		let end = probe + 1;
		while (isPrintable(text.charCodeAt(end))) end += 1;
		if (end - start >= runCharsMin) return { start, end };
	}
	return undefined;
}

/** False past the end, where the code is NaN. */
function isPrintable(code: number): boolean {
	return code > 32 && code < 127;
}

const openEscape = /^(?:\\(?:u[0-9a-fA-F]{0,3})?|%[0-9a-fA-F]?)$/;
/** In JSON text and in URLs a letter or digit before the head may belong to an escape. */
const closedEscape = /(?:\\[nrtbf]|\\u[0-9a-fA-F]{4}|%[0-9a-fA-F]{2})$/;

function isBoundary(text: string, index: number): boolean {
	if (index === 0 || !isAlphanumeric(text.charCodeAt(index - 1))) return true;
	return closedEscape.test(text.slice(Math.max(0, index - 6), index));
}

function isAlphanumeric(code: number): boolean {
	return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

function escaped(literal: string): string {
	return literal.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}
