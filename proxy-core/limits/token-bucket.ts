export interface BucketState {
	readonly allowed: boolean;
	/** Whole requests left now. */
	readonly remaining: number;
	/** Until the bucket is full again. */
	readonly resetMs: number;
	/** Until the next request would be allowed; 0 when it is now. */
	readonly retryAfterMs: number;
}

export interface TokenBuckets {
	/** Takes one token of the bucket `id`, which holds `perMinute` and refills evenly. */
	readonly take: (id: string, perMinute: number) => BucketState;
	/** Like `take`, but leaves the token where it is. */
	readonly peek: (id: string, perMinute: number) => BucketState;
}

interface Bucket {
	tokens: number;
	updatedAt: number;
}

/**
 * Token buckets in bounded memory: the least recently used one is forgotten first, which can only
 * give a caller back what it had not used for longest.
 */
export function createTokenBuckets(options: {
	readonly bucketsMax: number;
	/** Epoch milliseconds. */
	readonly now: () => number;
}): TokenBuckets {
	const buckets = new Map<string, Bucket>();

	const refilled = (id: string, perMinute: number): Bucket => {
		const now = options.now();
		const bucket = buckets.get(id) ?? { tokens: perMinute, updatedAt: now };
		const elapsedMs = Math.max(0, now - bucket.updatedAt);
		bucket.tokens = Math.min(perMinute, bucket.tokens + (elapsedMs * perMinute) / 60_000);
		bucket.updatedAt = now;
		return bucket;
	};

	return {
		take: (id, perMinute) => {
			const bucket = refilled(id, perMinute);
			const state = stateOf(bucket, perMinute);
			if (state.allowed) bucket.tokens -= 1;
			// Deleting first moves the id to the end of the map, where the youngest are.
			buckets.delete(id);
			buckets.set(id, bucket);
			if (buckets.size > options.bucketsMax) {
				const oldest = buckets.keys().next();
				if (oldest.done !== true) buckets.delete(oldest.value);
			}
			return state.allowed ? stateOf(bucket, perMinute, true) : state;
		},
		peek: (id, perMinute) => stateOf(refilled(id, perMinute), perMinute),
	};
}

function stateOf(bucket: Bucket, perMinute: number, taken = false): BucketState {
	const allowed = taken || bucket.tokens >= 1;
	const msPerToken = 60_000 / perMinute;
	return {
		allowed,
		remaining: Math.max(0, Math.floor(bucket.tokens)),
		resetMs: Math.ceil((perMinute - bucket.tokens) * msPerToken),
		retryAfterMs: allowed ? 0 : Math.ceil((1 - bucket.tokens) * msPerToken),
	};
}
