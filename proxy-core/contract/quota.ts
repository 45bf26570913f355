/** What a quota counts. `usd` in micro-dollars; `parallel` is how many requests run at once. */
export const quotaUnits = ["usd", "tokens", "requests", "parallel"] as const;
export type QuotaUnit = (typeof quotaUnits)[number];

/** Whose use a quota counts. */
export const quotaScopes = ["organisation", "team", "user", "key", "model", "tag", "ip"] as const;
export type QuotaScope = (typeof quotaScopes)[number];

/** How long a quota counts before it begins anew; weeks begin on Monday. */
export const quotaWindows = ["minute", "hour", "day", "week", "month", "total"] as const;
export type QuotaWindow = (typeof quotaWindows)[number];

/** What happens when the soft limit is reached; the hard limit always refuses. */
export const softActions = ["notify", "downgrade"] as const;
export type SoftAction = (typeof softActions)[number];
