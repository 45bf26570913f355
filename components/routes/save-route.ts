"use client";

import type { QueryClient } from "@tanstack/react-query";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../../lib/client/call.ts";
import type { Route, RouteInput } from "../../lib/contracts/routes.ts";
import { createRoute, updateRoute } from "../../lib/contracts/routes.ts";

/** Everything that shows names or targets of routes. */
export async function refreshRouting(queries: QueryClient): Promise<void> {
	void queries.invalidateQueries({ queryKey: ["models"] });
	void queries.invalidateQueries({ queryKey: ["endpoints"] });
	await queries.invalidateQueries({ queryKey: ["routes"] });
}

/** Adds a route, or replaces the stored one. */
export function useSaveRoute(stored: Route | undefined, onSaved: (saved: Route) => void) {
	const queries = useQueryClient();
	return useMutation({
		mutationFn: (body: RouteInput) =>
			stored === undefined
				? call(createRoute, { body })
				: call(updateRoute, { params: { id: stored.id }, body }),
		onSuccess: async (saved) => {
			await refreshRouting(queries);
			onSaved(saved);
		},
	});
}
