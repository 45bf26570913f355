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
const base64Letters = /[A-Za-z0-9+/_-]+={0,2}/g;
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
		for (const { start, end, joined } of brokenRuns(text)) {
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
function brokenRuns(text: string): readonly BrokenRun[] {
	const runs: BrokenRun[] = [];
	let parts: string[] = [];
	let start = 0;
	let end = 0;
	const close = (): void => {
		const joined = parts.join("");
		if (parts.length >= brokenRunsMin && joined.length <= runCharsMax) {
			runs.push({ start, end, joined });
		}
		parts = [];
	};
	for (const match of text.matchAll(base64Letters)) {
		const gap = match.index - end;
		if (parts.length > 0 && (gap > gapMax || text.slice(end, match.index).trim() !== "")) close();
		if (parts.length === 0) start = match.index;
		parts.push(match[0]);
		end = match.index + match[0].length;
	}
	close();
	return runs;
}

/** Decodes a run, also one that stands behind letters that do not belong to it. */
function fromBase64(run: string): string | undefined {
	const whole = readable(decodeBase64(run));
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
	const pieces = run.replace(/0x|\\x/g, " ").split(/[^0-9A-Fa-f]+/);
	for (let skipped = 0; skipped <= leadingPiecesMax; skipped++) {
		const digits = pieces.slice(skipped).join("");
		const plain = readable(Buffer.from(digits.slice(0, digits.length & ~1), "hex"));
		if (plain !== undefined) return plain;
	}
	return undefined;
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

function readable(bytes: Buffer): string | undefined {
	if (bytes.length < 6) return undefined;
	const text = bytes.toString("utf8");
	if (text.includes(replacement) || control.test(text)) return undefined;
	const wordlike = text.match(/[\p{L}\p{M} ]/gu)?.length ?? 0;
	const units = Array.from(text).length;
	// A nested encoding has digits and signs in it, but no control characters.
	return wordlike >= units * 0.6 || /^[A-Za-z0-9+/=_\s%-]{16,}$/.test(text) ? text : undefined;
}

/** The longest run of printable ASCII, if it is too long to be chance. */
function readableStretch(bytes: Buffer): string | undefined {
	const ascii = bytes.toString("latin1");
	let best = "";
	for (const [stretch] of ascii.matchAll(/[\x20-\x7e\n]{14,}/g)) {
		if (stretch.length > best.length) best = stretch;
	}
	const letters = best.match(/[A-Za-z ]/g)?.length ?? 0;
	return best.length >= 14 && letters >= best.length * 0.8 && best.includes(" ") ? best : undefined;
}
