import type { TokenRange } from "./read-features.ts";
import type { ScannedText } from "./scan-text.ts";

const sentenceEnds = ".!?\u3002\uff01\uff1f\u0964";
const hardEnds = "\n|{}";
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

function endsSentence({ text, starts, ends }: ScannedText, token: number): boolean {
	const char = text[starts[token] ?? 0] ?? "";
	if (hardEnds.includes(char)) return true;
	if (!sentenceEnds.includes(char)) return false;
	const next = text[ends[token] ?? 0] ?? " ";
	return char > "\x7f" || ' \n"\\'.includes(next);
}
