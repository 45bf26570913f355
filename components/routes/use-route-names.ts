"use client";

import { useQuery } from "@tanstack/react-query";
import { modelsQuery } from "../../lib/client/models.ts";
import { routesQuery } from "../../lib/client/routes.ts";

export interface NameGroup {
	readonly heading: string;
	readonly names: readonly { readonly name: string; readonly note?: string }[];
}

/** What can be asked for by name: targets, models by their bare name, and routes without patterns. */
export function useRouteNames(): {
	readonly targets: NameGroup;
	readonly models: NameGroup;
	readonly routes: NameGroup;
} {
	const offered = useQuery(modelsQuery()).data?.items ?? [];
	const routes = useQuery(routesQuery()).data?.items ?? [];
	const providers = Map.groupBy(offered, ({ model }) => model);
	return {
		targets: { heading: "Targets", names: offered.map(({ id }) => ({ name: id })) },
		models: {
			heading: "Models, at every provider that has them",
			names: [...providers]
				.filter(([, places]) => places.length > 1)
				.map(([name, places]) => ({ name, note: `${places.length} providers` })),
		},
		routes: {
			heading: "Routes",
			names: routes.filter(({ name }) => !name.includes("*")).map(({ name }) => ({ name })),
		},
	};
}
