/** What a quota counts. `usd` in micro-dollars; `parallel` is how many requests run at once. */
export const quotaUnits = ["usd", "tokens", "requests", "parallel"] as const;
export type QuotaUnit = (typeof quotaUnits)[number];

/** Whose use a quota counts. */
export const quotaScopes = ["organisation", "team", "user", "key", "model", "tag", "ip"] as const;
export type QuotaScope = (typeof quotaScopes)[number];

export const quotaWindows = ["minute", "hour", "day", "week", "month", "total"] as const;
export type QuotaWindow = (typeof quotaWindows)[number];

/** What happens when the soft limit is reached; the hard limit always refuses. */
export const softActions = ["notify", "downgrade"] as const;
export type SoftAction = (typeof softActions)[number];

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
