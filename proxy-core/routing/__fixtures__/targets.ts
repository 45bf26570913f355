import { defaultSettings } from "../../contract/settings.ts";
import { compileFirewall } from "../../firewall/compile-firewall.ts";
import type { Connector } from "../../providers/define-provider.ts";
import { indexQuotas } from "../../quotas/quota-index.ts";
import type { Snapshot, Target } from "../../snapshot.ts";
import type { Route } from "../route.ts";
import { bySpecificity } from "../wildcard.ts";

/** Routing never looks into a connector; only which one it is counts. */
const connector = { baseUrl: "http://upstream.test" } as Connector;

/** A target by its name, `provider/model`. */
export function target(id: string, overrides: Partial<Target> = {}): Target {
	const slash = id.indexOf("/");
	return {
		id,
		providerId: id.slice(0, slash),
		providerTitle: id.slice(0, slash),
		kind: "openai-compatible",
		model: id.slice(slash + 1),
		connector,
		price: undefined,
		traits: undefined,
		priority: 0,
		timeouts: defaultSettings.timeouts,
		createdAtSeconds: 1,
		...overrides,
	};
}

/** A route by its name and what its entries name. */
export function route(
	name: string,
	entries: readonly string[],
	overrides: Partial<Route> = {},
): Route {
	return {
		name,
		strategy: "priority",
		costWeight: 1,
		isSticky: false,
		retries: 0,
		entries: entries.map((entry) => ({ target: entry, weight: 1 })),
		...overrides,
		fallbacks: { error: [], "context-window": [], "content-policy": [], ...overrides.fallbacks },
	};
}

export function snapshot(
	targets: readonly Target[],
	routes: readonly Route[] = [],
	overrides: Partial<Snapshot> = {},
): Snapshot {
	const isPattern = ({ name }: Route) => name.includes("*");
	return {
		version: 1,
		settings: defaultSettings,
		keys: new Map(),
		targets: new Map(targets.map((entry) => [entry.id, entry])),
		targetsByModel: Map.groupBy(targets, ({ model }) => model),
		routes: new Map(
			routes.filter((entry) => !isPattern(entry)).map((entry) => [entry.name, entry]),
		),
		wildcards: routes.filter(isPattern).toSorted(bySpecificity),
		quotas: indexQuotas([]),
		firewall: compileFirewall(defaultSettings.firewall),
		guards: [],
		plugins: [],
		priceVersion: "test",
		...overrides,
	};
}
