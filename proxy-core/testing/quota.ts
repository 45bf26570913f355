import type { Quota } from "../quotas/quota.ts";

/** A budget of a dollar for everybody and for ever, unless told otherwise. */
export function quota(changes: Partial<Quota> = {}): Quota {
	return {
		id: crypto.randomUUID(),
		title: "Test budget",
		unit: "usd",
		scope: "organisation",
		subject: null,
		window: "total",
		timeZone: "UTC",
		hardLimit: 1_000_000,
		softLimit: null,
		softAction: "notify",
		downgradeTo: [],
		...changes,
	};
}
