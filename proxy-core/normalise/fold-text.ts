import { confusables } from "./confusables.ts";
import { codesOf } from "./text-codes.ts";
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
	return outer.map((at) => inner[Math.min(at, last)] ?? 0);
}

// Format characters, variation selectors and tags are drawn as nothing and split words unseen.
const unseen = /\p{Cf}|\p{Default_Ignorable_Code_Point}/u;
/** So many characters that may change are looked at one by one. */
const oddFew = 64;

/**
 * The text as a reader sees it: compatibility forms made plain (NFKC), unseen characters removed, tag
 * characters turned into the ASCII that they mirror, look-alike letters inside Latin words made Latin.
 */
export function foldText(text: string, codes = codesOf(text)): TracedText {
	const { found, oddCount } = kindsIn(codes);
	if (found === 0) return { text, origins: undefined };
	if (found === alike) return { text: latinised(text, codes), origins: undefined };
	// Where nearly every letter has marks, one look at the whole is cheaper than one at each.
	const isEach = oddCount <= oddFew || isOddlyWritten(text);
	const plain = isEach ? foldClusters(text, codes) : { text: widened(text), origins: undefined };
	return { text: latinised(plain.text, codesOf(plain.text)), origins: plain.origins };
}

/** Forms that East Asian texts are full of: they have a plain one of the same length. */
const wide = /[\u3000\uff01-\uff5e]/g;

function widened(text: string): string {
	return text.replace(wide, (char) =>
		char === "\u3000" ? " " : String.fromCharCode(char.charCodeAt(0) - 0xfee0),
	);
}

/** Whether folding would change more than wide forms. */
function isOddlyWritten(text: string): boolean {
	const normal = text.normalize("NFKC");
	return unseen.test(text) || (normal !== text && normal !== widened(text));
}

function foldClusters(text: string, codes: Uint16Array): TracedText {
	const writer = createTracedWriter(text);
	// Texts full of marks repeat few clusters.
	const known = new Map<string, string>();
	for (let at = 0; at < codes.length; ) {
		const kind = kinds[codes[at] ?? 0] ?? 0;
		if ((kind & odd) === 0) {
			at++;
			continue;
		}
		const start = (kind & marked) === 0 ? at : baseOf(codes, at);
		const end = clusterEnd(codes, at);
		const part = text.slice(start, end);
		const folded = known.get(part) ?? foldCluster(part);
		known.set(part, folded);
		if (folded !== part) writer.replace(start, end, folded);
		at = end;
	}
	return writer.finish() ?? { text, origins: undefined };
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
	while (end < codes.length && ((kinds[codes[end] ?? 0] ?? 0) & marked) !== 0) end++;
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

const alike = 1;
const odd = 2;
const marked = 4;
const kinds = createKinds();

/** Code units that look like Latin letters, and those that folding may change. */
function createKinds(): Uint8Array {
	const table = new Uint8Array(65_536);
	const mark = /\p{M}/u;
	for (let code = 128; code < 65_536; code++) {
		const char = String.fromCharCode(code);
		// The upper half of a pair: emoji stay as they are, most others do not.
		const isPair = code >= 0xd800 && code <= 0xdbff && code !== 0xd83d && code !== 0xd83e;
		const isPlain = code >= 0xd800 && code <= 0xdfff && !isPair;
		if (isPlain) continue;
		const changes = isPair || mark.test(char) || unseen.test(char);
		if (mark.test(char)) table[code] = marked;
		if (changes || code === 0x130 || char.normalize("NFKC") !== char) {
			table[code] = (table[code] ?? 0) | odd;
		}
	}
	// Korean letters that stand alone join.
	table.fill(odd, 0x1100, 0x1200);
	for (const code of confusables.keys()) table[code] = (table[code] ?? 0) | alike;
	return table;
}

function kindsIn(codes: Uint16Array) {
	let found = 0;
	let oddCount = 0;
	for (let at = 0; at < codes.length; at++) {
		const kind = kinds[codes[at] ?? 0] ?? 0;
		found |= kind;
		oddCount += (kind >>> 1) & 1;
	}
	return { found, oddCount };
}

const word = /[\p{L}\p{N}_]+/gu;
const latinLetter = /[A-Za-z]/;

/**
 * Replaces look-alikes in words that mix them with Latin letters, and in words made of nothing else
 * when the text is mostly Latin. Keeps every length, so offsets stay right. Greek and Russian texts
 * stay as they are.
 */
function latinised(text: string, codes: Uint16Array): string {
	let latin = 0;
	let count = 0;
	for (let at = 0; at < codes.length; at++) {
		const code = codes[at] ?? 0;
		if (code > 127) count += (kinds[code] ?? 0) & alike;
		else if ((code | 32) >= 97 && (code | 32) <= 122) latin++;
	}
	if (count === 0 || latin < count * 0.3) return text;
	return text.replace(word, (found) => {
		const letters = Array.from(found, (char) => char.charCodeAt(0));
		if (!letters.some((code) => confusables.has(code))) return found;
		const isDisguised = latinLetter.test(found) || letters.every((code) => confusables.has(code));
		if (!isDisguised) return found;
		return found.replace(/\P{ASCII}/gu, (char) => confusables.get(char.charCodeAt(0)) ?? char);
	});
}
