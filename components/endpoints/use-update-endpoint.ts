"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type * as z from "zod";
import { call } from "../../lib/client/call.ts";
import type { TargetEndpoint } from "../../lib/contracts/endpoints.ts";
import { updateEndpoint } from "../../lib/contracts/endpoints.ts";

export type EndpointChange = z.input<typeof updateEndpoint.body>;

/** Changes a target and everything that shows where requests may go. */
export function useUpdateEndpoint(id: string, onSaved: (saved: TargetEndpoint) => void) {
	const queries = useQueryClient();
	return useMutation({
		mutationFn: (body: EndpointChange) => call(updateEndpoint, { params: { id }, body }),
		onSuccess: async (saved) => {
			void queries.invalidateQueries({ queryKey: ["routes"] });
			void queries.invalidateQueries({ queryKey: ["models"] });
			await queries.invalidateQueries({ queryKey: ["endpoints"] });
			onSaved(saved);
		},
	});
}
