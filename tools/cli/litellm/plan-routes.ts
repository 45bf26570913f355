import type { RouteInput } from "../../../lib/contracts/routes.ts";
import { routeInput } from "../../../lib/contracts/routes.ts";
import type { StrategyId } from "../../../proxy-core/contract/routing.ts";
import { captureOf } from "../../../proxy-core/routing/wildcard.ts";
import type { ConfigFile, Path } from "./config-file.ts";
import type { Deployment } from "./deployments.ts";
import { weightFields } from "./deployments.ts";
import { readFallbacks } from "./fallbacks.ts";
import type { Notes } from "./notes.ts";
import { fieldsOf, numberOf, textOf } from "./values.ts";

/** How routes that the import made are told from those that people made. */
export const routeMark = "Imported from LiteLLM.";

export interface RoutesInput {
	readonly config: ConfigFile;
	readonly deployments: readonly Deployment[];
	readonly targetOf: (deployment: Deployment) => string;
	readonly notes: Notes;
}

type Entry = { target: string; weight: number };
type Draft = Omit<RouteInput, "fallbacks">;
/** An alias has the fallbacks of what it stands for. */
type Named = { readonly draft: Draft; readonly model: string };

const strategies: Readonly<Record<string, readonly [StrategyId, difference?: string]>> = {
	"simple-shuffle": ["weighted"],
	"least-busy": ["least-busy"],
	"latency-based-routing": ["latency"],
	"cost-based-routing": ["cost"],
	"usage-based-routing": [
		"least-busy",
		"the least used by tokens is not known; the least busy is taken",
	],
	"usage-based-routing-v2": [
		"least-busy",
		"the least used by tokens is not known; the least busy is taken",
	],
};

/** One route for every `model_name` and every alias. */
export function planRoutes(input: RoutesInput): readonly RouteInput[] {
	const { config, deployments, notes } = input;
	const strategy = readStrategy(config, notes);
	const groups = Map.groupBy(deployments, ({ name }) => name);
	const drafts = [...groups].flatMap(([name, group]) => {
		const draft = draftRoute(name, group, { ...input, strategy });
		return draft === undefined ? [] : [draft];
	});
	const own = drafts.map((draft) => ({ draft, model: draft.name }));
	const all = [...own, ...aliases(drafts, input)];
	const names = new Set(all.map(({ draft }) => draft.name));
	const isKnown = (name: string) =>
		names.has(name) || [...names].some((pattern) => captureOf(pattern, name) !== undefined);
	const fallbacks = readFallbacks(config, { isKnown, notes });
	return all.flatMap(({ draft, model }) => {
		const route = routeInput.safeParse({ ...draft, fallbacks: fallbacks(model) });
		if (route.success) return [route.data];
		const path = groups.get(draft.name)?.[0]?.path ?? ["router_settings", "model_group_alias"];
		const [issue] = route.error.issues;
		notes.left(path, `${draft.name}: ${issue?.path.join(".")}: ${issue?.message}`);
		return [];
	});
}

function readStrategy(config: ConfigFile, notes: Notes): StrategyId {
	const path: Path = ["router_settings", "routing_strategy"];
	const name = textOf(fieldsOf(config.value["router_settings"])["routing_strategy"]);
	if (name === undefined) return "weighted";
	const [strategy, difference] = strategies[name] ?? [];
	if (strategy === undefined) {
		notes.left(path, `${name} is no strategy here; targets are chosen by weight.`);
		return "weighted";
	}
	if (difference !== undefined) notes.changed(path, `${name}: ${difference}.`);
	return strategy;
}

function draftRoute(
	name: string,
	group: readonly Deployment[],
	{ targetOf, notes, strategy }: RoutesInput & { readonly strategy: StrategyId },
): Draft | undefined {
	const [first] = group;
	if (first === undefined) return undefined;
	const isOrdered = group.some(({ params }) => numberOf(params["order"]) !== undefined);
	const orderOf = ({ params }: Deployment) => numberOf(params["order"]) ?? Number.MAX_SAFE_INTEGER;
	const usable = group.filter((one) => {
		if (name.includes("*") || !one.address.model.includes("*")) return true;
		notes.left(one.path, `${name}: the model has a * and the name has none.`);
		return false;
	});
	if (usable.length === 0) return undefined;
	const ordered = isOrdered ? usable.toSorted((a, b) => orderOf(a) - orderOf(b)) : usable;
	if (isOrdered && strategy !== "weighted") {
		notes.changed(first.path, `${name}: order decides; the strategy does not choose among equals.`);
	}
	const weights = weightsOf(ordered, notes, isOrdered ? "priority" : strategy);
	const entries = new Map<string, Entry>();
	for (const [index, deployment] of ordered.entries()) {
		const target = targetOf(deployment);
		const weight = (entries.get(target)?.weight ?? 0) + (weights[index] ?? 1);
		entries.set(target, { target, weight: Math.min(1000, weight) });
	}
	return {
		name,
		description: routeMark,
		strategy: isOrdered ? "priority" : strategy,
		costWeight: 1,
		isSticky: false,
		retries: retriesOf(group),
		entries: [...entries.values()],
		isEnabled: true,
	};
}

/** Whole numbers up to 1000 in the proportion of the first field that is set anywhere. */
function weightsOf(
	group: readonly Deployment[],
	notes: Notes,
	strategy: StrategyId,
): readonly number[] {
	const fields = group.map(weightFields);
	const field = (["weight", "rpm", "tpm"] as const).find((name) =>
		fields.some((values) => values[name] !== undefined),
	);
	const isShare = field !== "weight" && group.length > 1 && strategy === "weighted";
	for (const [index, { rpm, tpm }] of fields.entries()) {
		const { path = [], name = "" } = group[index] ?? {};
		if (rpm === undefined && tpm === undefined) continue;
		notes.changed(
			path,
			`${name}: rpm and tpm are ${isShare ? "shares, not" : "not"} limits of a deployment here; a provider that answers 429 is passed over for a while.`,
		);
	}
	if (field === undefined) return group.map(() => 1);
	const given = fields.map((values) => Math.max(0, values[field] ?? 0));
	const largest = Math.max(...given);
	if (largest === 0) return group.map(() => 1);
	if (largest <= 1000 && given.every(Number.isInteger)) return given;
	return given.map((value) =>
		value === 0 ? 0 : Math.max(1, Math.round((value / largest) * 1000)),
	);
}

/** Only where all deployments of a name agree. */
function retriesOf(group: readonly Deployment[]): number | null {
	const all = new Set(
		group.map(({ params }) => numberOf(params["max_retries"]) ?? numberOf(params["num_retries"])),
	);
	const [retries] = all;
	if (all.size !== 1 || retries === undefined || retries < 0) return null;
	return Math.min(10, Math.round(retries));
}

function aliases(drafts: readonly Draft[], { config, notes }: RoutesInput): readonly Named[] {
	const path: Path = ["router_settings", "model_group_alias"];
	const given = fieldsOf(fieldsOf(config.value["router_settings"])["model_group_alias"]);
	const byName = new Map(drafts.map((draft) => [draft.name, draft]));
	return Object.entries(given).flatMap(([alias, value]) => {
		const name = textOf(value) ?? textOf(fieldsOf(value)["model"]);
		const draft = byName.get(name ?? "");
		if (draft === undefined) {
			notes.left([...path, alias], `There is no model ${name ?? "?"} for the alias ${alias}.`);
			return [];
		}
		if (byName.has(alias)) {
			notes.left([...path, alias], `The alias ${alias} is a model_name too; that one counts.`);
			return [];
		}
		if (fieldsOf(value)["hidden"] === true) {
			notes.changed([...path, alias], `${alias} is not hidden from the list of models.`);
		}
		return [{ draft: { ...draft, name: alias }, model: draft.name }];
	});
}
