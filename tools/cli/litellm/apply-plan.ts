import { isDeepStrictEqual } from "node:util";
import { openSettings, sealSecrets } from "../../../lib/server/configuration/upstream-secrets.ts";
import { splitSettings } from "../../../lib/server/providers/provider-kind-catalogue.ts";
import {
	importOrigin,
	saveImportedUpstream,
	saveUpstreamModels,
} from "../../../lib/server/repositories/imports.ts";
import { notifyChanged } from "../../../lib/server/repositories/notify.ts";
import {
	listPriceHistory,
	setPriceOverride,
} from "../../../lib/server/repositories/price-overrides.ts";
import { createRoute, listRoutes, updateRoute } from "../../../lib/server/repositories/routes.ts";
import {
	findTargetSetting,
	saveTargetSetting,
} from "../../../lib/server/repositories/target-settings.ts";
import { listUpstreams } from "../../../lib/server/repositories/upstreams.ts";
import type { SecretBox } from "../../../lib/server/secrets/secret-box.ts";
import type { PrismaClient } from "../../../prisma/generated/client.ts";
import { findProvider } from "../../../proxy-core/providers/registry.ts";
import type { IssuedKey } from "./apply-keys.ts";
import { applyBudgets, applyKeys } from "./apply-keys.ts";
import { applySettings } from "./apply-settings.ts";
import type { Effect, Tally } from "./effects.ts";
import { tally } from "./effects.ts";
import type { ExistingProvider, ImportPlan } from "./import-plan.ts";
import { importedBy } from "./imported-by.ts";
import { routeMark } from "./plan-routes.ts";

export interface Applied {
	readonly tallies: Readonly<Record<string, Tally>>;
	/** Told once and never again. */
	readonly issued: readonly IssuedKey[];
	/** What people had made or changed meanwhile and was left as it is. */
	readonly kept: readonly string[];
}

export interface Place {
	readonly prisma: PrismaClient;
	readonly secretBox: SecretBox;
}

/** Providers as they are stored, with their secrets where this master key opens them. */
export async function readExisting({
	prisma,
	secretBox,
}: Place): Promise<readonly ExistingProvider[]> {
	const rows = await listUpstreams(prisma);
	return rows.map((row) => {
		const { id, kind, origin, models } = row;
		try {
			const { plain, secrets } = openSettings(secretBox, row);
			return { id, kind, origin, models, settings: { ...plain, ...secrets } };
		} catch {
			return { id, kind, origin, models, settings: undefined };
		}
	});
}

/**
 * Puts a plan into the database and tells running servers. What an earlier import made is brought up
 * to date; what people made stays.
 */
export async function applyPlan(plan: ImportPlan, place: Place): Promise<Applied> {
	const { prisma } = place;
	const kept: string[] = [];
	const tallies: Record<string, Tally> = {};
	tallies["providers"] = tally(await applyProviders(plan, place));
	tallies["prices"] = tally(await applyPrices(plan, prisma, kept));
	tallies["routes"] = tally(await applyRoutes(plan, prisma, kept));
	tallies["targets with timeouts"] = tally(await applyTimeouts(plan, prisma));
	const keys = await applyKeys(plan.keys, prisma, kept);
	tallies["keys"] = tally(keys.effects);
	tallies["budgets and limits"] = tally(await applyBudgets(plan.budgets, prisma, kept));
	tallies["settings"] = tally(await applySettings(plan.settings, prisma));
	const node = `import-${process.pid}`;
	for (const kind of ["providers", "routing", "keys", "budgets", "settings"] as const) {
		await notifyChanged(prisma, kind, node);
	}
	return { tallies, issued: keys.issued, kept };
}

async function applyProviders(plan: ImportPlan, place: Place): Promise<readonly Effect[]> {
	const { prisma, secretBox } = place;
	const existing = new Map((await readExisting(place)).map((one) => [one.id, one]));
	const effects: Effect[] = [];
	for (const { id, kind, title, settings, models } of plan.providers) {
		const stored = existing.get(id);
		const provider = findProvider(kind);
		if (provider === undefined) throw new Error(`There is no kind of provider "${kind}".`);
		const isSame =
			stored?.kind === kind &&
			isDeepStrictEqual(stored.settings, settings) &&
			isDeepStrictEqual(stored.models, models);
		if (isSame) effects.push("unchanged");
		else if (stored !== undefined && stored.origin !== importOrigin) {
			await saveUpstreamModels(prisma, id, models);
			effects.push("updated");
		} else {
			const { plain, secrets } = splitSettings(provider, settings);
			const sealed = sealSecrets(secretBox, id, secrets);
			await saveImportedUpstream(prisma, {
				id,
				kind,
				title,
				settings: plain,
				secrets: sealed,
				models,
			});
			effects.push(stored === undefined ? "created" : "updated");
		}
	}
	return effects;
}

async function applyPrices(
	{ prices }: ImportPlan,
	prisma: PrismaClient,
	kept: string[],
): Promise<readonly Effect[]> {
	const effects: Effect[] = [];
	for (const { provider, model, price, note } of prices) {
		const place = { scope: "provider", place: provider, model } as const;
		const history = await listPriceHistory(prisma, place);
		const inForce = history.find(({ revokedAt }) => revokedAt === null);
		if (isDeepStrictEqual(inForce?.price, price)) effects.push("unchanged");
		else if (inForce !== undefined && inForce.changedBy !== importedBy) {
			kept.push(`The price of ${provider}/${model}: ${inForce.changedBy} set another one.`);
		} else {
			await setPriceOverride(prisma, { ...place, price, note, changedBy: importedBy });
			effects.push(inForce === undefined ? "created" : "updated");
		}
	}
	return effects;
}

async function applyRoutes(
	{ routes }: ImportPlan,
	prisma: PrismaClient,
	kept: string[],
): Promise<readonly Effect[]> {
	const stored = new Map((await listRoutes(prisma)).map((row) => [row.name, row]));
	const effects: Effect[] = [];
	for (const route of routes) {
		const row = stored.get(route.name);
		if (row === undefined) {
			await createRoute(prisma, route);
			effects.push("created");
			continue;
		}
		const { createdAt: _created, updatedAt: _updated, ...fields } = row;
		// Whether a route is in use stays as people set it.
		const wanted = { ...route, isEnabled: row.isEnabled };
		if (isDeepStrictEqual(fields, wanted)) effects.push("unchanged");
		else if (!row.description.startsWith(routeMark)) {
			kept.push(`The route ${route.name}: it was made in the console.`);
		} else {
			await updateRoute(prisma, route.name, { ...wanted, description: row.description });
			effects.push("updated");
		}
	}
	return effects;
}

async function applyTimeouts(
	{ timeouts }: ImportPlan,
	prisma: PrismaClient,
): Promise<readonly Effect[]> {
	const effects: Effect[] = [];
	for (const { target, timeouts: own } of timeouts) {
		const row = await findTargetSetting(prisma, target);
		const before = (row?.timeouts ?? {}) as Record<string, number>;
		const set = Object.entries(own).filter((entry): entry is [string, number] => entry[1] != null);
		const after = { ...before, ...Object.fromEntries(set) };
		if (isDeepStrictEqual(before, after)) {
			effects.push("unchanged");
			continue;
		}
		const { isEnabled = true, priority = 0 } = row ?? {};
		await saveTargetSetting(prisma, target, { isEnabled, priority, timeouts: after });
		effects.push(row === null ? "created" : "updated");
	}
	return effects;
}
