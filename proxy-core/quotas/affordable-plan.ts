import { GatewayError } from "../errors/gateway-error.ts";
import type { Identified, Received } from "../pipeline/context.ts";
import { planRoute } from "../routing/plan-route.ts";
import type { Choice, RoutePlan } from "../routing/route.ts";

/** The plan of the first of these names that the caller may use; undefined when there is none. */
export function cheaperPlan(
	{ snapshot, caller }: Readonly<Received & Identified>,
	names: readonly string[],
): RoutePlan | undefined {
	for (const name of names) {
		try {
			return planRoute(snapshot, caller, name);
		} catch (error) {
			// A name that is gone or forbidden is passed over; the next one may do.
			if (!GatewayError.is(error)) throw error;
		}
	}
	return undefined;
}

/**
 * The plan without some targets; when none of its choices is left, what would follow an error takes
 * their place. Undefined: nothing is left at all.
 */
export function withoutTargets(plan: RoutePlan, ids: ReadonlySet<string>): RoutePlan | undefined {
	const keep = (all: readonly Choice[]) => all.filter(({ target }) => !ids.has(target.id));
	const choices = keep(plan.choices);
	const error = keep(plan.fallbacks.error);
	const left = choices.length > 0 ? choices : error;
	if (left.length === 0) return undefined;
	return {
		...plan,
		choices: left,
		fallbacks: {
			error: choices.length > 0 ? error : [],
			"context-window": keep(plan.fallbacks["context-window"]),
			"content-policy": keep(plan.fallbacks["content-policy"]),
		},
	};
}
