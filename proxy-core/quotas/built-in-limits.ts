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
	/** Tokens that the request may use; undefined when it is for no model. */
	readonly tokensMax: number | undefined;
}

/** What the settings, or the key itself, allow: limits of 0 are none. */
export function builtInLimits({ caller, ip, limits, tokensMax }: Facts): readonly Demand[] {
	const own = caller.kind === "key" ? caller.requestsPerMinute : null;
	const key = caller.kind === "key" ? caller.keyId : `user:${caller.userId}`;
	const demands: Demand[] = [];
	const add = (subject: string, amount: number, limit: BuiltIn) => {
		if (limit.limit > 0) demands.push({ quota: quotaOf(limit), subject, amount });
	};
	add(key, 1, {
		id: "key-requests",
		title: "Requests per key",
		unit: "requests",
		scope: "key",
		limit: own ?? limits.keyRequestsPerMinute,
	});
	add(ip, 1, {
		id: "ip-requests",
		title: "Requests per IP address",
		unit: "requests",
		scope: "ip",
		limit: limits.ipRequestsPerMinute,
	});
	if (tokensMax === undefined) return demands;
	add(key, tokensMax, {
		id: "key-tokens",
		title: "Tokens per key",
		unit: "tokens",
		scope: "key",
		limit: limits.keyTokensPerMinute,
	});
	add(key, 1, {
		id: "key-parallel",
		title: "Requests at once per key",
		unit: "parallel",
		scope: "key",
		limit: limits.keyParallelRequests,
	});
	return demands;
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
