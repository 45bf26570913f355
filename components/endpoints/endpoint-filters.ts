import type { TargetEndpoint } from "../../lib/contracts/endpoints.ts";
import type { HealthState } from "./endpoint-health.ts";
import { healthOf } from "./endpoint-health.ts";

export interface EndpointFilter {
	/** Words that stand in the target's name, its provider's or a route's. */
	readonly search: string;
	readonly provider: string | undefined;
	readonly health: HealthState | undefined;
}

export function filterEndpoints(
	endpoints: readonly TargetEndpoint[],
	{ search, provider, health }: EndpointFilter,
): readonly TargetEndpoint[] {
	const words = search.toLowerCase().split(/\s+/).filter(Boolean);
	return endpoints.filter((endpoint) => {
		if (provider !== undefined && endpoint.provider !== provider) return false;
		if (health !== undefined && healthOf(endpoint).state !== health) return false;
		const { target, providerTitle, routes } = endpoint;
		const text = `${target} ${providerTitle} ${routes.join(" ")}`.toLowerCase();
		return words.every((word) => text.includes(word));
	});
}

/** How many targets there are in each state; states without any are left out. */
export function countByHealth(
	endpoints: readonly TargetEndpoint[],
): ReadonlyMap<HealthState, number> {
	const counts = new Map<HealthState, number>();
	for (const endpoint of endpoints) {
		const { state } = healthOf(endpoint);
		counts.set(state, (counts.get(state) ?? 0) + 1);
	}
	return counts;
}
