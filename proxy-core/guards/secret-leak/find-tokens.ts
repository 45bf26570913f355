import { crc32 } from "node:zlib";
import { keyIdOf } from "../../keys/key-token.ts";
import type { Steps } from "../../text/take-turns.ts";
import { isAlphanumeric, isBoundary, isPrintable, longRun } from "./boundary.ts";
import type { Credential } from "./credential.ts";
import type { TokenRule } from "./token-rule.ts";
import { isPlaceholder, isRandom } from "./value-shape.ts";

/** Fewer different characters make a placeholder such as `sk-ant-xxxxxxxx…`. */
const distinctCharsMin = 5;

interface CompiledToken {
	readonly rule: TokenRule;
	readonly head: string;
	readonly whole: RegExp;
}

export interface TokenFinder {
	/**
	 * Adds every token of `text` to `found`. Ordinary words are skipped sixteen characters at a time.
	 * Returns whether there is a run of other ones. Yields now and then.
	 */
	readonly find: (text: string, found: Credential[]) => Steps<boolean>;
}

export function createTokenFinder(rules: readonly TokenRule[]): TokenFinder {
	const byStart = indexed(rules);
	const starts = new Uint8Array(128 * 128);
	for (const start of byStart.keys()) starts[start] = 1;
	const azure = new RegExp(azureBody, "y");

	const at = (text: string, hit: number, effort: Effort): Credential | undefined => {
		const list = byStart.get(startOf(text, hit));
		if (list === undefined || !isBoundary(text, hit)) return undefined;
		for (const { rule, head, whole } of list) {
			if (!text.startsWith(head, hit) || isWithinName(text, hit, head)) continue;
			if (!effort.isWorth(hit)) return undefined;
			whole.lastIndex = hit;
			if (!whole.test(text)) continue;
			const end = whole.lastIndex;
			const score = scoreOf(rule, head, text.slice(hit, end));
			if (score > 0)
				return { rule: rule.id, start: hit, end, knownFrom: hit, score, isEndless: false };
		}
		return undefined;
	};

	/** Adds the tokens from `from` to `to`; returns where the next one may begin. */
	const findBetween = (
		text: string,
		[from, to]: readonly [number, number],
		given: Given,
	): number => {
		let next = text.charCodeAt(from);
		for (let hit = from; hit < to; hit += 1) {
			const code = next;
			next = hit + 1 < text.length ? text.charCodeAt(hit + 1) : 0;
			// What no token begins with is most of any text.
			if (starts[(code << 7) | (next & 127)] !== 1) continue;
			const credential = at(text, hit, given.effort);
			if (credential === undefined) continue;
			given.found.push(credential);
			hit = credential.end - 1;
			next = hit + 1 < text.length ? text.charCodeAt(hit + 1) : 0;
			if (hit + 1 >= to) return hit + 1;
		}
		return to;
	};

	return {
		*find(text, found) {
			const given = { effort: createEffort(text), found };
			const first = longRun(text, 0);
			let pausedAt = 0;
			for (let run = first; run !== undefined; run = longRun(text, run.end)) {
				for (let from = run.start; from < run.end; ) {
					from = findBetween(text, [from, Math.min(run.end, from + charsAtOnce)], given);
					if (from < pausedAt + charsAtOnce) continue;
					pausedAt = from;
					yield;
				}
			}
			findAzure(azure, text, found);
			return first !== undefined;
		},
	};
}

interface Given {
	readonly effort: Effort;
	readonly found: Credential[];
}

const charsAtOnce = 16_384;

interface Effort {
	/** Whether the word at `hit` may be read once more. */
	readonly isWorth: (hit: number) => boolean;
}

/**
 * Thousands of false starts within one endless word would make it be read as often. Words of ordinary
 * length are always read; a longer one until reading has cost several times the text.
 */
function createEffort(text: string): Effort {
	let left = 8 * text.length + 65_536;
	let wordEnd = -1;
	return {
		isWorth: (hit) => {
			if (hit >= wordEnd) {
				wordEnd = hit + 1;
				while (isWordChar(text.charCodeAt(wordEnd))) wordEnd += 1;
			}
			const cost = wordEnd - hit;
			if (cost <= wordCharsAlways) return true;
			left -= cost;
			return left > 0;
		},
	};
}

const wordCharsAlways = 256;

/** What bodies of tokens are made of: printable ASCII but quotes, brackets, comma and semicolon. */
function isWordChar(code: number): boolean {
	return isPrintable(code) && !notInWords.has(code);
}

const notInWords: ReadonlySet<number> = new Set(
	[..."\"'`,;()[]{}<>"].map((character) => character.charCodeAt(0)),
);

function indexed(rules: readonly TokenRule[]): ReadonlyMap<number, readonly CompiledToken[]> {
	const byStart = new Map<number, CompiledToken[]>();
	for (const rule of rules) {
		for (const head of rule.heads) {
			const start = startOf(head, 0);
			const list = byStart.get(start) ?? [];
			list.push({ rule, head, whole: new RegExp(escaped(head) + rule.body, "y") });
			byStart.set(start, list);
		}
	}
	// The longest start first: `sk-proj-` before `sk-`.
	for (const list of byStart.values()) list.sort((a, b) => b.head.length - a.head.length);
	return byStart;
}

function startOf(text: string, at: number): number {
	return text.charCodeAt(at) * 128 + text.charCodeAt(at + 1);
}

/** A short start after a full stop is a file's ending, and after a plus sign part of encoded data. */
function isWithinName(text: string, hit: number, head: string): boolean {
	const before = text[hit - 1];
	return before === "+" || (before === "." && head.length <= 4);
}

/** 0: a placeholder, or a checksum that shows it was never one of ours. */
function scoreOf(rule: TokenRule, head: string, text: string): number {
	if (rule.id === "llmproxy-key") return keyIdOf(text) === undefined ? 0 : 1;
	const body = text.slice(head.length);
	if (new Set(body).size < distinctCharsMin) return 0;
	if (/^[0-9]+$/.test(body) || isPlaceholder(body)) return 0;
	// Two or three characters prove little; what follows them has to.
	if (head.length <= 3 && !isRandom(body)) return 0;
	if (rule.checksum === undefined) return 0.95;
	// Older tokens have none, so a wrong checksum proves nothing.
	return hasChecksum(body) ? 1 : 0.9;
}

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

function hasChecksum(body: string): boolean {
	let sum = 0;
	for (const digit of body.slice(-6)) sum = sum * 62 + base62.indexOf(digit);
	return sum === crc32(body.slice(0, -6));
}

/**
 * Azure's keys of 84 characters have no start of their own; this mark stands inside, after 52 random
 * characters.
 */
const azureMark = "JQQJ9";
export const azureBody = "JQQJ9[9DH][A-Za-z0-9]{20,}={0,2}";
const azureBefore = 32;

function findAzure(pattern: RegExp, text: string, found: Credential[]): void {
	for (let hit = text.indexOf(azureMark); hit >= 0; hit = text.indexOf(azureMark, hit + 1)) {
		pattern.lastIndex = hit;
		if (!pattern.test(text)) continue;
		const limit = Math.max(0, hit - 64);
		let start = hit;
		while (start > limit && isAlphanumeric(text.charCodeAt(start - 1))) start -= 1;
		if (hit - start < azureBefore) continue;
		found.push({
			rule: "azure-key",
			start,
			knownFrom: start,
			end: pattern.lastIndex,
			score: 1,
			isEndless: false,
		});
	}
}

function escaped(literal: string): string {
	return literal.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}
