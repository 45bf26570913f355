import { codeKinds, kindsOfCodes } from "./code-kinds.ts";
import type { CodeRange, TextSurvey } from "./survey-text.ts";
import { surveyText } from "./survey-text.ts";
import { codesOf } from "./text-codes.ts";

type EncodedSurvey = Pick<TextSurvey, "base64" | "hasBrokenBase64" | "hex">;

/** A piece of text that stood encoded at `start` to `end`. */
export interface DecodedRun {
	readonly text: string;
	readonly start: number;
	readonly end: number;
	readonly encoding: "base64" | "hex" | "binary";
}

const paddedRun = /^[A-Za-z0-9+/_-]+={0,2}/;
/** Blanks that may stand inside an encoded piece, and how many pieces it takes to look for that. */
const gapMax = 4;
const brokenRunsMin = 3;
const binaryRun = /[01 ,]{40,}/g;
/** Letters of a word before the run may be hexadecimal too; so many pieces are tried without. */
const leadingPiecesMax = 3;
/** Longest piece that is decoded at once. */
const runCharsMax = 65_536;

/** Every encoded piece of `text` that decodes to something a person could read. */
export function decodeRuns(
	text: string,
	{ base64, hasBrokenBase64, hex }: EncodedSurvey = surveyText(codesOf(text)),
	codes = codesOf(text),
): readonly DecodedRun[] {
	const found: DecodedRun[] = [];
	for (const { start, end } of base64) {
		const [run = ""] =
			paddedRun.exec(text.slice(start, Math.min(end + 2, start + runCharsMax))) ?? [];
		const plain = fromBase64(run);
		if (plain === undefined) continue;
		found.push({ text: plain, start, end: start + run.length, encoding: "base64" });
	}
	if (found.length === 0 && hasBrokenBase64) {
		for (const { start, end, joined } of brokenRuns(text, codes)) {
			const plain = fromBase64(joined);
			if (plain !== undefined) found.push({ text: plain, start, end, encoding: "base64" });
		}
	}
	for (const range of hex) found.push(...hexIn(text, range));
	return found;
}

function hexIn(text: string, { start, end }: CodeRange): readonly DecodedRun[] {
	const run = text.slice(start, Math.min(end, start + runCharsMax));
	const plain = fromHex(run);
	const found: DecodedRun[] =
		plain === undefined ? [] : [{ text: plain, start, end, encoding: "hex" }];
	for (const match of run.matchAll(binaryRun)) {
		const bits = readable(fromBits(match[0]));
		if (bits === undefined) continue;
		const from = start + match.index;
		found.push({ text: bits, start: from, end: from + match[0].length, encoding: "binary" });
	}
	return found;
}

interface BrokenRun {
	readonly start: number;
	readonly end: number;
	readonly joined: string;
}

/** Stretches of base64 letters with blanks or line ends between them, none of them scanned twice. */
function brokenRuns(text: string, codes: Uint16Array): readonly BrokenRun[] {
	const runs: BrokenRun[] = [];
	let parts = 0;
	let chars = 0;
	let start = 0;
	let end = 0;
	const close = (): void => {
		if (parts >= brokenRunsMin && chars <= runCharsMax) {
			// What stands between the pieces is blank, and they are not.
			runs.push({ start, end, joined: text.slice(start, end).replace(/\s+/g, "") });
		}
	};
	for (let at = 0; at < codes.length; ) {
		if (!isRunLetter(codes, at)) {
			at++;
			continue;
		}
		const begin = at;
		while (isRunLetter(codes, at)) at++;
		for (let pads = 0; pads < 2 && codes[at] === padding; pads++) at++;
		const isNext = begin - end <= gapMax && isBlank(codes, end, begin);
		if (parts > 0 && !isNext) {
			close();
			parts = 0;
		}
		if (parts === 0) {
			start = begin;
			chars = 0;
		}
		parts++;
		chars += at - begin;
		end = at;
	}
	close();
	return runs;
}

const otherBlank = /\s/;

function isBlank(codes: Uint16Array, start: number, end: number): boolean {
	for (let at = start; at < end; at++) {
		const code = codes[at] ?? 0;
		const isKnown = ((kindsOfCodes[code] ?? 0) & codeKinds.blank) !== 0;
		if (!isKnown && !otherBlank.test(String.fromCharCode(code))) return false;
	}
	return true;
}

const padding = "=".charCodeAt(0);

function isRunLetter(codes: Uint16Array, at: number): boolean {
	return at < codes.length && ((kindsOfCodes[codes[at] ?? 0] ?? 0) & codeKinds.inRun) !== 0;
}

/** Decodes a run, also one that stands behind letters that do not belong to it. */
function fromBase64(run: string): string | undefined {
	const whole = hasBinaryStart(run) ? undefined : readable(decodeBase64(run));
	if (whole !== undefined) return whole;
	for (let skipped = 0; skipped < 4; skipped++) {
		if (!hasAsciiStretch(run, skipped)) continue;
		const inner = readableStretch(decodeBase64(run.slice(skipped)));
		if (inner !== undefined) return inner;
	}
	return undefined;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const sextets = new Uint8Array(128);
for (const [value, char] of Array.from(alphabet).entries()) sextets[char.charCodeAt(0)] = value;
sextets[45] = 62;
sextets[95] = 63;
const groupsMin = 4;

/** Whether one of the first bytes is one that no text has; most words that look like base64 have one. */
function hasBinaryStart(run: string): boolean {
	const end = Math.min(run.length - 3, startCharsMax);
	for (let at = 0; at < end; at += 4) {
		let bytes = 0;
		for (let index = at; index < at + 4; index++) {
			const code = run.charCodeAt(index);
			// Where it ends, others decide.
			if (code === padding) return false;
			bytes = (bytes << 6) | (sextets[code] ?? 0);
		}
		if (isBinary(bytes >>> 16) || isBinary((bytes >>> 8) & 255) || isBinary(bytes & 255)) {
			return true;
		}
	}
	return false;
}

const startCharsMax = 128;

/** Control characters but tabs and line ends, and what UTF-8 has no use for. */
function isBinary(byte: number): boolean {
	if (byte < 32) return byte < 9 || byte > 13;
	return byte === 127 || byte === 0xc0 || byte === 0xc1 || byte > 0xf4;
}

/** Whether four groups in a row decode to bytes below 128: most words that look like base64 do not. */
function hasAsciiStretch(run: string, skipped: number): boolean {
	let groups = 0;
	for (let at = skipped; at + 3 < run.length; at += 4) {
		const first = sextets[run.charCodeAt(at)] ?? 0;
		const second = sextets[run.charCodeAt(at + 1)] ?? 0;
		const third = sextets[run.charCodeAt(at + 2)] ?? 0;
		const isAscii = first < 32 && (second & 8) === 0 && (third & 2) === 0;
		groups = isAscii ? groups + 1 : 0;
		if (groups >= groupsMin) return true;
	}
	return false;
}

function decodeBase64(run: string): Buffer {
	return Buffer.from(run, "base64");
}

function fromHex(run: string): string | undefined {
	let pieces: readonly string[] | undefined;
	for (let skipped = 0; skipped <= leadingPiecesMax; skipped++) {
		if (hasBinaryHexStart(run, skipped)) continue;
		pieces ??= run.replace(hexPrefix, " ").split(/[^0-9A-Fa-f]+/);
		const digits = pieces.slice(skipped).join("");
		const plain = readable(Buffer.from(digits.slice(0, digits.length & ~1), "hex"));
		if (plain !== undefined) return plain;
	}
	return undefined;
}

const hexPrefix = /0x|\\x/g;

/** The same for the bytes behind so many pieces of hexadecimal digits. */
function hasBinaryHexStart(run: string, skipped: number): boolean {
	let piece = 0;
	let isBetween = false;
	let digits = 0;
	let byte = 0;
	for (let at = 0; at < run.length && digits < startCharsMax; at++) {
		const code = run.charCodeAt(at);
		const isPrefix = (code === 48 || code === 92) && run.charCodeAt(at + 1) === 120;
		const value = isPrefix ? notHex : hexValue(code);
		if (isPrefix) at++;
		if (value === notHex) {
			// Whatever does not belong to a piece begins the next one, also before the first.
			if (!isBetween) piece++;
			isBetween = true;
			continue;
		}
		isBetween = false;
		if (piece < skipped) continue;
		byte = ((byte << 4) | value) & 255;
		digits++;
		if ((digits & 1) === 0 && isBinary(byte)) return true;
	}
	return false;
}

const notHex = -1;

function hexValue(code: number): number {
	if (code >= 48 && code <= 57) return code - 48;
	const letter = (code | 32) - 97;
	return letter >= 0 && letter < 6 ? letter + 10 : notHex;
}

function fromBits(run: string): Buffer {
	const bits = run.slice(0, runCharsMax).replace(/[^01]/g, "");
	const bytes = Buffer.alloc(Math.floor(bits.length / 8));
	for (let index = 0; index < bytes.length; index++) {
		bytes[index] = Number.parseInt(bits.slice(index * 8, index * 8 + 8), 2);
	}
	return bytes;
}

const replacement = "\ufffd";
const control = /[^\P{Cc}\t\n\v\f\r]/u;
/** A nested encoding has digits and signs in it, but no control characters. */
const encodedAgain = /^[A-Za-z0-9+/=_\s%-]{16,}$/;

function readable(bytes: Buffer): string | undefined {
	if (bytes.length < 6) return undefined;
	const text = bytes.toString("utf8");
	if (text.includes(replacement) || control.test(text)) return undefined;
	return isWordlike(text) || encodedAgain.test(text) ? text : undefined;
}

const wordlikePair = /[\p{L}\p{M}]/u;

/** Whether most of its characters are letters, marks and blanks. */
function isWordlike(text: string): boolean {
	let wordlike = 0;
	let characters = 0;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		characters++;
		if ((code & 0xfc00) === 0xd800) {
			// What was decoded has no half pairs.
			at++;
			if (wordlikePair.test(String.fromCharCode(code, text.charCodeAt(at)))) wordlike++;
		} else if (((kindsOfCodes[code] ?? 0) & codeKinds.wordlike) !== 0) wordlike++;
	}
	return wordlike >= characters * 0.6;
}

/** The longest run of printable ASCII, if it is too long to be chance. */
function readableStretch(bytes: Buffer): string | undefined {
	let start = 0;
	let end = 0;
	for (let at = 0; at < bytes.length; at++) {
		const begin = at;
		while (at < bytes.length && isPrintable(bytes[at] ?? 0)) at++;
		if (at - begin > end - start) {
			start = begin;
			end = at;
		}
	}
	if (end - start < stretchMin) return undefined;
	const best = bytes.toString("latin1", start, end);
	let letters = 0;
	for (let at = 0; at < best.length; at++) {
		const kind = kindsOfCodes[best.charCodeAt(at)] ?? 0;
		if ((kind & codeKinds.wordlike) !== 0) letters++;
	}
	return letters >= best.length * 0.8 && best.includes(" ") ? best : undefined;
}

const stretchMin = 14;

function isPrintable(byte: number): boolean {
	return (byte >= 0x20 && byte < 0x7f) || byte === 10;
}
