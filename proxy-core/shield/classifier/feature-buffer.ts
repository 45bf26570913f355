/** Collects numbers of features, each once. */
export interface FeatureBuffer {
	readonly add: (hash: number) => void;
	/** What was added since the last call; the next text may begin. Valid until then. */
	readonly take: () => Int32Array;
}

const roundsMax = 255;

/**
 * `bits`: features are numbered from `offset` to `offset` + 2^bits - 1. At most `countMax` of a text are
 * kept.
 */
export function createFeatureBuffer(bits: number, countMax: number, offset = 0): FeatureBuffer {
	const mask = 2 ** bits - 1;
	// In bytes, so that it stays in the processor's cache; wiped each time the rounds run out.
	const seen = new Uint8Array(2 ** bits);
	const found = new Int32Array(countMax);
	let round = 1;
	let count = 0;
	return {
		add: (hash) => {
			const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
			const index = (mixed ^ (mixed >>> 13)) & mask;
			if (seen[index] === round || count === countMax) return;
			seen[index] = round;
			found[count++] = offset + index;
		},
		take: () => {
			const taken = found.subarray(0, count);
			count = 0;
			if (round === roundsMax) {
				seen.fill(0);
				round = 0;
			}
			round += 1;
			return taken;
		},
	};
}
