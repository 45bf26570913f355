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
	/** 0 to 30. */
	readonly concept: number;
}

/** No state is that high. */
const emptySlot = -1;
const statesMax = 32_767;

export function createStemTrie(
	stems: readonly Stem[],
	isWordPart: (code: number) => boolean,
): StemTrie {
	const nodes = buildNodes(stems);
	const lengthMax = stems.reduce((max, { text }) => Math.max(max, text.length), 0);
	// Most words begin like no stem at all, and are told by one look-up.
	const first = new Int32Array(65_536);
	// Open addressing: a fifth of the slots is used, so most look-ups touch one.
	const size = 2 ** Math.ceil(Math.log2(nodes.edges.size * 4 + 1));
	const keys = new Int32Array(size).fill(emptySlot);
	const targets = new Int32Array(size);
	for (const [key, target] of nodes.edges) {
		if (key >>> 16 === 0) first[key & 0xffff] = target;
		let slot = slotOf(key, size);
		while (keys[slot] !== emptySlot) slot = (slot + 1) & (size - 1);
		keys[slot] = key;
		targets[slot] = target;
	}
	const step = (state: number, code: number): number => {
		const key = (state << 16) | code;
		let slot = slotOf(key, size);
		while (keys[slot] !== key) {
			if (keys[slot] === emptySlot) return 0;
			slot = (slot + 1) & (size - 1);
		}
		return targets[slot] ?? 0;
	};
	const { open, whole } = nodes;
	const jumps = createJumps(nodes, step);
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
			const jump = jumps[jumpOf(codes, at)] ?? slow;
			// What most words are: no stem begins with their first three letters.
			if (jump === 0) return 0;
			return jump === slow
				? follow(codes, at, first[codes[at] ?? 0] ?? 0)
				: follow(codes, at + 2, jump);
		},
	};
}

const letterCount = 26;
const letterFirst = 97;
/** Three letters that have to be read one by one. */
const slow = -1;

/** Which row of the jumps the three letters at `at` have; past the end when they are no plain letters. */
function jumpOf(codes: Uint16Array, at: number): number {
	const one = (codes[at] ?? 0) - letterFirst;
	const two = (codes[at + 1] ?? 0) - letterFirst;
	const three = (codes[at + 2] ?? 0) - letterFirst;
	if (one >>> 0 >= letterCount || two >>> 0 >= letterCount || three >>> 0 >= letterCount) {
		return letterCount ** 3;
	}
	return (one * letterCount + two) * letterCount + three;
}

/** States behind three plain letters: 0 where no stem goes on, `slow` where a shorter stem has ended. */
function createJumps({ open }: Nodes, step: (state: number, code: number) => number): Int16Array {
	const jumps = new Int16Array(letterCount ** 3 + 1);
	jumps[letterCount ** 3] = slow;
	for (let row = 0; row < letterCount ** 3; row++) {
		const one = step(0, letterFirst + Math.floor(row / letterCount ** 2));
		const two =
			one === 0 ? 0 : step(one, letterFirst + (Math.floor(row / letterCount) % letterCount));
		const three = two === 0 ? 0 : step(two, letterFirst + (row % letterCount));
		const hasEnded = open[one] !== 0 || open[two] !== 0;
		jumps[row] = hasEnded ? slow : three;
	}
	return jumps;
}

function slotOf(key: number, size: number): number {
	const mixed = Math.imul(key, 0x9e3779b1);
	return (mixed ^ (mixed >>> 15)) & (size - 1);
}

interface Nodes {
	/** State and code, sixteen bits each → next state; state 0 is the root and never a target. */
	readonly edges: ReadonlyMap<number, number>;
	readonly open: Int32Array;
	readonly whole: Int32Array;
}

function buildNodes(stems: readonly Stem[]): Nodes {
	const edges = new Map<number, number>();
	const open: number[] = [0];
	const whole: number[] = [0];
	for (const { text, isWhole, concept } of stems) {
		let state = 0;
		for (let index = 0; index < text.length; index++) {
			const key = (state << 16) | text.charCodeAt(index);
			let next = edges.get(key);
			if (next === undefined) {
				next = open.push(0) - 1;
				whole.push(0);
				edges.set(key, next);
			}
			state = next;
		}
		const marks = isWhole ? whole : open;
		marks[state] = (marks[state] ?? 0) | (1 << concept);
	}
	if (open.length > statesMax) throw new Error("There are too many stems for one tree.");
	return { edges, open: Int32Array.from(open), whole: Int32Array.from(whole) };
}
