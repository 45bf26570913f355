import * as z from "zod";
import { breakerStates, fallbackReasons, strategyIds } from "../../proxy-core/contract/routing.ts";
import { endpointIds } from "../../proxy-core/contract/settled-record.ts";
import { defineEndpoint } from "./endpoint.ts";
import { instant, nothing } from "./shapes.ts";

const nameForm = /^[^\s*\p{C}]*\*?[^\s*\p{C}]*$/u;

/** What callers send as `model`. One `*` makes it a pattern. */
export const routeName = z
	.string()
	.min(1)
	.max(200)
	.regex(nameForm, "No spaces, and at most one *")
	.meta({
		title: "Name",
		description: "What applications send as `model`. One * makes it a pattern, such as gpt-*.",
	});

const targetName = z.string().min(1).max(240).regex(nameForm, "No spaces, and at most one *");
const fallbackNames = z.array(z.string().min(1).max(240)).max(20).default([]);

export const routeEntry = z.strictObject({
	/** `provider/model`, or a bare model name for all its providers. `*` stands for what the name's `*` matched. */
	target: targetName,
	/** Share under the weighted strategy, relative to the other entries. */
	weight: z.int().min(0).max(1000).default(1),
});

export const routeInput = z
	.strictObject({
		name: routeName,
		description: z.string().max(500).default("").meta({ title: "Description" }),
		strategy: z.enum(strategyIds).default("priority").meta({ title: "Strategy" }),
		costWeight: z.number().min(0).max(5).default(1).meta({
			title: "Weight of cost",
			description: "How much cost counts in the smart score; 0 not at all.",
		}),
		isSticky: z.boolean().default(false).meta({
			title: "Sticky sessions",
			description: "Requests of one session go to one target for as long as it works.",
		}),
		retries: z.int().min(0).max(10).nullable().default(null).meta({
			title: "Retries",
			description: "Of the same target after passing trouble. Empty: the installation's setting.",
		}),
		entries: z.array(routeEntry).min(1, "Name at least one target").max(50),
		/** Names of routes, targets or bare models, in order. */
		fallbacks: z
			.strictObject({
				error: fallbackNames,
				"context-window": fallbackNames,
				"content-policy": fallbackNames,
			})
			.prefault({}),
		isEnabled: z.boolean().default(true).meta({ title: "In use" }),
	})
	.meta({ id: "RouteInput" });
export type RouteInput = z.output<typeof routeInput>;

/** How a target stands on the node that answered. */
export const targetStanding = z.strictObject({
	breaker: z.enum(breakerStates),
	/** When an open circuit lets the first request through. */
	openUntil: instant.nullable(),
	/** Until then it is taken only when nothing else is left, because it asked for a pause. */
	coolingUntil: instant.nullable(),
	/** In a row. */
	failures: z.int(),
	/** Requests under way that find out whether it works again. */
	probes: z.int(),
	inFlight: z.int(),
	/** Share of recent requests that worked, 0 to 1; half-life one minute. */
	success: z.number(),
	/** Time to the first byte of recent answers; half-life one minute. Null before the first. */
	latencyMs: z.number().nullable(),
	lastError: z.strictObject({ code: z.string(), at: instant }).nullable(),
});
export type TargetStanding = z.output<typeof targetStanding>;

export const routeCandidate = z.strictObject({
	/** `provider/model`. */
	target: z.string(),
	provider: z.string(),
	model: z.string(),
	weight: z.number(),
	/** By the strategy, the higher the better; null when the strategy keeps none. */
	score: z.number().nullable(),
	/** The same for people, with its unit: `0.42`, `180 ms`, `$0.0021`. */
	scoreText: z.string(),
	standing: targetStanding,
});
export type RouteCandidate = z.output<typeof routeCandidate>;

export const strategySchema = z.strictObject({
	id: z.enum(strategyIds),
	title: z.string(),
	/** One sentence for people. */
	description: z.string(),
	/** How the score is made, with units. */
	formula: z.string(),
});

export const routeSchema = z
	.strictObject({
		...routeInput.shape,
		/** As stored; empty when what is stored cannot be read, see `problem`. */
		name: z.string(),
		entries: z.array(routeEntry),
		/** For the paths of this API; made from the name. */
		id: z.string(),
		/** In the order in which a request of this moment would try them. Empty for a pattern. */
		candidates: z.array(routeCandidate),
		/** Entries and fallbacks that name nothing that is in use now. */
		missing: z.array(z.string()),
		/** Why this route is not in force as it is stored; null when it is. */
		problem: z.string().nullable(),
		createdAt: instant,
		updatedAt: instant,
	})
	.meta({ id: "Route" });
export type Route = z.output<typeof routeSchema>;

export const listRoutes = defineEndpoint({
	method: "GET",
	path: "/api/v1/routes",
	access: "registry:read",
	summary: "List routes with their targets' present order, scores and health on this node",
	query: nothing,
	body: nothing,
	answer: z.strictObject({ items: z.array(routeSchema), strategies: z.array(strategySchema) }),
});

export const createRoute = defineEndpoint({
	method: "POST",
	path: "/api/v1/routes",
	access: "registry:write",
	summary: "Add a route",
	query: nothing,
	body: routeInput,
	answer: routeSchema,
});

/** A changed name renames the route; its `id` changes with it. */
export const updateRoute = defineEndpoint({
	method: "PUT",
	path: "/api/v1/routes/[id]",
	access: "registry:write",
	summary: "Replace a route",
	query: nothing,
	body: routeInput,
	answer: routeSchema,
});

export const deleteRoute = defineEndpoint({
	method: "DELETE",
	path: "/api/v1/routes/[id]",
	access: "registry:delete",
	summary: "Remove a route",
	query: nothing,
	body: nothing,
	answer: nothing,
});

export const routeStep = z.strictObject({
	/** `name`, `access`, `enabled`, `price`, `health`, `order`, `sticky`, `fallback` … in the order of the request's way. */
	step: z.string(),
	outcome: z.enum(["passed", "changed", "stopped"]),
	/** One sentence for people. */
	text: z.string(),
});

export const routeTrial = z
	.strictObject({
		steps: z.array(routeStep),
		/** In the order in which they would be tried; `skipped` says why a target would not be asked. */
		candidates: z.array(routeCandidate.extend({ skipped: z.string().nullable() })),
		fallbacks: z.array(
			z.strictObject({ reason: z.enum(fallbackReasons), targets: z.array(z.string()) }),
		),
		/** `provider/model` of the first target that would be asked; null when the request would be refused. */
		chosen: z.string().nullable(),
		/** The error that the caller would get. */
		error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
	})
	.meta({ id: "RouteTrial" });
export type RouteTrial = z.output<typeof routeTrial>;

export const tryRoute = defineEndpoint({
	method: "POST",
	path: "/api/v1/routes/try",
	access: "registry:read",
	summary: "Explain step by step which target a request would go to; nothing is sent",
	query: nothing,
	body: z.strictObject({
		model: z.string().trim().min(1).max(240),
		/** The key that would ask; without it, a caller who may use everything. */
		keyId: z.string().max(64).optional(),
		session: z.string().max(200).optional(),
		endpoint: z.enum(endpointIds).default("chat.completions"),
		/** Estimated tokens of the question, for strategies that look at cost. */
		inputTokens: z.int().min(0).max(10_000_000).default(1000),
	}),
	answer: routeTrial,
});
