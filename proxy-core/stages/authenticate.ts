import { timingSafeEqual } from "node:crypto";
import { keyInQuery } from "../dialects/gemini/address.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { Incoming } from "../http/exchange.ts";
import { hashToken, keyIdOf } from "../keys/key-token.ts";
import type { TokenBuckets } from "../limits/token-bucket.ts";
import type { Caller, Identified, Received } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import type { KeyRecord, Snapshot } from "../snapshot.ts";

/** Where SDKs put their key. `authorization` is looked at last so that a proxy's own Basic does not hide a key. */
const keyHeaders = ["x-api-key", "x-goog-api-key", "x-litellm-api-key", "api-key"] as const;

const unknownKeyHash = new Uint8Array(32);

/** The token that the caller sent, wherever its SDK puts it. */
export function tokenOf(headers: Incoming["headers"]): string | undefined {
	for (const name of keyHeaders) {
		const value = headers[name];
		if (value !== undefined && value !== "") return value.trim();
	}
	const authorization = headers["authorization"];
	if (authorization === undefined) return undefined;
	return authorization.slice(0, 7).toLowerCase() === "bearer "
		? authorization.slice(7).trim()
		: undefined;
}

/** Who a token belongs to. Throws `auth.key_*`; takes the same time for a wrong secret and an unknown id. */
export function identify(token: string, snapshot: Snapshot, now: number): KeyRecord {
	const id = keyIdOf(token);
	const key = id === undefined ? undefined : snapshot.keys.get(id);
	const hash = hashToken(token);
	const isCurrent = timingSafeEqual(hash, key?.secretHash ?? unknownKeyHash);
	const previous = key?.previous;
	const isPrevious =
		previous !== undefined && previous.untilMs > now && timingSafeEqual(hash, previous.secretHash);
	if (key === undefined || !(isCurrent || isPrevious)) throw new GatewayError("auth.key_unknown");
	if (key.revokedAtMs !== null && key.revokedAtMs <= now)
		throw new GatewayError("auth.key_revoked");
	if (key.expiresAtMs !== null && key.expiresAtMs <= now)
		throw new GatewayError("auth.key_expired");
	return key;
}

/**
 * Virtual key → caller. Strangers who keep guessing get 429 per address before any hashing is done.
 */
export function authenticate(
	strangers: TokenBuckets,
	now: () => number,
): Stage<Received, Identified> {
	return {
		name: "authenticate",
		run: ({ exchange: { incoming }, dialect, snapshot, trace }) => {
			if (incoming.consoleUser !== undefined) {
				trace.note("Signed-in person in the console");
				return { caller: { kind: "console", userId: incoming.consoleUser.userId } };
			}
			const perMinute = snapshot.settings.limits.failedSignInsPerMinute;
			const budget = strangers.peek(incoming.ip, perMinute);
			if (!budget.allowed) {
				throw new GatewayError("limit.rate", {
					message: "Too many refused credentials from this address.",
					retryAfterMs: budget.retryAfterMs,
				});
			}
			const inQuery = dialect.keyInQuery === true ? keyInQuery(incoming.query) : undefined;
			const token = tokenOf(incoming.headers) ?? inQuery;
			try {
				if (token === undefined) throw new GatewayError("auth.key_missing");
				const key = identify(token, snapshot, now());
				trace.note(`Key ${key.id}`);
				return { caller: callerOf(key) };
			} catch (error) {
				strangers.take(incoming.ip, perMinute);
				throw error;
			}
		},
	};
}

function callerOf(key: KeyRecord): Caller {
	return {
		kind: "key",
		keyId: key.id,
		ownerId: key.ownerId,
		teamId: key.teamId,
		...(key.teamLimits === undefined ? {} : { teamLimits: key.teamLimits }),
		allowedModels: key.allowedModels,
		allowedEndpoints: key.allowedEndpoints,
		requestsPerMinute: key.requestsPerMinute,
	};
}
