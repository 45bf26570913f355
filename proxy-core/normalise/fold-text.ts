import { codeKinds, kindsOfCodes as kinds, tallyCodes, unseen } from "./code-kinds.ts";
import { confusables } from "./confusables.ts";
import { codesOf, textOf } from "./text-codes.ts";
import type { TracedText } from "./traced-writer.ts";
import { createTracedWriter } from "./traced-writer.ts";

/** Where a span of `traced` stood in its original. */
export function originalSpan(traced: TracedText, start: number, end: number): [number, number] {
	if (traced.origins === undefined) return [start, end];
	return [traced.origins[start] ?? 0, traced.origins[end] ?? traced.origins.at(-1) ?? 0];
}

/** The map of a text made from `inner`, itself made from an original. */
export function composeOrigins(
	outer: Int32Array | undefined,
	inner: Int32Array | undefined,
): Int32Array | undefined {
	if (outer === undefined || inner === undefined) return outer ?? inner;
	const last = inner.length - 1;
	const composed = new Int32Array(outer.length);
	for (let index = 0; index < outer.length; index++) {
		composed[index] = inner[Math.min(outer[index] ?? 0, last)] ?? 0;
	}
	return composed;
}

const { alike, odd, marked } = codeKinds;
const alikeInWord = alike | codeKinds.word;
const alikeBit = Math.log2(alike);
const letterBit = Math.log2(codeKinds.letter);

/** More marks on one character are none that anybody reads, and putting them in order takes long. */
const marksMax = 32;
/** How much longer than twice the text folding may make it. */
const growthSpare = 4096;
/** So many characters that may change are looked at one by one. */
const oddFew = 64;

/**
 * The text as a reader sees it: compatibility forms made plain (NFKC), unseen characters removed, tag
 * characters turned into the ASCII that they mirror, look-alike letters inside Latin words made Latin.
 */
export function foldText(
	text: string,
	codes = codesOf(text),
	{ all, odd: oddCount } = tallyCodes(codes),
): TracedText {
	if ((all & (alike | odd)) === 0) return { text, origins: undefined };
	if ((all & odd) === 0) return { text: latinised(text, codes, all), origins: undefined };
	// Where nearly every letter has marks, one look at the whole is cheaper than one at each.
	const whole = oddCount <= oddFew ? undefined : foldWhole(text, codes, all);
	if (whole !== undefined) return { text: whole, origins: undefined };
	const { text: plain, origins } = foldClusters(text, codes);
	const folded = plain === text ? codes : codesOf(plain);
	return { text: latinised(plain, folded, plain === text ? all : anyKind), origins };
}

/** Undefined when folding would change more than the wide forms that East Asian texts are full of. */
function foldWhole(text: string, codes: Uint16Array, all: number): string | undefined {
	if ((all & codeKinds.unseen) !== 0) return undefined;
	if ((all & codeKinds.half) !== 0 && unseen.test(text)) return undefined;
	if ((all & marked) !== 0 && hasLongCluster(codes)) return undefined;
	const normal = text.normalize("NFKC");
	if (normal === text) return latinised(text, codes, all);
	if (normal.length !== text.length) return undefined;
	const plain = codesOf(normal);
	let added = 0;
	for (let at = 0; at < codes.length; at++) {
		const code = codes[at] ?? 0;
		const written = plain[at] ?? 0;
		if (code === written) continue;
		if (written !== narrow(code)) return undefined;
		added |= kinds[written] ?? 0;
	}
	return latinised(normal, plain, all | added);
}

/** What a wide form stands for. */
function narrow(code: number): number {
	if (code === 0x3000) return 0x20;
	return code >= 0xff01 && code <= 0xff5e ? code - 0xfee0 : code;
}

/** A cluster that is too long covers one of the places that are looked at. */
function hasLongCluster(codes: Uint16Array): boolean {
	const isMarked = (at: number): boolean => ((kinds[codes[at] ?? 0] ?? 0) & marked) !== 0;
	for (let at = marksMax; at < codes.length; at += marksMax + 1) {
		if (!isMarked(at)) continue;
		let start = at;
		let end = at + 1;
		while (start > 0 && isMarked(start - 1)) start--;
		while (end < codes.length && isMarked(end)) end++;
		if (end - start > marksMax) return true;
	}
	return false;
}

function foldClusters(text: string, codes: Uint16Array): TracedText {
	const writer = createTracedWriter(text);
	const fold = createClusterFolder(text, codes);
	let grown = 0;
	for (let at = 0; at < codes.length; ) {
		const kind = kinds[codes[at] ?? 0] ?? 0;
		if ((kind & odd) === 0) {
			at++;
			continue;
		}
		const start = (kind & marked) === 0 ? at : baseOf(codes, at);
		const end = clusterEnd(codes, at);
		at = end;
		const folded = fold(start, end);
		if (folded.length === end - start && text.startsWith(folded, start)) continue;
		grown += folded.length - (end - start);
		// Some forms stand for whole phrases; a text full of them means no phrase.
		if (grown > codes.length + growthSpare) break;
		writer.replace(start, end, folded);
	}
	return writer.finish() ?? { text, origins: undefined };
}

/** Texts full of marks repeat few clusters, most of which are a letter and a mark. */
function createClusterFolder(text: string, codes: Uint16Array) {
	const pairs = new Map<number, string>();
	const others = new Map<string, string>();
	const remember = <T>(known: Map<T, string>, key: T, part: string): string => {
		const folded = foldCluster(part);
		known.set(key, folded);
		return folded;
	};
	return (start: number, end: number): string => {
		if (end - start > 2) {
			const part = text.slice(start, end);
			return others.get(part) ?? remember(others, part, part);
		}
		// A second half is never zero.
		const second = end - start === 2 ? (codes[start + 1] ?? 0) : 0;
		const key = (codes[start] ?? 0) * 65_536 + second;
		return pairs.get(key) ?? remember(pairs, key, text.slice(start, end));
	};
}

/** Where the character begins that the mark at `at` stands on. */
function baseOf(codes: Uint16Array, at: number): number {
	if (at === 0) return at;
	const isLowerHalf = ((codes[at - 1] ?? 0) & 0xfc00) === 0xdc00;
	return isLowerHalf && at > 1 ? at - 2 : at - 1;
}

/** Behind a character and the marks on it; letters of Korean that stand alone go together. */
function clusterEnd(codes: Uint16Array, at: number): number {
	const isJamo = (index: number): boolean => ((codes[index] ?? 0) & 0xff00) === 0x1100;
	let end = at + (((codes[at] ?? 0) & 0xfc00) === 0xd800 ? 2 : 1);
	if (isJamo(at)) while (isJamo(end)) end++;
	const last = Math.min(codes.length, end + marksMax);
	while (end < last && ((kinds[codes[end] ?? 0] ?? 0) & marked) !== 0) end++;
	return Math.min(end, codes.length);
}

function foldCluster(part: string): string {
	if (!unseen.test(part)) return part.normalize("NFKC").replaceAll("\u0130", "I");
	let kept = "";
	for (const char of part) {
		const point = char.codePointAt(0) ?? 0;
		if (point >= 0xe0020 && point <= 0xe007e) kept += String.fromCharCode(point - 0xe0000);
		else if (!unseen.test(char)) kept += char;
	}
	return kept.normalize("NFKC").replaceAll("\u0130", "I");
}

const anyKind = -1;

/**
 * Replaces look-alikes in the words that are `disguised`. Keeps every length, so offsets stay right.
 * `all`: at least the kinds of characters that there are.
 */
function latinised(text: string, codes: Uint16Array, all: number): string {
	// Greek and Russian texts stay as they are.
	if ((all & alike) === 0 || (all & codeKinds.letter) === 0 || !isLatin(codes)) return text;
	let changed: Uint16Array | undefined;
	for (let at = 0; at < codes.length; at++) {
		if (((kinds[codes[at] ?? 0] ?? 0) & alikeInWord) !== alikeInWord) continue;
		const start = wordStart(codes, at);
		const end = wordEnd(codes, at);
		if (isDisguised(codes, start, end)) {
			changed ??= codes.slice();
			for (let index = start; index < end; index++) {
				const code = codes[index] ?? 0;
				changed[index] = confusables.get(code)?.charCodeAt(0) ?? code;
			}
		}
		at = end - 1;
	}
	return changed === undefined ? text : textOf(changed);
}

function isLatin(codes: Uint16Array): boolean {
	let latin = 0;
	let count = 0;
	for (let at = 0; at < codes.length; at++) {
		const kind = kinds[codes[at] ?? 0] ?? 0;
		count += (kind >>> alikeBit) & 1;
		latin += (kind >>> letterBit) & 1;
	}
	return count > 0 && latin >= count * 0.3;
}

/** Mixes look-alikes with Latin letters, or is made of nothing else in a text that is mostly Latin. */
function isDisguised(codes: Uint16Array, start: number, end: number): boolean {
	let isAllAlike = true;
	for (let at = start; at < end; at++) {
		const kind = kinds[codes[at] ?? 0] ?? 0;
		if ((kind & codeKinds.letter) !== 0) return true;
		if ((kind & alike) === 0) isAllAlike = false;
	}
	return isAllAlike;
}

function wordStart(codes: Uint16Array, inside: number): number {
	let at = inside;
	for (;;) {
		if (at > 0 && ((kinds[codes[at - 1] ?? 0] ?? 0) & codeKinds.word) !== 0) at--;
		else if (isWordPair(codes, at - 2)) at -= 2;
		else return at;
	}
}

function wordEnd(codes: Uint16Array, inside: number): number {
	let at = inside;
	for (;;) {
		if (at < codes.length && ((kinds[codes[at] ?? 0] ?? 0) & codeKinds.word) !== 0) at++;
		else if (isWordPair(codes, at)) at += 2;
		else return at;
	}
}

const wordCharacter = /[\p{L}\p{N}]/u;

/** Whether both halves of a letter or digit outside the first plane stand at `at`. */
function isWordPair(codes: Uint16Array, at: number): boolean {
	if (at < 0 || ((codes[at] ?? 0) & 0xfc00) !== 0xd800) return false;
	const low = codes[at + 1] ?? 0;
	return (low & 0xfc00) === 0xdc00 && wordCharacter.test(String.fromCharCode(codes[at] ?? 0, low));
}
