import type { Quota } from "../quota.ts";

/** A budget of 1,000 for one key, for ever; every test changes what it is about. */
export function quotaFixture(changes: Partial<Quota> = {}): Quota {
	return {
		id: "q",
		title: "Q",
		unit: "usd",
		scope: "key",
		subject: "k",
		window: "total",
		timeZone: "UTC",
		hardLimit: 1000,
		softLimit: null,
		softAction: "notify",
		downgradeTo: [],
		...changes,
	};
}
