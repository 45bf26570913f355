"use client";

import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { TargetEndpoint } from "../../lib/contracts/endpoints.ts";
import { Button } from "../ui/button.tsx";
import { UrlChoice, UrlSearch } from "../ui/url-filters.tsx";
import type { EndpointFilter } from "./endpoint-filters.ts";
import { countByHealth } from "./endpoint-filters.ts";
import { healthStates } from "./endpoint-health.ts";
import { healthLooks } from "./health-badge.tsx";

export const noFilter = { search: null, provider: null, health: null };

/** The filters as they stand in the address. */
export function useEndpointFilter(): EndpointFilter {
	const [params] = useUrlState();
	return {
		search: params.get("search") ?? "",
		provider: params.get("provider") ?? undefined,
		health: healthStates.find((state) => state === params.get("health")),
	};
}

export function EndpointsToolbar({ endpoints }: { readonly endpoints: readonly TargetEndpoint[] }) {
	const [, change] = useUrlState();
	const filter = useEndpointFilter();
	const providers = new Map(
		endpoints.map(({ provider, providerTitle }) => [provider, providerTitle]),
	);
	const counts = countByHealth(endpoints);
	return (
		<>
			<UrlSearch label="Search endpoints" placeholder="Model, provider or route" />
			<UrlChoice
				name="provider"
				label="Provider"
				any="Any provider"
				options={[...providers].map(([value, label]) => ({ value, label }))}
			/>
			{healthStates.map((state) => {
				const count = counts.get(state) ?? 0;
				const isChosen = filter.health === state;
				if (count === 0 && !isChosen) return undefined;
				const { word, icon: Icon } = healthLooks[state];
				return (
					<Button
						key={state}
						size="small"
						aria-pressed={isChosen}
						variant={isChosen ? "primary" : "secondary"}
						onClick={() => change({ health: isChosen ? null : state })}
					>
						<Icon aria-hidden="true" />
						{count} {word.toLowerCase()}
					</Button>
				);
			})}
		</>
	);
}
