import { queryOptions } from "@tanstack/react-query";
import { guardHistory, listGuards } from "../contracts/guards.ts";
import { call } from "./call.ts";

/** Of the settings' family: whoever changes those may have changed guards. */
export const guardsQuery = () =>
	queryOptions({
		queryKey: ["settings", "guards"],
		queryFn: ({ signal }) => call(listGuards, { signal }),
		staleTime: 15_000,
		// Hits are counted all the time, and no event tells.
		refetchInterval: 60_000,
	});

export const guardHistoryQuery = (id: string) =>
	queryOptions({
		queryKey: ["settings", "guards", "history", id],
		queryFn: ({ signal }) => call(guardHistory, { params: { id }, signal }),
		staleTime: 5000,
	});
