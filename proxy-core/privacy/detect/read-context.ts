import type { ContextWords } from "./context-words.ts";
import {
	clearWordHits,
	createWordHits,
	searchCutWord,
	searchWords,
} from "./search-context-words.ts";

/** How far from a candidate a word may stand that says something about it. */
const before = 48;
const after = 24;
/** Texts are searched by pieces of so many characters, and only those around candidates. */
const pieceBits = 6;
const unsearched = -2;
const none = -1;

/** Tells which words stand around a candidate. A text is searched for all words of all rules at once. */
export interface ContextReader {
	readonly open: (text: string) => void;
	/** Reads what is around a candidate; false when there is no word that any rule asks for. */
	readonly lookAround: (start: number, end: number) => boolean;
	/**
	 * From 0.95 for a word that stands right before what was looked around to 0.65 for one after; 0
	 * without any. Words before `from` do not count: they belong to another number.
	 */
	readonly weigh: (words: ContextWords, from: number) => number;
}

export function createContextReader(): ContextReader {
	const hits = createWordHits();
	/** Of each hit the one before it in the same piece. */
	const previous: number[] = [];
	/** Of each piece its last hit. */
	let pieces = new Int32Array(0);
	let text = "";
	/** Of the words around: which, where it begins, what it is worth. */
	const words: number[] = [];
	const starts: number[] = [];
	const scores: number[] = [];

	function lastHitOf(piece: number): number {
		const known = pieces[piece] ?? none;
		if (known !== unsearched) return known;
		let last = none;
		searchWords(text, { from: piece << pieceBits, to: (piece + 1) << pieceBits }, hits);
		for (let hit = previous.length; hit < hits.words.length; hit += 1) {
			previous.push(last);
			last = hit;
		}
		pieces[piece] = last;
		return last;
	}

	/** Adds the words between two places; those before the candidate are worth more the nearer they are. */
	function add(from: number, to: number, isBefore: boolean): void {
		if (from >= to) return;
		for (let piece = from >> pieceBits; piece <= (to - 1) >> pieceBits; piece += 1) {
			for (let hit = lastHitOf(piece); hit >= 0; hit = previous[hit] ?? none) {
				if ((hits.starts[hit] ?? 0) >= from) addHit(hit, to, isBefore);
			}
		}
		const known = previous.length;
		searchCutWord(text, from, hits);
		for (let hit = known; hit < hits.words.length; hit += 1) {
			previous.push(none);
			addHit(hit, to, isBefore);
		}
	}

	function addHit(hit: number, to: number, isBefore: boolean): void {
		const end = hits.ends[hit] ?? 0;
		if (end > to || (end < to && hits.areWhole[hit] !== true)) return;
		words.push(hits.words[hit] ?? 0);
		starts.push(hits.starts[hit] ?? 0);
		scores.push(isBefore ? 0.95 - (0.2 * (to - end)) / before : 0.65);
	}

	return {
		open(opened) {
			text = opened;
			clearWordHits(hits);
			previous.length = 0;
			const count = (text.length >> pieceBits) + 1;
			if (pieces.length < count) pieces = new Int32Array(count * 2);
			pieces.fill(unsearched, 0, count);
		},
		lookAround(start, end) {
			words.length = 0;
			starts.length = 0;
			scores.length = 0;
			add(Math.max(0, start - before), start, true);
			add(end, Math.min(text.length, end + after), false);
			return words.length > 0;
		},
		weigh(list, from) {
			let best = 0;
			for (let index = 0; index < words.length; index += 1) {
				if (list[words[index] ?? 0] !== 1 || (starts[index] ?? 0) < from) continue;
				best = Math.max(best, scores[index] ?? 0);
			}
			return best;
		},
	};
}
