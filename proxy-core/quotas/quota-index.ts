import type { Quota } from "./quota.ts";

/** Quotas by whom they count, so that a request finds its own without looking at all. */
export interface QuotaIndex {
	readonly all: readonly Quota[];
	/** By `scope:subject`; `scope:*` holds those that count each subject separately. */
	readonly bySubject: ReadonlyMap<string, readonly Quota[]>;
}

export function indexQuotas(all: readonly Quota[]): QuotaIndex {
	return { all, bySubject: Map.groupBy(all, ({ scope, subject }) => `${scope}:${subject ?? ""}`) };
}
