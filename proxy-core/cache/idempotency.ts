import { hash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { GatewayError } from "../errors/gateway-error.ts";
import type { Recollection } from "./recollection.ts";

/** As long as the big providers keep theirs. */
const keptMs = 24 * 60 * 60 * 1000;
const keysMax = 50_000;
const keyLengthMax = 255;

/** Which body each Idempotency-Key of each caller was first sent with, on this node. */
export interface IdempotencyKeys {
	/** Throws `request.idempotency_mismatch` when the key came with another body before, `request.invalid` when it is too long. */
	readonly recollect: (request: {
		/** Whose key it is; keys of different callers never meet. */
		readonly scope: string;
		readonly endpoint: string;
		readonly key: string;
		readonly body: Uint8Array;
	}) => Recollection;
}

export function createIdempotencyKeys(now: () => number): IdempotencyKeys {
	const bodies = new LRUCache<string, string>({
		max: keysMax,
		ttl: keptMs,
		ttlResolution: 0,
		perf: { now },
	});
	return {
		recollect: ({ scope, endpoint, key, body }) => {
			if (key.length > keyLengthMax) {
				throw new GatewayError("request.invalid", {
					param: "Idempotency-Key",
					message: `An Idempotency-Key has at most ${keyLengthMax} characters.`,
				});
			}
			const name = JSON.stringify([scope, endpoint, key]);
			const digest = hash("sha256", body);
			const before = bodies.get(name);
			if (before !== undefined && before !== digest) {
				throw new GatewayError("request.idempotency_mismatch");
			}
			bodies.set(name, digest);
			return { key: `idempotency:${name}`, mayRead: true, ttlMs: keptMs, isIdempotent: true };
		},
	};
}
