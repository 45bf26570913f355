import type { Lexicon } from "../lexicon/lexicon.ts";
import { joinHash, phraseWordsMax } from "../lexicon/lexicon.ts";
import { wordKind } from "../lexicon/word-kinds.ts";
import type { Tokens } from "../read-tokens.ts";
import { tokenMark } from "../read-tokens.ts";

/** Words that may belong to one name: first and last token, both inclusive. */
export interface Run {
	readonly first: number;
	readonly last: number;
}

/** A name longer than this is a title or a list in capitals. */
const runLengthMax = 12;

/** Calls `visit` for each run of candidates, left to right. */
export function readRuns(tokens: Tokens, visit: (run: Run) => void): void {
	let covered = -1;
	for (const token of tokens.names) {
		if (token <= covered || isCode(tokens, token)) continue;
		let last = token;
		while (last - token < runLengthMax) {
			const next = nextOfRun(tokens, last);
			if (next < 0) break;
			last = next;
		}
		covered = last;
		visit({ first: token, last });
	}
}

/** Index of the token that goes on with the name, past a particle such as "de"; -1 when it ends. */
function nextOfRun(tokens: Tokens, token: number): number {
	const next = token + 1;
	if (next >= tokens.count || !isJoined(tokens, token)) return -1;
	if (isCandidate(tokens, next)) return next;
	if (((tokens.kinds[next] ?? 0) & wordKind.particle) === 0) return -1;
	for (let at = next + 1; at <= next + 2 && at < tokens.count; at += 1) {
		if (!isJoined(tokens, at - 1)) return -1;
		if (((tokens.marks[at] ?? 0) & tokenMark.opensUpper) !== 0) return isCode(tokens, at) ? -1 : at;
		if (((tokens.kinds[at] ?? 0) & wordKind.particle) === 0) return -1;
	}
	return -1;
}

export function isCandidate(tokens: Tokens, token: number): boolean {
	const mark = tokens.marks[token] ?? 0;
	if ((mark & tokenMark.digit) !== 0) return false;
	if ((mark & tokenMark.opensUpper) !== 0) return !isCode(tokens, token);
	const kinds = tokens.kinds[token] ?? 0;
	if ((kinds & ordinaryKinds) !== 0 || isCode(tokens, token)) return false;
	if ((kinds & nameKinds) !== 0) return true;
	return (
		(kinds & wordKind.lastName) !== 0 && ((tokens.kinds[token - 1] ?? 0) & wordKind.firstName) !== 0
	);
}
const nameKinds = wordKind.firstName | wordKind.place | wordKind.country;
const ordinaryKinds = wordKind.common | wordKind.grammar | wordKind.particle;

/** Parted by a space, a hyphen, or the point of an initial or of "Mr." and a space. */
function isJoined(tokens: Tokens, token: number): boolean {
	const { text } = tokens;
	const from = tokens.ends[token] ?? 0;
	const to = tokens.starts[token + 1] ?? 0;
	const gap = to - from;
	const first = text.charCodeAt(from);
	if (gap === 1) return first === 32 || first === 45 || first === 0xa0;
	if (gap !== 2 || first !== 46 || text.charCodeAt(from + 1) !== 32) return false;
	const length = from - (tokens.starts[token] ?? 0);
	return length === 1 || ((tokens.kinds[token] ?? 0) & abbreviated) !== 0;
}
const abbreviated = wordKind.honorific | wordKind.street;

/** Part of an identifier, a path, a tag or a call. */
function isCode(tokens: Tokens, token: number): boolean {
	const { text } = tokens;
	const before = text.charCodeAt((tokens.starts[token] ?? 0) - 1);
	const after = text.charCodeAt(tokens.ends[token] ?? 0);
	if (
		before === 95 ||
		after === 95 ||
		before === 92 ||
		before === 64 ||
		before === 35 ||
		before === 36
	)
		return true;
	if (after === 40 || after === 61) return true;
	return (
		(before === 46 && isWord(text.charCodeAt((tokens.starts[token] ?? 0) - 2))) ||
		(after === 46 && isWord(text.charCodeAt((tokens.ends[token] ?? 0) + 1)))
	);
}

function isWord(code: number): boolean {
	return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

/** Kinds of the names of several words that tokens are part of, such as "New York"; 0 for the others. */
export function readPhrases(tokens: Tokens, lexicon: Lexicon, into: Int32Array): void {
	into.fill(0, 0, tokens.count);
	for (const token of tokens.phrases) readPhrase(tokens, token, { lexicon, into });
}

/** Marks the names of several words that begin at `token`. */
function readPhrase(
	tokens: Tokens,
	token: number,
	{ lexicon, into }: { lexicon: Lexicon; into: Int32Array },
): void {
	let hash = tokens.hashes[token] ?? 0;
	const end = Math.min(tokens.count, token + phraseWordsMax);
	for (let at = token + 1; at < end; at += 1) {
		if ((tokens.starts[at] ?? 0) - (tokens.ends[at - 1] ?? 0) !== 1) return;
		hash = joinHash(hash, tokens.hashes[at] ?? 0);
		const kind = lexicon.find(hash) & phraseKinds;
		if (kind !== 0) into.fill(kind, token, at + 1);
		if ((lexicon.find(hash | 0) & wordKind.opensPhrase) === 0) return;
	}
}
const phraseKinds =
	wordKind.place | wordKind.country | wordKind.organization | wordKind.nationality;
