/** A stretch of letters that may be an encoding of a text. */
export interface HiddenRun {
	readonly start: number;
	readonly end: number;
	/** `letters`: base64 or hexadecimal digits without gaps; `pairs`: hexadecimal pairs with gaps. */
	readonly kind: "letters" | "pairs";
}

/** A search under way. */
export interface RunCursor {
	at: number;
	/** Start of a run whose end has not been reached; -1 for none. */
	open: number;
	readonly runs: HiddenRun[];
}

export function createRunCursor(): RunCursor {
	return { at: 0, open: -1, runs: [] };
}

const kinds = {
	/** Twelve characters in base64. */
	letters: { lettersMin: 16, members: membersOf(/[A-Za-z0-9+/_-]/) },
	/** Eight pairs with something between them. */
	pairs: { lettersMin: 24, members: membersOf(/[0-9A-Fa-fxX\\ ,:;\n-]/) },
} as const;

/** A byte for each code unit. */
function membersOf(pattern: RegExp): Uint8Array {
	const members = new Uint8Array(65_536);
	for (let code = 0; code < 128; code++) {
		if (pattern.test(String.fromCharCode(code))) members[code] = 1;
	}
	return members;
}

/**
 * Finds runs of a kind up to `workMax` further characters. Looks at the end of each possible run first,
 * so most of an ordinary text is never looked at. Returns the work that was done.
 */
export function findRuns(
	codes: Uint16Array,
	kind: HiddenRun["kind"],
	{ cursor, workMax }: { cursor: RunCursor; workMax: number },
): number {
	const { lettersMin, members } = kinds[kind];
	const { length } = codes;
	const isMember = (place: number) => members[codes[place] ?? 0] === 1;
	let { at, open } = cursor;
	let work = 0;
	while (work < workMax && (open !== -1 || at + lettersMin <= length)) {
		if (open !== -1) {
			const until = at + workMax - work;
			const from = at;
			while (at < until && at < length && isMember(at)) at++;
			work += at - from + 1;
			if (at === until && at < length) break;
			cursor.runs.push({ start: open, end: at, kind });
			open = -1;
			at++;
			continue;
		}
		let probe = at + lettersMin - 1;
		while (probe >= at && isMember(probe)) probe--;
		work += at + lettersMin - probe;
		if (probe >= at) {
			at = probe + 1;
			continue;
		}
		open = at;
		at += lettersMin;
	}
	cursor.at = at;
	cursor.open = open;
	return work;
}

/** Whether everything has been searched. */
export function isSearched(
	length: number,
	kind: HiddenRun["kind"],
	{ at, open }: RunCursor,
): boolean {
	return open === -1 && at + kinds[kind].lettersMin > length;
}

const lineBreakMax = 8;
const lineBreak = /^(?:\\+[nrt]|\s)+/;

/** A run's letters, together with the lines that follow it; a slash may stand escaped. */
export function joinLines(
	text: string,
	{ start, end }: HiddenRun,
): { letters: string; end: number } {
	const escaped = text[start - 1] === "\\" && "nrt".includes(text.charAt(start));
	const parts = [text.slice(escaped ? start + 1 : start, end)];
	let at = end;
	for (;;) {
		const next = nextPart(text, at);
		if (next === undefined || (next.isLine && (parts.at(-1)?.length ?? 0) < 16)) break;
		parts.push(text.slice(next.start, next.end));
		at = next.end;
	}
	for (let padding = 0; padding < 2 && text[at] === "="; padding++) at++;
	return { letters: parts.join(""), end: at };
}

function nextPart(text: string, at: number) {
	const isSlash = text[at] === "\\" && text[at + 1] === "/";
	const gap = isSlash ? "\\" : (lineBreak.exec(text.slice(at, at + lineBreakMax))?.[0] ?? "");
	if (!isSlash && !/\n|\\n/.test(gap)) return undefined;
	const start = at + gap.length;
	let end = start;
	const { members } = kinds.letters;
	while (end < text.length && members[text.charCodeAt(end)] === 1) end++;
	return end - start < 2 ? undefined : { start, end, isLine: !isSlash };
}
