import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { KeyRecord, Target } from "../../../proxy-core/snapshot.ts";
import type { Model, ModelCaller } from "../../contracts/models.ts";
import { roleHolds } from "../../contracts/permissions.ts";
import type { PriceScope } from "../../contracts/prices.ts";
import type { Principal } from "../auth/principal.ts";
import { createKeyAccess, patternFor } from "../configuration/key-access.ts";
import { loadPriceOverrides } from "../repositories/price-overrides.ts";
import { listTeams } from "../repositories/teams.ts";
import { runtime } from "../runtime.ts";
import { toPrice, toTraits } from "./prices.ts";

interface Asking {
	readonly principal: Principal;
}
interface CallersInput extends Asking {
	readonly query: { readonly model: string };
}

export const modelsService = {
	list: async ({ principal }: Asking) => {
		const { snapshot, prisma } = runtime();
		const { targets, priceVersion } = snapshot();
		const overrides = new Map(
			(await loadPriceOverrides(prisma)).inForce.map(({ scope, place, model }) => [
				`${scope} ${place} ${model}`,
				scope,
			]),
		);
		const access = createKeyAccess(visibleKeys(principal), Date.now());
		const items = [...targets.values()].map((target): Model => {
			const { id, providerId, providerTitle, kind, model, price, traits } = target;
			return {
				id,
				provider: providerId,
				providerTitle,
				kind,
				model,
				price: price === undefined ? null : toPrice(price),
				override: overrideOf(overrides, target),
				traits: traits === undefined ? null : toTraits(traits),
				callers: roleHolds(principal.role, "keys:own") ? counted(access.callersOf(target)) : null,
			};
		});
		return { items, priceVersion };
	},

	/** Throws `resource.not_found` when no enabled provider offers the model. */
	callers: async ({ query, principal }: CallersInput) => {
		const { snapshot, prisma } = runtime();
		const target = snapshot().targets.get(query.model);
		if (target === undefined) throw new GatewayError("resource.not_found", { param: "model" });
		const teams = new Map((await listTeams(prisma)).map(({ id, name }) => [id, name]));
		const callers = createKeyAccess(visibleKeys(principal), Date.now()).callersOf(target);
		const items = callers
			.map(
				(key): ModelCaller => ({
					id: key.id,
					name: key.name,
					team: key.teamId === null ? null : (teams.get(key.teamId) ?? null),
					pattern: patternFor(key, target) ?? null,
				}),
			)
			.toSorted((a, b) => a.name.localeCompare(b.name, "en"));
		return { items };
	},
};

/** People see their own keys; who holds `keys:manage`, everybody's. */
function visibleKeys(principal: Principal): readonly KeyRecord[] {
	const keys = [...runtime().snapshot().keys.values()];
	if (roleHolds(principal.role, "keys:manage")) return keys;
	return keys.filter((key) => key.ownerId === principal.userId);
}

function counted(keys: readonly KeyRecord[]): Model["callers"] {
	const teams = new Set(keys.flatMap(({ teamId }) => (teamId === null ? [] : [teamId])));
	return { keys: keys.length, teams: teams.size };
}

function overrideOf(
	overrides: ReadonlyMap<string, PriceScope>,
	{ providerId, kind, model }: Target,
): PriceScope | null {
	return (
		overrides.get(`provider ${providerId} ${model}`) ??
		overrides.get(`kind ${kind} ${model}`) ??
		null
	);
}
