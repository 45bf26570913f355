import type { PriceCatalogue } from "../../../proxy-core/pricing/price-catalogue.ts";
import { captureOf } from "../../../proxy-core/routing/wildcard.ts";
import type { ConfigFile, Fields } from "./config-file.ts";
import type { Deployment } from "./deployments.ts";
import { readDeployments } from "./deployments.ts";
import type {
	ExistingProvider,
	ImportPlan,
	PlannedKey,
	PlannedPrice,
	PlannedTimeouts,
} from "./import-plan.ts";
import { noteLeftovers } from "./leftovers.ts";
import type { Notes } from "./notes.ts";
import { createNotes } from "./notes.ts";
import { planBudgets } from "./plan-budgets.ts";
import type { KeysPlan } from "./plan-keys.ts";
import { knownKey, planKeys } from "./plan-keys.ts";
import type { ReservedProvider } from "./plan-providers.ts";
import { planProviders } from "./plan-providers.ts";
import { planRoutes } from "./plan-routes.ts";
import { planSettings } from "./plan-settings.ts";
import { fieldsOf, millisecondsOf, textOf } from "./values.ts";
import { resolveVariables, variablesOf } from "./variables.ts";

export interface PlanInput {
	readonly config: ConfigFile;
	/** Of a key export; undefined: none was given. */
	readonly keys: readonly Fields[] | undefined;
	/** Whether the master key becomes a key for applications. */
	readonly withMasterKey: boolean;
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly readFile: (path: string) => string | undefined;
	readonly existing: readonly ExistingProvider[];
	readonly reserved: readonly ReservedProvider[];
	readonly catalogue: PriceCatalogue;
	readonly now: number;
}

/** What an import makes of LiteLLM's files. Reads and writes nothing but what it is given. */
export function planImport(input: PlanInput): ImportPlan {
	const { config, environment, readFile, catalogue, existing, reserved } = input;
	const notes = createNotes(config.lineOf);
	const keyNotes = createNotes(undefined);
	const variables = variablesOf(config.value, environment);
	const deployments = readDeployments({ config, variables, catalogue, readFile, notes });
	const { providers, targetOf } = planProviders({
		...{ deployments, existing, reserved, catalogue, notes },
	});
	const placed = { config, deployments, targetOf, notes };
	const routes = planRoutes(placed);
	const isKnown = (name: string) =>
		routes.some((route) => route.name === name || captureOf(route.name, name) !== undefined) ||
		deployments.some((deployment) => targetOf(deployment) === name);
	const keys = keysOf(input, { deployments, isKnown, notes: keyNotes });
	const master = input.withMasterKey ? masterKeyOf(config.value, { variables, notes }) : [];
	noteLeftovers(input.withMasterKey ? withoutMasterKey(config) : config, notes);
	const targetOfName = (name: string) =>
		routes.find((route) => route.name === name)?.entries[0]?.target;
	return {
		providers,
		routes,
		prices: pricesOf(deployments, targetOf),
		timeouts: timeoutsOf(deployments, targetOf),
		budgets: [...planBudgets(placed), ...keys.budgets],
		keys: [...master, ...keys.keys],
		settings: planSettings({ config, targetOfName, notes }),
		notes: [...notes.all(), ...keyNotes.all()],
	};
}

interface KeyContext {
	readonly deployments: readonly Deployment[];
	readonly isKnown: (name: string) => boolean;
	readonly notes: Notes;
}

function keysOf({ keys, now }: PlanInput, { deployments, isKnown, notes }: KeyContext): KeysPlan {
	if (keys === undefined) return { keys: [], budgets: [] };
	const accessGroups = new Map<string, readonly string[]>();
	for (const { name, accessGroups: groups } of deployments) {
		for (const group of groups) {
			accessGroups.set(group, [...new Set([...(accessGroups.get(group) ?? []), name])]);
		}
	}
	return planKeys(keys, { accessGroups, isKnown, now, notes });
}

function masterKeyOf(
	config: Fields,
	{
		variables,
		notes,
	}: { readonly variables: (name: string) => string | undefined; readonly notes: Notes },
): readonly PlannedKey[] {
	const { fields } = resolveVariables(fieldsOf(config["general_settings"]), variables);
	const token = textOf(fields["master_key"]);
	if (token === undefined) return [];
	const path = ["general_settings", "master_key"];
	const key = knownKey("LiteLLM master key", token);
	if (key === undefined) {
		notes.left(path, "it has fewer than 24 characters and could be guessed; it is not kept.");
		return [];
	}
	notes.changed(path, "kept as a key for applications; it opens neither console nor admin API.");
	return [key];
}

function withoutMasterKey(config: ConfigFile): ConfigFile {
	const { master_key: _kept, ...general } = fieldsOf(config.value["general_settings"]);
	return { ...config, value: { ...config.value, general_settings: general } };
}

function pricesOf(
	deployments: readonly Deployment[],
	targetOf: (deployment: Deployment) => string,
): readonly PlannedPrice[] {
	const byTarget = new Map<string, PlannedPrice>();
	for (const deployment of deployments) {
		const { price, priceNote: note, address } = deployment;
		const target = targetOf(deployment);
		if (price === undefined || address.model.includes("*") || byTarget.has(target)) continue;
		const provider = target.slice(0, target.indexOf("/"));
		byTarget.set(target, { provider, model: address.model, price, note });
	}
	return [...byTarget.values()];
}

function timeoutsOf(
	deployments: readonly Deployment[],
	targetOf: (deployment: Deployment) => string,
): readonly PlannedTimeouts[] {
	const byTarget = new Map<string, PlannedTimeouts>();
	for (const deployment of deployments) {
		const target = targetOf(deployment);
		const { timeout } = deployment.params;
		const totalMs = millisecondsOf(timeout, { min: 1000, max: 7_200_000 });
		const firstByteMs = millisecondsOf(timeout, { min: 1000, max: 1_800_000 });
		if (totalMs === undefined || firstByteMs === undefined || target.includes("*")) continue;
		if (!byTarget.has(target)) byTarget.set(target, { target, timeouts: { totalMs, firstByteMs } });
	}
	return [...byTarget.values()];
}
