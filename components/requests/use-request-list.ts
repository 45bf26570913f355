"use client";

import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../lib/client/call.ts";
import type { RequestFilters } from "../../lib/client/requests.ts";
import { requestsQuery } from "../../lib/client/requests.ts";
import type { RequestSummary } from "../../lib/contracts/requests.ts";
import { listRequests } from "../../lib/contracts/requests.ts";
import type { GateQuery } from "../ui/data-gate.tsx";
import type { NewRequests } from "./new-requests.ts";
import { countNew } from "./new-requests.ts";

export interface RequestList {
	readonly query: GateQuery<readonly RequestSummary[]>;
	readonly paging: {
		readonly hasMore: boolean;
		readonly isLoading: boolean;
		readonly loadMore: () => void;
	};
	/** The rows still belong to other filters; those asked for are on their way. */
	readonly isOutdated: boolean;
	/** True while rows stay where they are, because somebody reads further down. */
	readonly isHeld: boolean;
	/** What came since; zero unless held. */
	readonly fresh: NewRequests;
	readonly showFresh: () => void;
}

/** A new key of the family "requests", so that live events keep it fresh too. */
const newestQuery = (filters: RequestFilters) => ({
	queryKey: ["requests", "newest", filters],
	queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
		call(listRequests, { query: filters, signal }),
});

/**
 * Requests with what happens now at the top. While `isAway`, and once older pages were loaded, the rows
 * stand still and only a count tells of new ones.
 */
export function useRequestList(filters: RequestFilters, isAway: boolean): RequestList {
	const queries = useQueryClient();
	const options = requestsQuery(filters);
	const filterId = JSON.stringify(filters);
	const [pagedFor, setPagedFor] = useState<string | undefined>(undefined);
	const isLoaded = queries.getQueryData(options.queryKey) !== undefined;
	const isHeld = isLoaded && (isAway || pagedFor === filterId);
	// A query that is switched off keeps its rows and is not fetched again when it gets stale.
	const list = useInfiniteQuery({ ...options, enabled: !isHeld });
	const newest = useQuery({ ...newestQuery(filters), enabled: isHeld });
	const rows = list.data?.pages.flatMap((page) => page.items);
	return {
		query: { data: rows, error: list.error, isPending: list.isPending, refetch: list.refetch },
		paging: {
			hasMore: list.hasNextPage,
			isLoading: list.isFetchingNextPage,
			loadMore: () => {
				setPagedFor(filterId);
				void list.fetchNextPage();
			},
		},
		isOutdated: list.isPlaceholderData,
		isHeld,
		fresh: countNew(isHeld ? newest.data : undefined, rows ?? []),
		showFresh: () => {
			const page = newest.data;
			if (page === undefined) return;
			queries.setQueryData(options.queryKey, { pages: [page], pageParams: [null] });
			setPagedFor(undefined);
		},
	};
}
