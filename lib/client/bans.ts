import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type * as z from "zod";
import { getAllowList, listBans, listThreatActions, listWatched } from "../contracts/bans.ts";
import { call } from "./call.ts";
import { fromCursor, inPages } from "./pages.ts";

export type BanFilters = Pick<z.input<typeof listBans.query>, "show" | "kind" | "search">;
export type WatchFilters = Pick<z.input<typeof listWatched.query>, "kind">;
export type ActionFilters = Pick<z.input<typeof listThreatActions.query>, "kind" | "value">;

export const bansQuery = (filters: BanFilters) =>
	infiniteQueryOptions({
		queryKey: ["bans", "list", filters],
		queryFn: ({ pageParam, signal }) =>
			call(listBans, {
				query: { ...filters, ...fromCursor(pageParam) },
				signal,
			}),
		...inPages,
		placeholderData: keepPreviousData,
		staleTime: 5000,
	});

/** Scores fade by themselves, so they are asked for again and again. */
export const watchedQuery = (filters: WatchFilters) =>
	queryOptions({
		queryKey: ["bans", "watched", filters],
		queryFn: ({ signal }) => call(listWatched, { query: filters, signal }),
		placeholderData: keepPreviousData,
		refetchInterval: 10_000,
	});

export const threatActionsQuery = (filters: ActionFilters) =>
	infiniteQueryOptions({
		queryKey: ["bans", "history", filters],
		queryFn: ({ pageParam, signal }) =>
			call(listThreatActions, {
				query: { ...filters, limit: 50, ...fromCursor(pageParam) },
				signal,
			}),
		...inPages,
		staleTime: 5000,
	});

export const allowListQuery = () =>
	queryOptions({
		queryKey: ["bans", "allow-list"],
		queryFn: ({ signal }) => call(getAllowList, { signal }),
		staleTime: 5000,
	});
