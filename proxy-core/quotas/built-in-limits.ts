import type { QuotaScope, QuotaUnit } from "../contract/quota.ts";
import type { Settings } from "../contract/settings.ts";
import type { Caller } from "../pipeline/context.ts";
import type { Quota } from "./quota.ts";
import type { Demand } from "./quota-desk.ts";

interface BuiltIn {
	readonly id: string;
	readonly title: string;
	readonly unit: QuotaUnit;
	readonly scope: QuotaScope;
	readonly limit: number;
}

interface Facts {
	readonly caller: Caller;
	readonly ip: string;
	readonly limits: Settings["limits"];
}

/** How many requests the settings, or the key itself, allow: limits of 0 are none. */
export function requestLimits({ caller, ip, limits }: Facts): readonly Demand[] {
	const own = caller.kind === "key" ? caller.requestsPerMinute : null;
	return [
		...demanded(counterOf(caller), 1, {
			id: "key-requests",
			title: "Requests per key",
			unit: "requests",
			scope: "key",
			limit: own ?? limits.keyRequestsPerMinute,
		}),
		...demanded(ip, 1, {
			id: "ip-requests",
			title: "Requests per IP address",
			unit: "requests",
			scope: "ip",
			limit: limits.ipRequestsPerMinute,
		}),
	];
}

/** How much they may use, and how many may run at once. `tokensMax` is what the request may use. */
export function usageLimits(
	{ caller, limits }: Pick<Facts, "caller" | "limits">,
	tokensMax: number,
): readonly Demand[] {
	const key = counterOf(caller);
	return [
		...demanded(key, tokensMax, {
			id: "key-tokens",
			title: "Tokens per key",
			unit: "tokens",
			scope: "key",
			limit: limits.keyTokensPerMinute,
		}),
		...demanded(key, 1, {
			id: "key-parallel",
			title: "Requests at once per key",
			unit: "parallel",
			scope: "key",
			limit: limits.keyParallelRequests,
		}),
	];
}

function counterOf(caller: Caller): string {
	return caller.kind === "key" ? caller.keyId : `user:${caller.userId}`;
}

function demanded(subject: string, amount: number, limit: BuiltIn): readonly Demand[] {
	return limit.limit > 0 ? [{ quota: quotaOf(limit), subject, amount }] : [];
}

function quotaOf({ id, title, unit, scope, limit }: BuiltIn): Quota {
	return {
		id,
		title,
		unit,
		scope,
		subject: "*",
		window: unit === "parallel" ? "total" : "minute",
		timeZone: "UTC",
		hardLimit: limit,
		softLimit: null,
		softAction: "notify",
		downgradeTo: [],
	};
}
