import type { Steps } from "../text/take-turns.ts";
import { firstLetter, ignored, separator, special } from "./fold-code.ts";

/** Symbols below belong to the fold table; this one is any letter that no pattern has. */
export const foreignLetter = 3;
const firstSymbol = 4;
/** Symbols of a row; letters of ASCII come first among the symbols. */
export const rowWidth = 32;
/** States with a row: 4 MB together, and more than the shipped signatures need. */
const rowsMax = 32_768;

/**
 * Aho–Corasick over folded letters. States are numbered breadth first; the first ones have a row for
 * the symbols of ASCII, and every state a list of children and a state to fall back to.
 */
export interface Automaton extends Trie {
	/** Code unit → separator, ignored, special, foreign letter, or a symbol of the patterns. */
	readonly symbols: Uint16Array;
	/** Code unit → the letter's code unit, as in the fold table. */
	readonly folds: Uint16Array;
	readonly rowStates: number;
	/**
	 * Where each symbol leads from each state; negative, with `endFlag`, where a pattern ends there. What
	 * is no letter leads to the state itself, so that nobody has to ask.
	 */
	readonly rows: Int32Array;
	/** Where each symbol leads from the start. */
	readonly rootRow: Int32Array;
	readonly fallback: Int32Array;
	/** The next state on the way of fallbacks at which a pattern ends; 0 for none. */
	readonly shorter: Int32Array;
	/** 1: a pattern ends here, or at a state on the way of fallbacks. */
	readonly isEnd: Uint8Array;
}

/** Taken off a row's entry, it leaves the state. */
export const endFlag = 1 << 31;

interface Trie {
	readonly firstChild: Int32Array;
	readonly nextSibling: Int32Array;
	/** The symbol that leads to a state. */
	readonly symbolOf: Uint16Array;
	/** Index of the pattern that ends at a state, or -1. */
	readonly patternAt: Int32Array;
	readonly states: number;
}

const skeletonsAtOnce = 64;
const statesAtOnce = 2048;

/** `skeletons` are distinct and made of folded letters; the index of each is its pattern's. */
export function* buildAutomaton(
	skeletons: readonly string[],
	folds: Uint16Array,
): Steps<Automaton> {
	const { symbols, alphabet } = yield* numberSymbols(skeletons, folds);
	yield;
	const trie = yield* breadthFirst(yield* plantTrie(skeletons, symbols));
	const rootRow = new Int32Array(alphabet);
	for (let child = trie.firstChild[0] ?? 0; child !== 0; child = trie.nextSibling[child] ?? 0) {
		rootRow[trie.symbolOf[child] ?? 0] = child;
	}
	return { ...trie, ...(yield* linkStates(trie, rootRow)), symbols, folds, rootRow };
}

function* numberSymbols(skeletons: readonly string[], folds: Uint16Array) {
	const used = new Uint8Array(0x10000);
	const use = (skeleton: string): void => {
		for (let at = 0; at < skeleton.length; at++) used[skeleton.charCodeAt(at)] = 1;
	};
	for (const [index, skeleton] of skeletons.entries()) {
		use(skeleton);
		if (index % skeletonsAtOnce === 0) yield;
	}
	const symbolOf = new Uint16Array(0x10000);
	let alphabet = firstSymbol;
	for (let code = firstLetter; code < used.length; code++) {
		if (used[code] === 1) symbolOf[code] = alphabet++;
	}
	const symbols = folds.map((fold) => {
		if (fold <= special) return fold;
		const symbol = symbolOf[fold] ?? 0;
		return symbol === 0 ? foreignLetter : symbol;
	});
	return { symbols, alphabet };
}

function* plantTrie(skeletons: readonly string[], symbols: Uint16Array): Steps<Trie> {
	const most = skeletons.reduce((sum, { length }) => sum + length, 1);
	const firstChild = new Int32Array(most);
	const nextSibling = new Int32Array(most);
	const symbolOf = new Uint16Array(most);
	const patternAt = new Int32Array(most).fill(-1);
	let states = 1;
	const childOf = (state: number, symbol: number): number => {
		for (let child = firstChild[state] ?? 0; child !== 0; child = nextSibling[child] ?? 0) {
			if (symbolOf[child] === symbol) return child;
		}
		const child = states++;
		symbolOf[child] = symbol;
		nextSibling[child] = firstChild[state] ?? 0;
		firstChild[state] = child;
		return child;
	};
	const plant = (skeleton: string, index: number): void => {
		let state = 0;
		for (let at = 0; at < skeleton.length; at++) {
			state = childOf(state, symbols[skeleton.charCodeAt(at)] ?? foreignLetter);
		}
		patternAt[state] = index;
	};
	for (const [index, skeleton] of skeletons.entries()) {
		plant(skeleton, index);
		if (index % skeletonsAtOnce === 0) yield;
	}
	return { firstChild, nextSibling, symbolOf, patternAt, states };
}

/** The same trie with states numbered by depth: those that are used most lie together in memory. */
function* breadthFirst(trie: Trie): Steps<Trie> {
	const { firstChild, nextSibling, symbolOf, patternAt, states } = trie;
	const order = new Int32Array(states);
	const numberOf = new Int32Array(states);
	let filled = 1;
	for (let next = 0; next < filled; next++) {
		let child = firstChild[order[next] ?? 0] ?? 0;
		for (; child !== 0; child = nextSibling[child] ?? 0) {
			numberOf[child] = filled;
			order[filled++] = child;
		}
		if (next % statesAtOnce === 0) yield;
	}
	const renumbered: Trie = {
		firstChild: new Int32Array(states),
		nextSibling: new Int32Array(states),
		symbolOf: new Uint16Array(states),
		patternAt: new Int32Array(states),
		states,
	};
	for (let state = 0; state < states; state++) {
		const before = order[state] ?? 0;
		renumbered.firstChild[state] = numberOf[firstChild[before] ?? 0] ?? 0;
		renumbered.nextSibling[state] = numberOf[nextSibling[before] ?? 0] ?? 0;
		renumbered.symbolOf[state] = symbolOf[before] ?? 0;
		renumbered.patternAt[state] = patternAt[before] ?? -1;
		if (state % statesAtOnce === 0) yield;
	}
	return renumbered;
}

/** Fallbacks and rows, from the start outwards: a state falls back to one that is nearer. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: four arrays that are filled in one order
function* linkStates(trie: Trie, rootRow: Int32Array) {
	const { firstChild, nextSibling, symbolOf, patternAt, states } = trie;
	const fallback = new Int32Array(states);
	const shorter = new Int32Array(states);
	const isEnd = new Uint8Array(states);
	const rowStates = Math.min(states, rowsMax);
	const rows = new Int32Array(rowStates * rowWidth);
	rows.set(rootRow.subarray(0, rowWidth));
	const links = { firstChild, nextSibling, symbolOf, fallback, rootRow };
	for (let state = 0; state < states; state++) {
		const back = fallback[state] ?? 0;
		if (state > 0 && state < rowStates) {
			const row = state * rowWidth;
			rows.copyWithin(row, back * rowWidth, (back + 1) * rowWidth);
			rows[row + separator] = state;
			rows[row + ignored] = state;
		}
		isEnd[state] = (patternAt[state] ?? -1) >= 0 || shorter[state] !== 0 ? 1 : 0;
		for (let child = firstChild[state] ?? 0; child !== 0; child = nextSibling[child] ?? 0) {
			const symbol = symbolOf[child] ?? 0;
			if (state > 0) {
				const next =
					back < rowStates && symbol < rowWidth
						? (rows[back * rowWidth + symbol] ?? 0) & ~endFlag
						: stepFrom(links, back, symbol);
				fallback[child] = next;
				shorter[child] = (patternAt[next] ?? -1) >= 0 ? next : (shorter[next] ?? 0);
			}
			if (state >= rowStates || symbol >= rowWidth) continue;
			const ends = (patternAt[child] ?? -1) >= 0 || shorter[child] !== 0;
			rows[state * rowWidth + symbol] = ends ? child | endFlag : child;
		}
		if (state % statesAtOnce === 0) yield;
	}
	return { fallback, shorter, isEnd, rowStates, rows };
}

/** The state that a symbol leads to, by lists and fallbacks alone. */
export function stepFrom(
	links: Pick<Automaton, "firstChild" | "nextSibling" | "symbolOf" | "fallback" | "rootRow">,
	from: number,
	symbol: number,
): number {
	const { firstChild, nextSibling, symbolOf, fallback, rootRow } = links;
	for (let state = from; state !== 0; state = fallback[state] ?? 0) {
		let child = firstChild[state] ?? 0;
		while (child !== 0 && symbolOf[child] !== symbol) child = nextSibling[child] ?? 0;
		if (child !== 0) return child;
	}
	return rootRow[symbol] ?? 0;
}
