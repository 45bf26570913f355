/** How the targets of a route are ordered. */
export const strategyIds = [
	"priority",
	"weighted",
	"round-robin",
	"least-busy",
	"latency",
	"cost",
	"smart",
] as const;
export type StrategyId = (typeof strategyIds)[number];

/** Why a fallback is taken. */
export const fallbackReasons = ["error", "context-window", "content-policy"] as const;
export type FallbackReason = (typeof fallbackReasons)[number];

/**
 * `closed`: requests flow. `open`: the target failed too often and gets none for a while. `half-open`:
 * a few requests at a time find out whether it has recovered.
 */
export const breakerStates = ["closed", "open", "half-open"] as const;
export type BreakerState = (typeof breakerStates)[number];
