import type { FallbackReason, StrategyId } from "../contract/routing.ts";
import type { Target } from "../snapshot.ts";

/** One target of a route, with its share under the weighted strategy. */
export interface Choice {
	readonly target: Target;
	readonly weight: number;
}

/** A name that callers use as a model: an alias, a group of targets, or a pattern with one `*`. */
export interface Route {
	readonly name: string;
	readonly strategy: StrategyId;
	/** How much cost counts in the smart score; 0 not at all. */
	readonly costWeight: number;
	/** Keep a session on the target that served it first. */
	readonly isSticky: boolean;
	/** Further tries of the same target after passing trouble; null: the installation's setting. */
	readonly retries: number | null;
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
	const {
		error,
		"context-window": contextWindow,
		"content-policy": contentPolicy,
	} = plan.fallbacks;
	const all = [...plan.choices, ...error, ...contextWindow, ...contentPolicy];
	return [...new Set(all.map((choice) => choice.target))];
}
