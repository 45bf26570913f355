/** In JSON text and in URLs a letter or digit before the head may belong to an escape. */
const closedEscape = /(?:\\[nrtbf]|\\u[0-9a-fA-F]{4}|%[0-9a-fA-F]{2})$/;

/** Whether a token may begin at `index`: not within a word. */
export function isBoundary(text: string, index: number): boolean {
	if (index === 0 || !isAlphanumeric(text.charCodeAt(index - 1))) return true;
	if (!mayCloseEscape(text, index)) return false;
	return closedEscape.test(text.slice(Math.max(0, index - 6), index));
}

/** Whether a backslash or percent sign stands where an escape would begin. */
function mayCloseEscape(text: string, index: number): boolean {
	return (
		text.charCodeAt(index - 2) === 92 ||
		text.charCodeAt(index - 3) === 37 ||
		text.charCodeAt(index - 6) === 92
	);
}

export function isAlphanumeric(code: number): boolean {
	return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** Printable ASCII but the space. False past the end, where the code is NaN. */
export function isPrintable(code: number): boolean {
	return code > 32 && code < 127;
}

/** Every token has at least this many printable ASCII characters without a space between them. */
const runCharsMin = 16;

/**
 * The next run that could hold a token. Looks at every sixteenth character, and around it only when
 * that one is printable: several times cheaper than searching ordinary text for all the heads.
 */
export function longRun(text: string, from: number): { start: number; end: number } | undefined {
	for (let probe = from + runCharsMin - 1; probe < text.length; probe += runCharsMin) {
		let start = probe + 1;
		while (start > from && probe - start < runCharsMin && isPrintable(text.charCodeAt(start - 1))) {
			start -= 1;
		}
		if (start > probe) continue;
		let end = probe + 1;
		while (isPrintable(text.charCodeAt(end))) end += 1;
		if (end - start >= runCharsMin) return { start, end };
	}
	return undefined;
}
