const before = 48;
const after = 24;

/** Words around a candidate, read once for all rules that ask. */
export interface Context {
	/** No words at all, as in tables of numbers. */
	readonly isSilent: () => boolean;
	/** From 0.95 for a word that stands right before to 0.65 for one after; 0 without any. */
	readonly weigh: (words: readonly string[]) => number;
}

/** `from` is where what belongs to another number ends; words before it do not count. */
export function readContext(
	text: string,
	range: { from: number; start: number; end: number },
): Context {
	let head: string | undefined;
	let tail = "";
	const read = (): string => {
		if (head !== undefined) return head;
		head = wordsIn(text, Math.max(range.from, range.start - before, 0), range.start);
		tail = wordsIn(text, range.end, range.end + after);
		return head;
	};
	return {
		isSilent: () => read() === "" && tail === "",
		weigh(words) {
			const own = read() === "" ? 0 : weighHead(read(), words);
			return own > 0 || tail === "" ? own : weighTail(tail, words);
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

function weighHead(head: string, words: readonly string[]): number {
	let best = 0;
	for (const word of words) {
		const at = findWord(head, word, true);
		if (at >= 0) best = Math.max(best, 0.95 - (0.2 * (head.length - at - word.length)) / before);
	}
	return best;
}

function weighTail(tail: string, words: readonly string[]): number {
	return words.some((word) => findWord(tail, word, false) >= 0) ? 0.65 : 0;
}

/** Place of a whole word, or of a part of one in scripts without spaces; the last or the first. */
function findWord(text: string, word: string, isLast: boolean): number {
	let at = isLast ? text.lastIndexOf(word) : text.indexOf(word);
	for (let tries = 0; at >= 0 && tries < 4; tries += 1) {
		if (!isLetter(text.charCodeAt(at - 1)) && !isLetter(text.charCodeAt(at + word.length)))
			return at;
		if (word.charCodeAt(0) > 0x2ff || (word.length >= 7 && !isLetter(text.charCodeAt(at - 1))))
			return at;
		if (isLast && at === 0) return -1;
		at = isLast ? text.lastIndexOf(word, at - 1) : text.indexOf(word, at + 1);
	}
	return -1;
}

function isLetter(code: number): boolean {
	return (code >= 97 && code <= 122) || (code >= 0xdf && code <= 0x2ff);
}
