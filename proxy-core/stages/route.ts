import { GatewayError } from "../errors/gateway-error.ts";
import type { Budgeted, Parsed, Received, Routed } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import { rankTargets } from "../routing/rank-targets.ts";
import type { RoutePlan } from "../routing/route.ts";
import type { Ranked } from "../routing/strategies/strategy.ts";
import type { TargetBoard } from "../routing/target-board.ts";

interface RouteOptions {
	readonly board: TargetBoard;
	/** Numbers from 0 up to 1. */
	readonly random?: () => number;
}

/** A rough measure that costs nothing; only the proportion of targets' costs counts. */
const charactersPerToken = 4;
/** Targets named in the trace. */
const shownMax = 8;

/** In which order the targets are tried: by the route's strategy, healthy ones first. */
export function route({
	board,
	random = Math.random,
}: RouteOptions): Stage<Received & Parsed & Budgeted, Routed> {
	return {
		name: "route",
		run: ({ affordable, request, snapshot, trace }) => {
			const plan =
				snapshot.settings.prices.unpriced === "refuse" ? onlyPriced(affordable) : affordable;
			const [only] = plan.choices;
			if (only !== undefined && plan.choices.length === 1) {
				trace.note(plan.route === null ? only.target.id : `${plan.route}: ${only.target.id}`);
				return { targets: [only.target] };
			}
			const ranked = rankTargets({
				plan,
				board,
				random,
				turn: plan.strategy === "round-robin" ? board.turn(plan.route ?? "") : 0,
				inputTokens: () =>
					request.segments.reduce((sum, { text }) => sum + text.length, 0) / charactersPerToken,
				outputTokensMax: request.outputTokensMax,
				session: trace.labels.session ?? trace.labels.endUser,
			});
			trace.note(orderText(plan, ranked));
			return { targets: ranked.map(({ candidate }) => candidate.target) };
		},
	};
}

/** Throws `route.unpriced_model` when no choice has a price. */
function onlyPriced(plan: RoutePlan): RoutePlan {
	const choices = plan.choices.filter(({ target }) => target.price !== undefined);
	if (choices.length === 0) throw new GatewayError("route.unpriced_model", { param: "model" });
	return choices.length === plan.choices.length ? plan : { ...plan, choices };
}

/** `smart · fast: openai/gpt-4o [2.1 /s …], azure/gpt-4o [open]`. */
function orderText(plan: RoutePlan, ranked: readonly Ranked[]): string {
	const shown = ranked.slice(0, shownMax).map(({ candidate, scoreText }) => {
		const { availability } = candidate.standing;
		return `${candidate.target.id} [${availability === "available" ? scoreText : availability}]`;
	});
	const more = ranked.length > shownMax ? `, and ${ranked.length - shownMax} more` : "";
	const sticky = plan.isSticky ? ", sticky" : "";
	return `${plan.strategy}${sticky} · ${plan.route ?? "any provider"}: ${shown.join(", ")}${more}`;
}
