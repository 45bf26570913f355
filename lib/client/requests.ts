import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type * as z from "zod";
import type { requestFilters } from "../contracts/requests.ts";
import { getRequest, listRequests } from "../contracts/requests.ts";
import { call } from "./call.ts";
import { fromCursor, inPages } from "./pages.ts";

export type RequestFilters = z.input<typeof requestFilters>;

export const requestsQuery = (filters: RequestFilters) =>
	infiniteQueryOptions({
		queryKey: ["requests", "list", filters],
		queryFn: ({ pageParam, signal }) =>
			call(listRequests, {
				query: { ...filters, ...fromCursor(pageParam) },
				signal,
			}),
		...inPages,
		placeholderData: keepPreviousData,
		staleTime: 5000,
	});

/** A settled request never changes. */
export const requestQuery = (id: string) =>
	queryOptions({
		queryKey: ["request", id],
		queryFn: ({ signal }) => call(getRequest, { params: { id }, signal }),
		staleTime: Number.POSITIVE_INFINITY,
	});
