"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type * as z from "zod";
import { call } from "../../lib/client/call.ts";
import { changeAllowList } from "../../lib/contracts/bans.ts";
import { notifyDone, notifyFailed } from "../ui/toaster.tsx";

export type AllowChange = z.output<typeof changeAllowList.body>;

/** Puts an address or key on the allow-list, or takes it off. */
export function useAllowing(options: { readonly isQuiet?: boolean } = {}) {
	const queries = useQueryClient();
	return useMutation({
		mutationFn: (body: AllowChange) => call(changeAllowList, { body }),
		onSuccess: async (_list, { value, isAllowed }) => {
			await queries.invalidateQueries({ queryKey: ["bans"] });
			notifyDone(isAllowed ? "Put on the allow-list" : "Taken off the allow-list", value);
		},
		onError: (error) => {
			if (options.isQuiet !== true) notifyFailed("The allow-list was not changed", error);
		},
	});
}
