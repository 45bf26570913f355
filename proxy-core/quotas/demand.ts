import type { Applied } from "./applicable-quotas.ts";
import type { Demand } from "./quota-desk.ts";

/** So much of a quota, for the targets that it counts. */
export function demandOf({ quota, subject, targets }: Applied, amount: number): Demand {
	if (targets === undefined) return { quota, subject, amount };
	return { quota, subject, amount, targets: new Set(targets.map(({ id }) => id)) };
}
