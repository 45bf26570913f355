import { queryOptions } from "@tanstack/react-query";
import { listProviderKinds, listProviders, scanProviders } from "../contracts/providers.ts";
import { call } from "./call.ts";

export const providersQuery = () =>
	queryOptions({
		queryKey: ["providers"],
		queryFn: ({ signal }) => call(listProviders, { signal }),
		staleTime: 15_000,
	});

/** Changes with a new version of the program only. */
export const providerKindsQuery = () =>
	queryOptions({
		queryKey: ["provider-kinds"],
		queryFn: ({ signal }) => call(listProviderKinds, { signal }),
		staleTime: Number.POSITIVE_INFINITY,
	});

/** Looks anew each time it is opened; servers come and go. */
export const providerScanQuery = () =>
	queryOptions({
		queryKey: ["provider-scan"],
		queryFn: ({ signal }) => call(scanProviders, { signal }),
		staleTime: 0,
		gcTime: 0,
		refetchOnWindowFocus: false,
		retry: false,
	});
