import type { Settings } from "../../../proxy-core/contract/settings.ts";
import type { Log } from "../../../proxy-core/ports.ts";
import type { PriceCatalogue } from "../../../proxy-core/pricing/price-catalogue.ts";
import type { Connector } from "../../../proxy-core/providers/define-provider.ts";
import { connectProvider, findProvider } from "../../../proxy-core/providers/registry.ts";
import type { Target } from "../../../proxy-core/snapshot.ts";
import { join } from "../providers/provider-kind-catalogue.ts";
import type { UpstreamRow } from "../repositories/upstreams.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import { openSettings } from "./upstream-secrets.ts";

/** A provider that could not be put in force; the others are. */
export interface ConfigurationProblem {
	/** `upstream:<id>`, `target:<id>`, `route:<name>`, `price:<provider or kind>/<model>` or `settings:<version>`. */
	readonly place: string;
	readonly message: string;
}

export interface Targets {
	readonly targets: ReadonlyMap<string, Target>;
	readonly targetsByModel: ReadonlyMap<string, readonly Target[]>;
	readonly problems: readonly ConfigurationProblem[];
}

export interface TargetBuilder {
	readonly build: (
		upstreams: readonly UpstreamRow[],
		settings: Settings,
		prices: PriceCatalogue,
	) => Targets;
}

interface BuilderOptions {
	readonly secretBox: SecretBox;
	readonly log: Log;
}

/** Keeps the connectors of providers that did not change: some count what they did. */
export function createTargetBuilder({ secretBox, log }: BuilderOptions): TargetBuilder {
	let kept = new Map<string, { readonly mark: string; readonly connector: Connector }>();

	const connect = (row: UpstreamRow): Connector => {
		const provider = findProvider(row.kind);
		if (provider === undefined) throw new Error(`There is no kind of provider "${row.kind}".`);
		return connectProvider(provider, join(openSettings(secretBox, row)));
	};
	return {
		build: (upstreams, settings, prices) => {
			const used: typeof kept = new Map();
			const problems: ConfigurationProblem[] = [];
			const all: Target[] = [];
			for (const row of upstreams.filter((upstream) => upstream.isEnabled)) {
				const mark = JSON.stringify([row.kind, row.settings, hexOf(row.secrets)]);
				const known = kept.get(row.id);
				try {
					const connector = known?.mark === mark ? known.connector : connect(row);
					used.set(row.id, { mark, connector });
					all.push(...targetsOf(row, { connector, prices, timeouts: settings.timeouts }));
				} catch (error) {
					const message = error instanceof Error ? error.message : String(error);
					problems.push({ place: `upstream:${row.id}`, message });
					log.error("A provider cannot be used.", { provider: row.id, error });
				}
			}
			kept = used;
			return { ...index(all), problems };
		},
	};
}

interface Facts {
	readonly connector: Connector;
	readonly prices: PriceCatalogue;
	readonly timeouts: Settings["timeouts"];
}

function targetsOf(row: UpstreamRow, { connector, prices, timeouts }: Facts): Target[] {
	return [...new Set(row.models)].map((model) => {
		const listing = prices.find(row.kind, model, row.id);
		return {
			id: `${row.id}/${model}`,
			providerId: row.id,
			providerTitle: row.title,
			model,
			connector,
			kind: row.kind,
			price: listing?.price,
			traits: listing?.traits,
			priority: 0,
			timeouts,
			createdAtSeconds: Math.floor(row.createdAt.getTime() / 1000),
		};
	});
}

/** Real providers come before the simulator for a bare name, then the older before the younger. */
function index(all: readonly Target[]): Pick<Targets, "targets" | "targetsByModel"> {
	const isLocal = (target: Target) => target.connector.answerLocally !== undefined;
	const ordered = [...all.filter((target) => !isLocal(target)), ...all.filter(isLocal)];
	return {
		targets: new Map(ordered.map((target) => [target.id, target])),
		targetsByModel: Map.groupBy(ordered, (target) => target.model),
	};
}

function hexOf(bytes: Uint8Array | null): string | null {
	return bytes === null ? null : Buffer.from(bytes).toString("hex");
}
