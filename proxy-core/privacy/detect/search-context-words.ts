import { allContextWords } from "./context-words.ts";

/** Letters after these belong to scripts in which words may begin and end anywhere. */
const unspacedFrom = 0x2ff;
/** The other characters that have a small letter of ours. */
const otherCapitals = ["\u212a", "\u212b", "\u1e9e"] as const;

/** Goes on a word: what stands beside it is not whole. */
const joinsWord = 0x100;
const isUnspaced = 0x200;
const letterMask = 0xff;
/** Characters that stand in some word; their places, from 1 on, are what words and texts are compared by. */
const letters: readonly string[] = [...new Set(allContextWords.join(""))];
/** What a UTF-16 code unit of either case is: the bits above, and its letter; 0 for all others. */
const characters: Uint16Array = readCharacters();

function readCharacters(): Uint16Array {
	const table = new Uint16Array(0x10000);
	const capitals = otherCapitals.map((capital) => capital.charCodeAt(0));
	for (const code of [...Array(unspacedFrom + 1).keys(), ...capitals]) {
		const lower = String.fromCharCode(code).toLowerCase();
		if (lower.length === 1 && isLetter(lower.charCodeAt(0))) table[code] = joinsWord;
	}
	for (const [index, letter] of letters.entries()) {
		const unspaced = letter.charCodeAt(0) > unspacedFrom ? isUnspaced : 0;
		for (const form of [letter, letter.toUpperCase(), ...otherCapitals]) {
			if (form.toLowerCase() !== letter) continue;
			const code = form.charCodeAt(0);
			table[code] = (table[code] ?? 0) | unspaced | (index + 1);
		}
	}
	return table;
}

function isLetter(code: number): boolean {
	return (code >= 97 && code <= 122) || (code >= 0xdf && code <= unspacedFrom);
}

/** Words in letters. */
const spelt: readonly Uint8Array[] = allContextWords.map((word) =>
	Uint8Array.from(word, (letter) => letters.indexOf(letter) + 1),
);
/** Of a script that does not part words, or long enough to be known by its beginning. */
const isOpenEnded: Uint8Array = Uint8Array.from(allContextWords, (word) =>
	word.length >= 7 || word.charCodeAt(0) > unspacedFrom ? 1 : 0,
);

const noWord = 0xffff;
const sides = letters.length + 1;
/** First and second letter → where in `candidates` their words begin, one more; 0 for none. */
const beginnings = new Uint16Array(sides * sides);
/** Numbers of words; `noWord` ends those of a beginning. */
const candidates: Uint16Array = layOutCandidates();

function layOutCandidates(): Uint16Array {
	const list: number[] = [];
	const groups = Map.groupBy(spelt.keys(), (number) => {
		const [first = 0, second = 0] = spelt[number] ?? [];
		return first * sides + second;
	});
	for (const [beginning, group] of groups) {
		beginnings[beginning] = list.length + 1;
		list.push(...group, noWord);
	}
	return Uint16Array.from(list);
}

/** Words of a text, as columns. */
export interface WordHits {
	readonly words: number[];
	readonly starts: number[];
	readonly ends: number[];
	/** Whether nothing goes on the word; else it counts only where the text is cut behind it. */
	readonly areWhole: boolean[];
}

export function createWordHits(): WordHits {
	return { words: [], starts: [], ends: [], areWhole: [] };
}

export function clearWordHits({ words, starts, ends, areWhole }: WordHits): void {
	words.length = 0;
	starts.length = 0;
	ends.length = 0;
	areWhole.length = 0;
}

/** Adds the words that begin from `from` to `to`, whatever is beyond: each where no other word goes on. */
export function searchWords(
	text: string,
	range: { from: number; to: number },
	into: WordHits,
): void {
	const to = Math.min(range.to, text.length - 1);
	let isInside = joins(text, range.from - 1);
	for (let at = range.from; at < to; at += 1) {
		const character = characters[text.charCodeAt(at)] ?? 0;
		if ((character & letterMask) !== 0 && (!isInside || (character & isUnspaced) !== 0)) {
			addWordsAt(text, at, into);
		}
		isInside = (character & joinsWord) !== 0;
	}
}

/** Adds the words that a cut at `at` lets begin there. */
export function searchCutWord(text: string, at: number, into: WordHits): void {
	const character = characters[text.charCodeAt(at)] ?? 0;
	if ((character & (joinsWord | isUnspaced)) !== joinsWord || !joins(text, at - 1)) return;
	if (at + 1 < text.length) addWordsAt(text, at, into);
}

function joins(text: string, at: number): boolean {
	if (at < 0 || at >= text.length) return false;
	return ((characters[text.charCodeAt(at)] ?? 0) & joinsWord) !== 0;
}

function addWordsAt(text: string, at: number, into: WordHits): void {
	const first = (characters[text.charCodeAt(at)] ?? 0) & letterMask;
	const second = (characters[text.charCodeAt(at + 1)] ?? 0) & letterMask;
	const from = beginnings[first * sides + second] ?? 0;
	if (from === 0) return;
	for (let index = from - 1; ; index += 1) {
		const word = candidates[index] ?? noWord;
		const letters = spelt[word];
		if (letters === undefined) return;
		if (!stands(text, at, letters)) continue;
		const end = at + letters.length;
		into.words.push(word);
		into.starts.push(at);
		into.ends.push(end);
		into.areWhole.push(isOpenEnded[word] === 1 || !joins(text, end));
	}
}

function stands(text: string, at: number, word: Uint8Array): boolean {
	if (at + word.length > text.length) return false;
	for (let offset = 2; offset < word.length; offset += 1) {
		const letter = (characters[text.charCodeAt(at + offset)] ?? 0) & letterMask;
		if (letter !== word[offset]) return false;
	}
	return true;
}
