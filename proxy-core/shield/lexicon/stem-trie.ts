/**
 * Stems of words as a tree of characters. Matches begin at the start of a word only, so this is the
 * part of an Aho–Corasick automaton that anchored stems can reach: no state ever has to fall back. A
 * look-up takes at most `lengthMax` steps, so scanning a text is linear in its length.
 */
export interface StemTrie {
	readonly lengthMax: number;
	/** Concepts whose stem begins at `at`, as a set of bits; stems that are whole words end where the word does. */
	readonly conceptsAt: (codes: Uint16Array, at: number) => number;
}

export interface Stem {
	readonly text: string;
	/** Matches the whole word only. */
	readonly isWhole: boolean;
	/** 0 to 31. */
	readonly concept: number;
}

const statesMax = 32_767;

export function createStemTrie(
	stems: readonly Stem[],
	isWordPart: (code: number) => boolean,
): StemTrie {
	const tree = layOut(growTree(stems));
	const { codes: leads, children, ahead, open, whole } = tree;
	const lengthMax = stems.reduce((max, { text }) => Math.max(max, text.length), 0);
	// Most words begin like no stem at all, and are told by one look-up.
	const first = new Int16Array(65_536);
	for (let state = 1; state < (children[1] ?? 0); state++) first[leads[state] ?? 0] = state;
	const step = (state: number, code: number): number => {
		if (((ahead[state] ?? 0) & (1 << (code & 31))) === 0) return 0;
		const end = children[state + 1] ?? 0;
		for (let next = children[state] ?? 0; next < end; next++) {
			if (leads[next] === code) return next;
		}
		return 0;
	};
	const jumps = createJumps(open, (state, code) =>
		state === 0 ? (first[code] ?? 0) : step(state, code),
	);
	const isStart = bitsOf(jumps);
	/** `begun`: the state to which the character at `from` has led. */
	const follow = (codes: Uint16Array, from: number, begun: number): number => {
		let state = begun;
		let found = 0;
		for (let index = from; state !== 0; ) {
			found |= open[state] ?? 0;
			const exact = whole[state] ?? 0;
			index++;
			const code = index < codes.length ? (codes[index] ?? 0) : 0;
			if (exact !== 0 && !isWordPart(code)) found |= exact;
			// Phrases are written with one blank, whatever stands between their words.
			state = step(state, code === 10 || code === 9 ? 32 : code);
		}
		return found;
	};
	return {
		lengthMax,
		conceptsAt: (codes, at) => {
			const row = jumpOf(codes, at);
			if (row === noRow) {
				const begun = first[codes[at] ?? 0] ?? 0;
				return begun === 0 ? 0 : follow(codes, at, begun);
			}
			// What most words are: no stem begins with their first three letters.
			if ((((isStart[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 0) return 0;
			const jump = jumps[row] ?? 0;
			return jump === slow
				? follow(codes, at, first[codes[at] ?? 0] ?? 0)
				: follow(codes, at + 2, jump);
		},
	};
}

const letterCount = 26;
const letterFirst = 97;
const rows = letterCount ** 3;
const noRow = -1;
/** Three letters that have to be read one by one. */
const slow = -1;

/** Which row of the jumps the three letters at `at` have, if they are plain letters. */
function jumpOf(codes: Uint16Array, at: number): number {
	const one = (codes[at] ?? 0) - letterFirst;
	const two = (codes[at + 1] ?? 0) - letterFirst;
	const three = (codes[at + 2] ?? 0) - letterFirst;
	if (one >>> 0 >= letterCount || two >>> 0 >= letterCount || three >>> 0 >= letterCount) {
		return noRow;
	}
	return (one * letterCount + two) * letterCount + three;
}

/** States behind three plain letters: 0 where no stem goes on, `slow` where a shorter stem has ended. */
function createJumps(open: Int32Array, step: (state: number, code: number) => number): Int16Array {
	const jumps = new Int16Array(rows);
	for (let row = 0; row < rows; row++) {
		const one = step(0, letterFirst + Math.floor(row / letterCount ** 2));
		const two =
			one === 0 ? 0 : step(one, letterFirst + (Math.floor(row / letterCount) % letterCount));
		const three = two === 0 ? 0 : step(two, letterFirst + (row % letterCount));
		const hasEnded = open[one] !== 0 || open[two] !== 0;
		jumps[row] = hasEnded ? slow : three;
	}
	return jumps;
}

/** Which of the numbers are not zero; small enough for the processor's nearest cache. */
function bitsOf(numbers: Int16Array): Int32Array {
	const bits = new Int32Array(Math.ceil(numbers.length / 32));
	for (const [index, number] of numbers.entries()) {
		if (number !== 0) bits[index >>> 5] = (bits[index >>> 5] ?? 0) | (1 << (index & 31));
	}
	return bits;
}

interface Node {
	readonly children: Map<number, Node>;
	open: number;
	whole: number;
}

function growTree(stems: readonly Stem[]): Node {
	const root: Node = { children: new Map(), open: 0, whole: 0 };
	for (const { text, isWhole, concept } of stems) {
		let node = root;
		for (let index = 0; index < text.length; index++) {
			const code = text.charCodeAt(index);
			let next = node.children.get(code);
			if (next === undefined) {
				next = { children: new Map(), open: 0, whole: 0 };
				node.children.set(code, next);
			}
			node = next;
		}
		if (isWhole) node.whole |= 1 << concept;
		else node.open |= 1 << concept;
	}
	return root;
}

/** States in the order of their depth, so that those behind one state stand side by side; 0 is the root. */
interface Tree {
	/** Which character leads to a state. */
	readonly codes: Uint16Array;
	/** The first of the states behind a state; the last stands before the first behind the next one. */
	readonly children: Uint16Array;
	/** Which characters lead on from a state, by their last five bits: most look-ups end here. */
	readonly ahead: Int32Array;
	readonly open: Int32Array;
	readonly whole: Int32Array;
}

function layOut(root: Node): Tree {
	const nodes: Node[] = [root];
	const codes: number[] = [0];
	const children: number[] = [];
	for (const node of nodes) {
		children.push(nodes.length);
		for (const [code, child] of node.children) {
			nodes.push(child);
			codes.push(code);
		}
	}
	if (nodes.length > statesMax) throw new Error("There are too many stems for one tree.");
	const ahead = nodes.map((node) =>
		[...node.children.keys()].reduce((set, code) => set | (1 << (code & 31)), 0),
	);
	return {
		codes: Uint16Array.from(codes),
		children: Uint16Array.from([...children, nodes.length]),
		ahead: Int32Array.from(ahead),
		open: Int32Array.from(nodes, ({ open }) => open),
		whole: Int32Array.from(nodes, ({ whole }) => whole),
	};
}
