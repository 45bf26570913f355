import type { TokenRange } from "./read-features.ts";
import type { ScannedText } from "./scan-text.ts";

const sentenceEnds = codeSet(".!?\u3002\uff01\uff1f\u0964");
const hardEnds = codeSet("\n|{}");
/** What stands behind a sentence; the end of the text counts as a blank. */
const afterSentence = codeSet(' \n"\\');
const tokensMin = 10;
const tokensMax = 44;
/** A rest shorter than this joins the window before it. */
const restMin = 4;

/** Cuts a text into stretches of a sentence or two, none longer than 44 tokens. */
export function cutWindows(scanned: ScannedText): TokenRange[] {
	const windows: TokenRange[] = [];
	let first = 0;
	for (let token = 0; token < scanned.tokens; token++) {
		const length = token + 1 - first;
		if (length >= tokensMax || (length >= tokensMin && endsSentence(scanned, token))) {
			windows.push({ first, end: token + 1 });
			first = token + 1;
		}
	}
	if (first === scanned.tokens) return windows;
	const last = windows.at(-1);
	if (last !== undefined && scanned.tokens - first < restMin) {
		windows[windows.length - 1] = { first: last.first, end: scanned.tokens };
	} else windows.push({ first, end: scanned.tokens });
	return windows;
}

function endsSentence({ codes, length, starts, ends }: ScannedText, token: number): boolean {
	const code = codes[starts[token] ?? 0] ?? 0;
	if (hardEnds[code] === 1) return true;
	if (sentenceEnds[code] !== 1) return false;
	const end = ends[token] ?? 0;
	return code > 0x7f || end >= length || afterSentence[codes[end] ?? 0] === 1;
}

function codeSet(characters: string): Uint8Array {
	const set = new Uint8Array(65_536);
	for (const char of characters) set[char.charCodeAt(0)] = 1;
	return set;
}
