import { isDeepStrictEqual } from "node:util";
import type { PriceCatalogue } from "../../../proxy-core/pricing/price-catalogue.ts";
import { findProvider } from "../../../proxy-core/providers/registry.ts";
import { captureOf } from "../../../proxy-core/routing/wildcard.ts";
import type { Connection } from "./connection.ts";
import type { Deployment } from "./deployments.ts";
import type { ExistingProvider, PlannedProvider } from "./import-plan.ts";
import type { Notes } from "./notes.ts";

/** A provider's list of models is no longer than this. */
const modelsMax = 1000;

export interface ReservedProvider {
	readonly id: string;
	readonly kind: string;
	/** As the provider's schema gives them back; undefined: for nobody else, whatever the settings. */
	readonly settings: unknown;
}

export interface ProvidersInput {
	readonly deployments: readonly Deployment[];
	readonly existing: readonly ExistingProvider[];
	/** Providers that the environment makes at the next start; their ids are free for the same provider only. */
	readonly reserved: readonly ReservedProvider[];
	readonly catalogue: Pick<PriceCatalogue, "list">;
	readonly notes: Notes;
}

export interface ProvidersPlan {
	readonly providers: readonly PlannedProvider[];
	/** The target of a deployment, `provider/model`. */
	readonly targetOf: (deployment: Deployment) => string;
}

/** One provider for each way to reach an upstream; those that are there already are used again. */
export function planProviders(input: ProvidersInput): ProvidersPlan {
	const { deployments, existing } = input;
	const groups = groupByConnection(deployments);
	const ids = assignIds(
		groups.map(([first]) => first.connection),
		input,
	);
	const providers = groups.map((group, index): PlannedProvider => {
		const { kind, settings } = group[0].connection;
		const id = ids[index] ?? kind;
		const stored = existing.find((provider) => provider.id === id);
		const isOurs = stored === undefined || stored.origin === "import";
		const wanted = [...new Set(group.flatMap((deployment) => modelsOf(deployment, input)))];
		const models = [...new Set([...(isOurs ? [] : stored.models), ...wanted])];
		if (models.length > modelsMax) {
			input.notes.changed(group[0].path, `${id}: only the first ${modelsMax} models are listed.`);
		}
		const action = stored === undefined ? "create" : isOurs ? "update" : "use";
		return {
			id,
			kind,
			settings,
			action,
			title: titleOf(kind, id),
			models: models.slice(0, modelsMax),
		};
	});
	const idOf = new Map(groups.flatMap((group, index) => group.map((one) => [one, ids[index]])));
	return {
		providers,
		targetOf: (deployment) => `${idOf.get(deployment)}/${deployment.address.model}`,
	};
}

type Group = [Deployment, ...Deployment[]];

function groupByConnection(deployments: readonly Deployment[]): readonly Group[] {
	const groups: Group[] = [];
	for (const deployment of deployments) {
		const group = groups.find(([first]) => isSame(first.connection, deployment.connection));
		if (group === undefined) groups.push([deployment]);
		else group.push(deployment);
	}
	return groups;
}

function isSame(
	a: Pick<Connection, "kind" | "settings">,
	b: { readonly kind: string; readonly settings: unknown },
): boolean {
	return a.kind === b.kind && isDeepStrictEqual(a.settings, b.settings);
}

/** A provider with the same settings keeps its name; the others get the first that is free or ours. */
function assignIds(
	connections: readonly Connection[],
	{ existing, reserved }: ProvidersInput,
): readonly string[] {
	const taken = new Set<string>();
	const equals = connections.map((connection) => {
		const same = existing.find((one) => !taken.has(one.id) && isSame(connection, one));
		if (same !== undefined) taken.add(same.id);
		return same?.id;
	});
	return connections.map((connection, index) => {
		const { kind, slug } = connection;
		const equal = equals[index];
		if (equal !== undefined) return equal;
		const isFree = (wanted: string) => {
			const stored = existing.find((one) => one.id === wanted);
			if (taken.has(wanted)) return false;
			if (stored !== undefined) return stored.origin === "import" && stored.kind === kind;
			const reservation = reserved.find((one) => one.id === wanted);
			return reservation === undefined || isSame(connection, reservation);
		};
		let id = slug;
		for (let number = 2; !isFree(id); number += 1) id = `${slug}-${number}`;
		taken.add(id);
		return id;
	});
}

/** What a `*` stands for must be listed, because targets are made of the list. */
function modelsOf(
	{ address, path, name }: Deployment,
	{ catalogue, notes }: ProvidersInput,
): readonly string[] {
	if (!address.model.includes("*")) return [address.model];
	const known = catalogue
		.list()
		.filter(({ kind, model }) => kind === address.kind && captureOf(address.model, model))
		.map(({ model }) => model);
	notes.changed(
		path,
		known.length === 0
			? `${name}: models are not guessed; add those you use to the provider in the console.`
			: `${name}: the ${known.length} models that the catalogue knows are listed; add others to the provider in the console.`,
	);
	return known;
}

function titleOf(kind: string, id: string): string {
	const title = findProvider(kind)?.title ?? kind;
	return id === kind ? title : `${title} (${id})`.slice(0, 80);
}
