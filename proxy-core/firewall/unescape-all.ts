import { escapeCode, escapeLength, readEscape } from "./read-escape.ts";

const escapeSigns = /[\\%&]/g;

/** An unescaping under way. */
export interface UnescapeCursor {
	at: number;
	text: string;
}

/** Writes out escapes once, up to `workMax` further characters. Returns the work that was done. */
export function unescapeSome(text: string, cursor: UnescapeCursor, workMax: number): number {
	const from = cursor.at;
	const until = Math.min(text.length, from + workMax);
	let { at } = cursor;
	let kept = at;
	const mayEscape = new RegExp(escapeSigns);
	mayEscape.lastIndex = at;
	for (let match = mayEscape.exec(text); match !== null; match = mayEscape.exec(text)) {
		if (match.index >= until) break;
		at = match.index;
		const found = readEscape(text, at);
		const length = found === 0 ? 1 : escapeLength(found);
		if (found !== 0) {
			cursor.text += text.slice(kept, at) + String.fromCodePoint(escapeCode(found));
			kept = at + length;
		}
		mayEscape.lastIndex = at + length;
	}
	at = Math.max(until, kept);
	cursor.text += text.slice(kept, at);
	cursor.at = at;
	return at - from;
}
