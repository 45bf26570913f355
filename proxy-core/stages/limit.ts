import { GatewayError } from "../errors/gateway-error.ts";
import { limitHeaders } from "../http/answer-headers.ts";
import type { BucketState, TokenBuckets } from "../limits/token-bucket.ts";
import type { Identified, Limited, RateLimit, Received } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import { nothingReserved } from "../quotas/reservation.ts";

export interface LimitBuckets {
	readonly keys: TokenBuckets;
	readonly addresses: TokenBuckets;
}

/** A token bucket per caller and one per address; headers tell about the tighter of the two. */
export function limit({ keys, addresses }: LimitBuckets): Stage<Received & Identified, Limited> {
	return {
		name: "limit",
		run: ({ caller, exchange, snapshot, dialect }) => {
			const { keyRequestsPerMinute, ipRequestsPerMinute } = snapshot.settings.limits;
			const own = caller.kind === "key" ? caller.requestsPerMinute : null;
			const perMinute = own ?? keyRequestsPerMinute;
			const id = caller.kind === "key" ? caller.keyId : `user:${caller.userId}`;
			const taken = [
				take(addresses, exchange.incoming.ip, ipRequestsPerMinute),
				take(keys, id, perMinute),
			].filter((entry) => entry !== undefined);
			const refused = taken.find(({ state }) => !state.allowed);
			if (refused !== undefined) throw tooMany(refused, dialect);
			const tightest = taken.toSorted((a, b) => a.state.remaining - b.state.remaining)[0];
			return {
				rateLimit: tightest && toRateLimit(tightest),
				tokenLimit: undefined,
				reservation: nothingReserved,
			};
		},
	};
}

interface Taken {
	readonly perMinute: number;
	readonly state: BucketState;
}

function take(buckets: TokenBuckets, id: string, perMinute: number): Taken | undefined {
	return perMinute === 0 ? undefined : { perMinute, state: buckets.take(id, perMinute) };
}

function toRateLimit({ perMinute, state }: Taken): RateLimit {
	return { limit: perMinute, remaining: state.remaining, resetMs: state.resetMs };
}

function tooMany(refused: Taken, dialect: Received["dialect"]): GatewayError {
	return new GatewayError("limit.rate", {
		message: `Too many requests: the limit is ${refused.perMinute} a minute.`,
		retryAfterMs: refused.state.retryAfterMs,
		headers: limitHeaders({ dialect, rateLimit: toRateLimit(refused), tokenLimit: undefined }),
	});
}
