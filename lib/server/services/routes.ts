import type * as z from "zod";
import { strategyIds } from "../../../proxy-core/contract/routing.ts";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { Caller } from "../../../proxy-core/pipeline/context.ts";
import type { RoutingDesk } from "../../../proxy-core/routing/routing-desk.ts";
import type { Ranked } from "../../../proxy-core/routing/strategies/strategy.ts";
import { roleHolds } from "../../contracts/permissions.ts";
import type {
	createRoute,
	Route,
	RouteCandidate,
	RouteInput,
	RouteTrial,
	tryRoute,
} from "../../contracts/routes.ts";
import { routeInput } from "../../contracts/routes.ts";
import type { Principal } from "../auth/principal.ts";
import { routeFault } from "../configuration/route-fault.ts";
import type { RouteRow } from "../repositories/routes.ts";
import * as routes from "../repositories/routes.ts";
import { runtime } from "../runtime.ts";
import { idOfName, nameOfId } from "./name-id.ts";
import { toStanding } from "./target-standing.ts";

interface Asking {
	readonly principal: Principal;
}
interface OnRoute extends Asking {
	readonly params: { readonly id: string };
}
interface WithRoute {
	readonly body: z.output<typeof createRoute.body>;
}
interface WithQuestion {
	readonly body: z.output<typeof tryRoute.body>;
}

export const routesService = {
	list: async () => {
		const { prisma, routing } = runtime();
		const [desk, rows] = await Promise.all([routing(), routes.listRoutes(prisma)]);
		const strategies = strategyIds.map((id) => {
			const { title, description, formula } = desk.strategies[id];
			return { id, title, description, formula };
		});
		return { items: rows.map((row) => toRoute(row, desk)), strategies };
	},

	/** Throws `request.invalid` and `resource.conflict`. */
	create: async ({ body, principal }: Asking & WithRoute) => {
		const { prisma, configuration, routing, log } = runtime();
		requireSound(body);
		const row = await routes.createRoute(prisma, body);
		if (row === undefined) throw new GatewayError("resource.conflict", { param: "name" });
		await configuration.changed("routing");
		log.info("A route was added.", { route: row.name, by: principal.userId });
		return toRoute(row, await routing());
	},

	/** Throws `request.invalid`, `resource.not_found` and `resource.conflict`. */
	update: async ({ params, body, principal }: OnRoute & WithRoute) => {
		const { prisma, configuration, routing, log } = runtime();
		const name = nameOfId(params.id);
		requireSound(body);
		if (body.name !== name && (await routes.hasRoute(prisma, body.name))) {
			throw new GatewayError("resource.conflict", { param: "name" });
		}
		const row = await routes.updateRoute(prisma, name, body);
		if (row === undefined) throw new GatewayError("resource.not_found");
		await configuration.changed("routing");
		log.info("A route was changed.", { route: row.name, by: principal.userId });
		return toRoute(row, await routing());
	},

	/** Throws `resource.not_found`. */
	remove: async ({ params, principal }: OnRoute) => {
		const { prisma, configuration, log } = runtime();
		const name = nameOfId(params.id);
		if (!(await routes.deleteRoute(prisma, name))) throw new GatewayError("resource.not_found");
		await configuration.changed("routing");
		log.info("A route was removed.", { route: name, by: principal.userId });
		return {};
	},

	/** Throws `resource.not_found` for a key that does not exist or is not the asking person's to see. */
	tryOut: async ({ body, principal }: Asking & WithQuestion): Promise<RouteTrial> => {
		const desk = await runtime().routing();
		const { steps, candidates, fallbacks, chosen, error } = desk.explain({
			model: body.model,
			caller: callerOf(body.keyId, principal),
			session: body.session ?? null,
			endpoint: body.endpoint,
			inputTokens: body.inputTokens,
		});
		return {
			steps: [...steps],
			candidates: candidates.map((entry) => ({
				...toCandidate(entry, desk),
				skipped: entry.skipped,
			})),
			fallbacks: fallbacks.map(({ reason, targets }) => ({ reason, targets: [...targets] })),
			chosen,
			error,
		};
	},
};

/** Throws `request.invalid` for what the fields cannot say one by one. */
function requireSound(body: RouteInput): void {
	const fault = routeFault(body);
	if (fault !== undefined) throw new GatewayError("request.invalid", fault);
}

function callerOf(keyId: string | undefined, { userId, role }: Principal): Caller {
	if (keyId === undefined) return { kind: "console", userId };
	const key = runtime().snapshot().keys.get(keyId);
	const maySee = key?.ownerId === userId || roleHolds(role, "keys:manage");
	if (key === undefined || !maySee) {
		throw new GatewayError("resource.not_found", { param: "keyId" });
	}
	const { ownerId, teamId, allowedModels, allowedEndpoints, requestsPerMinute } = key;
	return {
		kind: "key",
		keyId,
		ownerId,
		teamId,
		allowedModels,
		allowedEndpoints,
		requestsPerMinute,
	};
}

function toRoute(row: RouteRow, routing: RoutingDesk): Route {
	const { configuration } = runtime();
	const { createdAt, updatedAt, ...stored } = row;
	const parsed = routeInput.safeParse(stored);
	const problem = configuration.problems().find(({ place }) => place === `route:${row.name}`);
	return {
		...(parsed.success ? parsed.data : unreadable(row)),
		id: idOfName(row.name),
		candidates: routing.rank(row.name).map((ranked) => toCandidate(ranked, routing)),
		missing: [...routing.missing(row.name)],
		problem: problem?.message ?? null,
		createdAt: createdAt.toISOString(),
		updatedAt: updatedAt.toISOString(),
	};
}

/** What can be shown of a row that does not parse any more, so that a person can write it anew. */
function unreadable({ name, description, isEnabled }: RouteRow): RouteInput {
	return {
		name,
		description: description.slice(0, 500),
		strategy: "priority",
		costWeight: 1,
		isSticky: false,
		retries: null,
		entries: [],
		fallbacks: { error: [], "context-window": [], "content-policy": [] },
		isEnabled,
	};
}

function toCandidate(
	{ candidate, score, scoreText }: Ranked,
	routing: RoutingDesk,
): RouteCandidate {
	const { target, weight } = candidate;
	return {
		target: target.id,
		provider: target.providerId,
		model: target.model,
		weight,
		score,
		scoreText,
		standing: toStanding(routing.view(target.id)),
	};
}
