import type { QuotaScope, QuotaUnit } from "../contract/quota.ts";
import type { Quota } from "./quota.ts";

/** A quota with the subject that it counts for one request. */
export interface Applicable {
	readonly quota: Quota;
	readonly subject: string;
}

/** Quotas by whom they count, so that a request finds its own without looking at all. */
export interface QuotaIndex {
	readonly all: readonly Quota[];
	/** Those of one unit that count this subject, by its name or as one of each. */
	readonly find: (unit: QuotaUnit, scope: QuotaScope, subject: string) => readonly Applicable[];
	/** Whether any quota counts this. */
	readonly counts: (unit: QuotaUnit) => boolean;
}

const none: readonly Applicable[] = [];

export function indexQuotas(all: readonly Quota[]): QuotaIndex {
	const named = Map.groupBy(all, ({ unit, scope, subject }) => placeOf(unit, scope, subject ?? ""));
	const places = new Set(all.map(({ unit, scope }) => `${unit}:${scope}`));
	const units = new Set(all.map(({ unit }) => unit));
	return {
		all,
		counts: (unit) => units.has(unit),
		find: (unit, scope, subject) => {
			if (!places.has(`${unit}:${scope}`)) return none;
			const own = named.get(placeOf(unit, scope, subject)) ?? [];
			const each = subject === "" ? [] : (named.get(placeOf(unit, scope, "*")) ?? []);
			return [...own, ...each].map((quota) => ({ quota, subject }));
		},
	};
}

function placeOf(unit: QuotaUnit, scope: QuotaScope, subject: string): string {
	return `${unit}:${scope}:${subject}`;
}
