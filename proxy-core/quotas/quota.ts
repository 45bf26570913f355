import type { QuotaScope, QuotaUnit, QuotaWindow, SoftAction } from "../contract/quota.ts";

/** A limit on what somebody uses: a budget when it counts money, a rate limit otherwise. Immutable. */
export interface Quota {
	/** Stable; counters and ledger lines name it. Built-in ones have an id made from what they limit. */
	readonly id: string;
	readonly title: string;
	readonly unit: QuotaUnit;
	readonly scope: QuotaScope;
	/** Which one; `*` is each of them separately (each key, each address). Null for the organisation. */
	readonly subject: string | null;
	readonly window: QuotaWindow;
	/** IANA zone in which days, weeks and months begin. */
	readonly timeZone: string;
	readonly hardLimit: number;
	readonly softLimit: number | null;
	readonly softAction: SoftAction;
	/** Models taken instead, in order, when the soft limit is reached and the action is `downgrade`. */
	readonly downgradeTo: readonly string[];
	/** Added to the hard limit until `untilMs`. */
	readonly raise?: { readonly amount: number; readonly untilMs: number };
}

/** The hard limit at this moment, a raise included. */
export function limitAt({ hardLimit, raise }: Quota, now: number): number {
	return raise !== undefined && raise.untilMs > now ? hardLimit + raise.amount : hardLimit;
}

/**
 * What a quota counts in: itself, or one of its subjects when it counts each of them separately. Ids of
 * quotas hold no colon.
 */
export function counterOf(quota: Quota, subject: string): string {
	return quota.subject === "*" ? `${quota.id}:${subject}` : quota.id;
}
