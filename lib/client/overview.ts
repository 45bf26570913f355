import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { getOverview } from "../contracts/overview.ts";
import { call } from "./call.ts";
import type { RangeChoice } from "./use-time-range.ts";

export const overviewQuery = (choice: RangeChoice) =>
	queryOptions({
		queryKey: ["overview", choice],
		queryFn: ({ signal }) => call(getOverview, { query: choice, signal }),
		placeholderData: keepPreviousData,
		staleTime: 5000,
	});
