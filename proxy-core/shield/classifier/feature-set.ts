/** Numbers of features, each once, in the order in which they were met. Belongs to its reader. */
export interface FeatureList {
	/** Has room for more than `count`. */
	readonly numbers: Int32Array;
	readonly count: number;
}

/** What a reader fills. */
export interface FeatureSet extends FeatureList {
	readonly mask: number;
	/** A bit for every number that was met: few enough bytes for the processor's nearest cache. */
	readonly met: Int32Array;
	numbers: Int32Array;
	count: number;
}

/** Features are numbered from 0 to 2^bits - 1. */
export function createFeatureSet(bits: number): FeatureSet {
	const met = new Int32Array(2 ** bits / 32);
	return { mask: 2 ** bits - 1, met, numbers: new Int32Array(0), count: 0 };
}

/** Forgets what is there and makes room for so many calls of `put`. */
export function emptyFor(set: FeatureSet, length: number): void {
	if (set.numbers.length < length) set.numbers = new Int32Array(Math.ceil(length * 1.25));
	set.met.fill(0);
	set.count = 0;
}

/**
 * Appends the number that a hash has behind `count` others; returns how many there are then. Takes no
 * branch: whether a number was met is what a processor cannot guess.
 */
export function put({ mask, met, numbers }: FeatureSet, count: number, hash: number): number {
	const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
	const number = (mixed ^ (mixed >>> 13)) & mask;
	const bits = met[number >>> 5] ?? 0;
	numbers[count] = number;
	met[number >>> 5] = bits | (1 << (number & 31));
	return count + (~(bits >>> (number & 31)) & 1);
}
