const before = 48;
const after = 24;

/** Words around a candidate, read once for all rules that ask. */
export interface Context {
	/** No words at all, as in tables of numbers. */
	readonly isSilent: () => boolean;
	/** From 0.95 for a word that stands right before to 0.65 for one after; 0 without any. */
	readonly weigh: (words: ContextWords) => number;
}

/** Words to look for, each with what its beginning says: most are nowhere near, and need no search. */
export interface ContextWords {
	readonly words: readonly string[];
	/** Bits of `openingOf` the first and the second letter. */
	readonly firsts: Int32Array;
	readonly seconds: Int32Array;
}

/** Words in lower case, of two characters at least. */
export function contextWords(words: readonly string[]): ContextWords {
	return {
		words,
		firsts: Int32Array.from(words, (word) => bitOf(word.charCodeAt(0))),
		seconds: Int32Array.from(words, (word) => bitOf(word.charCodeAt(1))),
	};
}

/** One bit for each letter of ASCII, one for scripts without spaces, one for all others. */
function bitOf(code: number): number {
	if (code >= 97 && code <= 122) return 1 << (code - 97);
	return code > unspacedFrom ? unspacedBit : otherBit;
}
const unspacedFrom = 0x2ff;
const unspacedBit = 1 << 26;
const otherBit = 1 << 27;

/** What words begin with in a stretch of text. */
interface Openings {
	firsts: number;
	seconds: number;
}

/** Of every place at which a word may begin; in scripts without spaces that is everywhere. */
function addOpenings(text: string, openings: Openings): void {
	let isInside = false;
	for (let at = 0; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		if (!isInside || code > unspacedFrom) {
			openings.firsts |= bitOf(code);
			openings.seconds |= bitOf(text.charCodeAt(at + 1));
		}
		isInside = isLetter(code);
	}
}

/** `from` is where what belongs to another number ends; words before it do not count. */
export function readContext(
	text: string,
	range: { from: number; start: number; end: number },
): Context {
	let head: string | undefined;
	let tail = "";
	const openings = { firsts: 0, seconds: 0 };
	const read = (): string => {
		if (head !== undefined) return head;
		head = wordsIn(text, Math.max(range.from, range.start - before, 0), range.start);
		tail = wordsIn(text, range.end, range.end + after);
		addOpenings(head, openings);
		addOpenings(tail, openings);
		return head;
	};
	return {
		isSilent: () => read() === "" && tail === "",
		weigh(words) {
			const own = read() === "" ? 0 : weighHead(read(), words, openings);
			return own > 0 || tail === "" ? own : weighTail(tail, words, openings);
		},
	};
}

/** In lower case; empty without two letters in a row, as in tables of numbers. */
function wordsIn(text: string, from: number, to: number): string {
	const end = Math.min(to, text.length);
	for (let at = from; at + 1 < end; at += 1) {
		if (text.charCodeAt(at) > 64 && text.charCodeAt(at + 1) > 64)
			return text.slice(from, end).toLowerCase();
	}
	return "";
}

function weighHead(head: string, list: ContextWords, openings: Openings): number {
	let best = 0;
	for (let index = 0; index < list.words.length; index += 1) {
		if (!mayStand(list, index, openings)) continue;
		const word = list.words[index] ?? "";
		const at = findWord(head, word, true);
		if (at >= 0) best = Math.max(best, 0.95 - (0.2 * (head.length - at - word.length)) / before);
	}
	return best;
}

function weighTail(tail: string, list: ContextWords, openings: Openings): number {
	for (let index = 0; index < list.words.length; index += 1) {
		if (!mayStand(list, index, openings)) continue;
		if (findWord(tail, list.words[index] ?? "", false) >= 0) return 0.65;
	}
	return 0;
}

function mayStand({ firsts, seconds }: ContextWords, index: number, openings: Openings): boolean {
	return (
		((firsts[index] ?? 0) & openings.firsts) !== 0 &&
		((seconds[index] ?? 0) & openings.seconds) !== 0
	);
}

/** Place of a whole word, or of a part of one in scripts without spaces; the last or the first. */
function findWord(text: string, word: string, isLast: boolean): number {
	let at = isLast ? text.lastIndexOf(word) : text.indexOf(word);
	for (let tries = 0; at >= 0 && tries < 4; tries += 1) {
		if (!isLetter(text.charCodeAt(at - 1)) && !isLetter(text.charCodeAt(at + word.length)))
			return at;
		if (
			word.charCodeAt(0) > unspacedFrom ||
			(word.length >= 7 && !isLetter(text.charCodeAt(at - 1)))
		)
			return at;
		if (isLast && at === 0) return -1;
		at = isLast ? text.lastIndexOf(word, at - 1) : text.indexOf(word, at + 1);
	}
	return -1;
}

function isLetter(code: number): boolean {
	return (code >= 97 && code <= 122) || (code >= 0xdf && code <= 0x2ff);
}
