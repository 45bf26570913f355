import { LRUCache } from "lru-cache";

/** Answers by the meaning of their question, apart for every set of circumstances. */
export interface SemanticIndex {
	/** The key of the nearest question of the partition, when its cosine is at least `threshold`. */
	readonly nearest: (query: {
		readonly partition: string;
		readonly vector: Float32Array;
		readonly threshold: number;
	}) => { readonly key: string; readonly cosine: number } | undefined;
	readonly add: (
		partition: string,
		entry: { readonly vector: Float32Array; readonly key: string },
	) => void;
}

/** A thousand vectors of 1,536 numbers are compared in about a millisecond. */
const perPartitionMax = 1000;
const vectorsMax = 20_000;

interface Entry {
	readonly vector: Float32Array;
	readonly key: string;
}

/** Vectors of unit length are expected; see `unit`. */
export function createSemanticIndex(): SemanticIndex {
	const partitions = new LRUCache<string, Entry[]>({
		maxSize: vectorsMax,
		sizeCalculation: (entries) => Math.max(1, entries.length),
	});
	return {
		nearest: ({ partition, vector, threshold }) => {
			let best: { key: string; cosine: number } | undefined;
			for (const entry of partitions.get(partition) ?? []) {
				const cosine = dot(entry.vector, vector);
				if (cosine >= threshold && cosine > (best?.cosine ?? -1)) {
					best = { key: entry.key, cosine };
				}
			}
			return best;
		},
		add: (partition, entry) => {
			const others = (partitions.get(partition) ?? []).filter((other) => other.key !== entry.key);
			// A new array, because the cache counts the size when it is set.
			partitions.set(partition, [...others, entry].slice(-perPartitionMax));
		},
	};
}

/** The same direction at length 1; undefined for a vector without direction or with broken numbers. */
export function unit(values: readonly number[]): Float32Array | undefined {
	let sum = 0;
	for (const value of values) sum += value * value;
	const length = Math.sqrt(sum);
	if (!Number.isFinite(length) || length === 0) return undefined;
	return Float32Array.from(values, (value) => value / length);
}

function dot(a: Float32Array, b: Float32Array): number {
	if (a.length !== b.length) return -1;
	let sum = 0;
	for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
	return sum;
}
