import { codesOf, textOf } from "../normalise/text-codes.ts";
import type { Steps } from "../text/take-turns.ts";

/** What a run of letters says when it is decoded. */
export interface Decoded {
	readonly text: string;
	readonly encoding: "base64" | "hex" | "rot13";
}

/** A decoded text is believed when so many bytes in a row can be read. */
const readableMin = 10;
/** Only samples of longer runs are looked at before they are decoded: files are long. */
const sampledFrom = 4096;
const sampleLetters = 1024;
/** Files are longer, and none of them is a text that a model reads from base64. */
const decodedMax = 4 * 1024 * 1024;
/** In shorter runs only ASCII is looked for: that can be told before anything is decoded. */
const anyTextFrom = 24;
const hexMin = 24;
const hexOnly = /^[0-9A-Fa-f]+$/;
/** The first of four letters when three bytes of ASCII begin there. */
const asciiGroup = /[A-Za-f]/;
const groupsMin = 4;

/** Every readable text that the letters of a run encode. Yields between two tries. */
export function* decodeLetters(letters: string): Steps<readonly Decoded[]> {
	const run = letters.slice(0, decodedMax);
	const found: Decoded[] = [];
	if (run.length >= hexMin && hexOnly.test(run)) {
		for (const skipped of [0, 1]) {
			addReadable(found, run.slice(skipped), "hex");
			yield;
		}
	}
	if (found.length > 0) return found;
	yield* decodeBase64(found, run);
	if (found.length > 0 || run.length < hexMin) return found;
	const rotated = rotate(run);
	yield;
	const inside: Decoded[] = [];
	yield* decodeBase64(inside, rotated);
	return inside.length > 0 ? [{ text: rotated, encoding: "rot13" }] : found;
}

function* decodeBase64(found: Decoded[], run: string): Steps<void> {
	for (let skipped = 0; skipped < 4; skipped++) {
		if (run.length < anyTextFrom && !looksAscii(run, skipped)) continue;
		addReadable(found, run.slice(skipped), "base64");
		yield;
	}
}

/** Four groups in a row that may begin with ASCII. */
function looksAscii(run: string, start: number): boolean {
	let groups = 0;
	for (let at = start; at < run.length; at += 4) {
		groups = asciiGroup.test(run.charAt(at)) ? groups + 1 : 0;
		if (groups === groupsMin) return true;
	}
	return false;
}

function addReadable(found: Decoded[], run: string, encoding: "base64" | "hex"): void {
	if (
		run.length > sampledFrom &&
		!samplesOf(run).some((part) => isReadable(decode(part, encoding)))
	)
		return;
	const bytes = decode(run, encoding);
	if (isReadable(bytes)) found.push({ text: bytes.toString("utf8"), encoding });
}

/** Beginning, middle and end, each beginning where a group does. */
function samplesOf(run: string): readonly string[] {
	const middle = (run.length >> 1) & ~3;
	const last = (run.length - sampleLetters) & ~3;
	return [0, middle, last].map((at) => run.slice(at, at + sampleLetters));
}

function decode(run: string, encoding: "base64" | "hex"): Buffer {
	return Buffer.from(encoding === "hex" ? run.slice(0, run.length & ~1) : run, encoding);
}

/** Whether enough bytes in a row are printable ASCII or whole characters of UTF-8. */
function isReadable(bytes: Buffer): boolean {
	let length = 0;
	for (let at = 0; at < bytes.length; ) {
		const byte = bytes[at] ?? 0;
		const size = sizeOf(byte);
		let isWhole = size > 0;
		for (let next = 1; next < size; next++) isWhole &&= ((bytes[at + next] ?? 0) & 0xc0) === 0x80;
		length = isWhole ? length + size : 0;
		if (length >= readableMin) return true;
		at += isWhole ? size : 1;
	}
	return false;
}

/** Bytes of the character that begins with this byte; 0: no character of a text does. */
function sizeOf(byte: number): number {
	if (byte < 0x80) return byte >= 32 ? Number(byte !== 127) : Number(byte >= 9 && byte <= 13);
	if (byte < 0xc2) return 0;
	if (byte < 0xe0) return 2;
	if (byte < 0xf0) return 3;
	return byte < 0xf5 ? 4 : 0;
}

const digitsInRow = /[0-9A-Fa-f]+/g;

const pairsAtOnce = 1024;

/** Texts written as pairs of hexadecimal digits with something between them. Yields now and then. */
export function* decodePairs(run: string): Steps<readonly Decoded[]> {
	const found: Decoded[] = [];
	let pairs: string[] = [];
	let read = 0;
	const close = () => {
		if (pairs.length >= readableMin) addReadable(found, pairs.join(""), "hex");
		pairs = [];
	};
	for (const [digits] of run.slice(0, decodedMax).matchAll(digitsInRow)) {
		read++;
		if (read % pairsAtOnce === 0) yield;
		// The zero of `0x41`.
		if (digits === "0") continue;
		if (digits.length !== 2) close();
		else pairs.push(digits);
	}
	close();
	return found;
}

/** Letters moved by thirteen places; everything else stays. */
export function rotate(text: string): string {
	const codes = codesOf(text);
	for (let at = 0; at < codes.length; at++) {
		const code = codes[at] ?? 0;
		const place = (code | 32) - 97;
		if (code >= 65 && code <= 122 && place >= 0 && place < 26) {
			codes[at] = place < 13 ? code + 13 : code - 13;
		}
	}
	return textOf(codes);
}
