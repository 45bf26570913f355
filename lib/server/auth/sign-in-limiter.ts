import ipaddr from "ipaddr.js";
import { createTokenBuckets } from "../../../proxy-core/limits/token-bucket.ts";

export type SignInAttempt =
	| { readonly isAllowed: false; readonly retryAfterMs: number }
	| {
			readonly isAllowed: true;
			/** Must be called once the password was checked. */
			readonly finish: (result: "right" | "wrong") => void;
	  };

export interface SignInLimiter {
	readonly begin: (address: string, email: string) => SignInAttempt;
}

const bucketsMax = 20_000;

/**
 * Slows down guessing: so many wrong passwords a minute per address, and as many per account whatever
 * the address. Attempts still being checked count as wrong, so that sending them all at once gains
 * nothing. Accounts are never locked, or a stranger could lock people out.
 */
export function createSignInLimiter(options: {
	readonly failuresPerMinute: () => number;
	/** Epoch milliseconds. */
	readonly now: () => number;
}): SignInLimiter {
	const { now } = options;
	const buckets = createTokenBuckets({ bucketsMax, now });
	const pending = new Map<string, number>();
	return {
		begin: (address, email) => {
			const perMinute = options.failuresPerMinute();
			const ids = [`ip ${networkOf(address)}`, `account ${email.slice(0, 200).toLowerCase()}`];
			for (const id of ids) {
				const state = buckets.peek(id, perMinute);
				if (!state.allowed) return { isAllowed: false, retryAfterMs: state.retryAfterMs };
				if (state.remaining <= (pending.get(id) ?? 0))
					return { isAllowed: false, retryAfterMs: 1000 };
			}
			for (const id of ids) pending.set(id, (pending.get(id) ?? 0) + 1);
			return {
				isAllowed: true,
				finish: (result) => {
					for (const id of ids) {
						release(pending, id);
						if (result === "wrong") buckets.take(id, perMinute);
					}
				},
			};
		},
	};
}

function release(pending: Map<string, number>, id: string): void {
	const left = (pending.get(id) ?? 1) - 1;
	if (left > 0) pending.set(id, left);
	else pending.delete(id);
}

/** One household or machine has a whole /64 of IPv6, so that is what counts as one address. */
function networkOf(address: string): string {
	if (!ipaddr.isValid(address)) return address;
	const parsed = ipaddr.process(address);
	if (parsed.kind() === "ipv4") return parsed.toString();
	return parsed.toNormalizedString().split(":").slice(0, 4).join(":");
}
