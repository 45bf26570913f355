import type { Target } from "../snapshot.ts";

export const strategyIds = [
	"priority",
	"weighted",
	"round-robin",
	"least-busy",
	"latency",
	"cost",
	"smart",
] as const;
/** How the targets of a route are ordered. */
export type StrategyId = (typeof strategyIds)[number];

/** One target of a route, with its share under the weighted strategy. */
export interface Choice {
	readonly target: Target;
	readonly weight: number;
}

/** Why a fallback is taken. */
export const fallbackReasons = ["error", "context-window", "content-policy"] as const;
export type FallbackReason = (typeof fallbackReasons)[number];

/** A name that callers use as a model: an alias, a group of targets, or a pattern with one `*`. */
export interface Route {
	readonly name: string;
	readonly strategy: StrategyId;
	/** How much cost counts in the smart score; 0 not at all. */
	readonly costWeight: number;
	/** Keep a session on the target that served it first. */
	readonly isSticky: boolean;
	/** Further tries of the same target after passing trouble. */
	readonly retries: number;
	/** Targets as configured: `provider/model`, a bare model name, another route is not allowed. `*` stands for what the name's `*` matched. */
	readonly entries: readonly { readonly target: string; readonly weight: number }[];
	/** Names (routes, targets or bare models) that follow, by reason, in order. */
	readonly fallbacks: Readonly<Record<FallbackReason, readonly string[]>>;
}

/** What a requested name stands for, as far as the caller may use it. Never without choices. */
export interface RoutePlan {
	/** The route's name; null when the caller named a target or a plain model. */
	readonly route: string | null;
	readonly strategy: StrategyId;
	readonly costWeight: number;
	readonly isSticky: boolean;
	readonly retries: number;
	readonly choices: readonly Choice[];
	readonly fallbacks: Readonly<Record<FallbackReason, readonly Choice[]>>;
}

/** Every target that a request with this plan may be sent to. */
export function reachableTargets(plan: RoutePlan): readonly Target[] {
	const { error, "context-window": contextWindow, "content-policy": contentPolicy } = plan.fallbacks;
	const all = [...plan.choices, ...error, ...contextWindow, ...contentPolicy];
	return [...new Set(all.map((choice) => choice.target))];
}

/** The plan of a name that no route bears: its targets in their order. */
export function plainPlan(targets: readonly Target[]): RoutePlan {
	return {
		route: null,
		strategy: "priority",
		costWeight: 0,
		isSticky: false,
		retries: 0,
		choices: targets.map((target) => ({ target, weight: 1 })),
		fallbacks: { error: [], "context-window": [], "content-policy": [] },
	};
}
