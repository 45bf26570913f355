import type { ErrorCode } from "../contract/errors.ts";
import type { FallbackReason } from "../contract/routing.ts";
import { fallbackReasons } from "../contract/routing.ts";
import type { EndpointId, OperationId } from "../contract/settled-record.ts";
import { operationIds } from "../contract/settled-record.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { Caller } from "../pipeline/context.ts";
import type { Snapshot, Target } from "../snapshot.ts";
import { planRoute } from "./plan-route.ts";
import { rankTargets } from "./rank-targets.ts";
import { resolveName } from "./resolve-name.ts";
import type { RoutePlan } from "./route.ts";
import { strategies } from "./strategies/registry.ts";
import type { Ranked } from "./strategies/strategy.ts";
import type { TargetBoard } from "./target-board.ts";

/** A request that nobody sends. */
export interface RouteQuestion {
	readonly model: string;
	readonly caller: Caller;
	readonly session: string | null;
	readonly endpoint: EndpointId;
	readonly inputTokens: number;
}

export interface RouteStep {
	readonly step: string;
	readonly outcome: "passed" | "changed" | "stopped";
	/** One sentence for people. */
	readonly text: string;
}

export interface RouteExplanation {
	readonly steps: readonly RouteStep[];
	/** In the order in which they would be tried. */
	readonly candidates: readonly (Ranked & { readonly skipped: string | null })[];
	readonly fallbacks: readonly {
		readonly reason: FallbackReason;
		readonly targets: readonly string[];
	}[];
	/** `provider/model`; null when the request would be refused. */
	readonly chosen: string | null;
	readonly error: { readonly code: ErrorCode; readonly message: string } | null;
}

/** Goes the way of a request up to the call itself, with the same functions, and says what was decided. */
export function explainRoute(
	snapshot: Snapshot,
	board: Pick<TargetBoard, "standing" | "peekTurn">,
	question: RouteQuestion,
): RouteExplanation {
	const steps: RouteStep[] = [];
	try {
		steps.push(admission(snapshot, question));
		steps.push(naming(snapshot, question.model));
		const plan = planRoute(snapshot, question.caller, question.model);
		steps.push(access(snapshot, plan, question.model));
		const priced = withPrices(snapshot, plan, steps);
		const ranked = rankTargets({
			plan: priced,
			board,
			random: Math.random,
			turn: board.peekTurn(priced.route ?? ""),
			inputTokens: () => question.inputTokens,
			outputTokensMax: undefined,
			session: question.session,
		});
		steps.push(health(ranked), ordering(priced, question.session));
		return concluded({ steps, ranked, plan: priced, question });
	} catch (error) {
		if (!GatewayError.is(error)) throw error;
		const { code, message } = error;
		steps.push({ step: "refused", outcome: "stopped", text: message });
		return { steps, candidates: [], fallbacks: [], chosen: null, error: { code, message } };
	}
}

/** Throws what the gate of every endpoint would. */
function admission({ settings }: Snapshot, { caller, endpoint }: RouteQuestion): RouteStep {
	const { engaged, by, reason } = settings.killSwitch;
	if (engaged) {
		throw new GatewayError("limit.kill_switch", {
			message: `Model traffic was stopped by ${by}: ${reason}`,
		});
	}
	if (caller.kind === "key" && !caller.allowedEndpoints.includes(endpoint)) {
		throw new GatewayError("access.endpoint_denied");
	}
	return { step: "endpoint", outcome: "passed", text: `The caller may use ${endpoint}.` };
}

function naming(snapshot: Snapshot, model: string): RouteStep {
	const resolved = resolveName(snapshot, model);
	const count = resolved?.choices.length ?? 0;
	const targets = count === 1 ? "one target" : `${count} targets`;
	if (resolved?.kind === "route") {
		const { name } = resolved.route;
		const text =
			name === model
				? `“${model}” is a route with ${targets} in use.`
				: `“${model}” fits the pattern “${name}”, which leads to ${targets}.`;
		return { step: "name", outcome: "changed", text };
	}
	const text =
		resolved === undefined
			? `Nothing is named “${model}”.`
			: resolved.choices[0]?.target.id === model
				? `“${model}” is a target.`
				: `“${model}” is a model of ${targets}.`;
	return { step: "name", outcome: resolved === undefined ? "stopped" : "passed", text };
}

function access(snapshot: Snapshot, plan: RoutePlan, model: string): RouteStep {
	const all = resolveName(snapshot, model)?.choices.length ?? 0;
	const left = plan.choices.length;
	return left === all
		? { step: "access", outcome: "passed", text: "The caller may use all of them." }
		: { step: "access", outcome: "changed", text: `The caller may use ${left} of ${all}.` };
}

/** Throws `route.unpriced_model`, as the stage would. */
function withPrices(snapshot: Snapshot, plan: RoutePlan, steps: RouteStep[]): RoutePlan {
	if (snapshot.settings.prices.unpriced !== "refuse") return plan;
	const choices = plan.choices.filter(({ target }) => target.price !== undefined);
	if (choices.length === 0) throw new GatewayError("route.unpriced_model");
	const dropped = plan.choices.length - choices.length;
	if (dropped === 0) return plan;
	steps.push({
		step: "price",
		outcome: "changed",
		text: `${dropped} without a price may not be used here.`,
	});
	return { ...plan, choices };
}

function health(ranked: readonly Ranked[]): RouteStep {
	const named = (wanted: "cooling" | "open"): string =>
		ranked
			.filter(({ candidate }) => candidate.standing.availability === wanted)
			.map(({ candidate }) => candidate.target.id)
			.join(", ");
	const [cooling, open] = [named("cooling"), named("open")];
	if (cooling === "" && open === "") {
		return { step: "health", outcome: "passed", text: "All of them are in service." };
	}
	const parts = [
		...(open === "" ? [] : [`out of service after failures: ${open}`]),
		...(cooling === "" ? [] : [`asked for a pause and come last: ${cooling}`]),
	];
	return { step: "health", outcome: "changed", text: `${parts.join("; ")}.` };
}

function ordering(plan: RoutePlan, session: string | null): RouteStep {
	const { title, formula } = strategies[plan.strategy];
	if (plan.isSticky && session !== null) {
		const text = `The session's own order, by rendezvous hashing; without a session: ${title}.`;
		return { step: "sticky", outcome: "changed", text };
	}
	return { step: "order", outcome: "passed", text: `${title}: ${formula}` };
}

interface Conclusion {
	readonly steps: readonly RouteStep[];
	readonly ranked: readonly Ranked[];
	readonly plan: RoutePlan;
	readonly question: RouteQuestion;
}

function concluded({ steps, ranked, plan, question }: Conclusion): RouteExplanation {
	const candidates = ranked.map((entry) => ({
		...entry,
		skipped: whySkipped(entry, question.endpoint),
	}));
	const fallbacks = fallbackReasons
		.map((reason) => ({
			reason,
			targets: plan.fallbacks[reason].map(({ target }) => target.id),
		}))
		.filter(({ targets }) => targets.length > 0);
	const first = candidates.find(({ skipped }) => skipped === null);
	const afterAll = fallbacks.find(({ reason }) => reason === "error")?.targets[0];
	const chosen = first?.candidate.target.id ?? afterAll ?? null;
	const text =
		chosen === null
			? "No target can be asked."
			: first === undefined
				? `${chosen}, the first fallback, because no target can be asked.`
				: `${chosen} would be asked first. Limits and budgets were not looked at.`;
	const outcome = chosen === null ? "stopped" : "passed";
	return {
		steps: [...steps, { step: "chosen", outcome, text }],
		candidates,
		fallbacks,
		chosen,
		error: chosen === null ? { code: "route.no_target", message: text } : null,
	};
}

function whySkipped({ candidate }: Ranked, endpoint: EndpointId): string | null {
	if (candidate.standing.availability === "open") return "Out of service after repeated failures.";
	return serves(candidate.target, endpoint) ? null : `Its provider does not offer ${endpoint}.`;
}

function serves({ connector }: Target, endpoint: EndpointId): boolean {
	// Answered by the gateway itself where the provider cannot.
	if (endpoint === "moderations") return true;
	const operation = operationIds.find((id): id is OperationId => id === endpoint);
	return operation === undefined || connector.operations?.[operation] !== undefined;
}
