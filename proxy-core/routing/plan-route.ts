import type { FallbackReason } from "../contract/routing.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { Caller } from "../pipeline/context.ts";
import type { Snapshot } from "../snapshot.ts";
import { allowedModels, mayUse, mayUseName } from "./model-access.ts";
import type { Resolved } from "./resolve-name.ts";
import { resolveName } from "./resolve-name.ts";
import type { Choice, RoutePlan } from "./route.ts";

/**
 * What `model` stands for, as far as the caller may use it. Whoever may use a route's name may use its
 * targets and fallbacks; whoever may use some of the targets gets those. Throws `route.unknown_model`,
 * `route.no_target` for a route without any target in use, and `access.model_denied`.
 */
export function planRoute(snapshot: Snapshot, caller: Caller, model: string): RoutePlan {
	const resolved = resolveName(snapshot, model);
	if (resolved === undefined) {
		throw new GatewayError("route.unknown_model", {
			param: "model",
			message: `The model \`${shown(model)}\` does not exist or is not offered here; GET /v1/models lists what this key may use.`,
		});
	}
	const patterns = allowedModels(caller);
	const mayAll =
		mayUseName(patterns, model) ||
		(resolved.kind === "route" && mayUseName(patterns, resolved.route.name));
	const allowed = (all: readonly Choice[]): readonly Choice[] =>
		mayAll ? all : all.filter(({ target }) => mayUse(patterns, target));
	const choices = allowed(resolved.choices);
	if (choices.length === 0) {
		// Whether a route has targets is nobody's business who may not use it.
		if (!mayAll) throw new GatewayError("access.model_denied", { param: "model" });
		throw new GatewayError("route.no_target", {
			param: "model",
			message: `No target of the route \`${shown(model)}\` is in use.`,
		});
	}
	return planOf(snapshot, { resolved, choices, allowed });
}

interface PlanParts {
	readonly resolved: Resolved;
	readonly choices: readonly Choice[];
	readonly allowed: (choices: readonly Choice[]) => readonly Choice[];
}

function planOf(snapshot: Snapshot, { resolved, choices, allowed }: PlanParts): RoutePlan {
	const { retries } = snapshot.settings.routing;
	if (resolved.kind === "targets") {
		return {
			route: null,
			strategy: "priority",
			costWeight: 0,
			isSticky: false,
			retries,
			choices,
			fallbacks: noFallbacks,
		};
	}
	const { route } = resolved;
	const chain = (reason: FallbackReason): readonly Choice[] =>
		route.fallbacks[reason].length === 0
			? []
			: allowed(fallbackChoices(snapshot, resolved, reason));
	return {
		route: route.name,
		strategy: route.strategy,
		costWeight: route.costWeight,
		isSticky: route.isSticky,
		retries: route.retries ?? retries,
		choices,
		fallbacks: {
			error: chain("error"),
			"context-window": chain("context-window"),
			"content-policy": chain("content-policy"),
		},
	};
}

const noFallbacks: RoutePlan["fallbacks"] = {
	error: [],
	"context-window": [],
	"content-policy": [],
};

/** Follows routes that have fallbacks of their own for the same reason; each name is followed once. */
function fallbackChoices(
	snapshot: Snapshot,
	start: Extract<Resolved, { kind: "route" }>,
	reason: FallbackReason,
): readonly Choice[] {
	const seen = new Set([start.route.name]);
	const found = new Map<string, Choice>();
	const follow = (name: string): void => {
		if (seen.has(name)) return;
		seen.add(name);
		const resolved = resolveName(snapshot, name);
		for (const choice of resolved?.choices ?? []) {
			if (!found.has(choice.target.id)) found.set(choice.target.id, choice);
		}
		if (resolved?.kind === "route") resolved.route.fallbacks[reason].forEach(follow);
	};
	start.route.fallbacks[reason].forEach(follow);
	return [...found.values()];
}

/** A caller's text in a message: bounded, and without control characters that could forge log lines. */
function shown(text: string): string {
	return text.slice(0, 100).replace(/\p{C}/gu, "?");
}
