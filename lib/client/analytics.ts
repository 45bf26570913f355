import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import type * as z from "zod";
import type { analyticsQuestion } from "../contracts/analytics.ts";
import { exportAnalytics, getAnalytics } from "../contracts/analytics.ts";
import { addressOf, call } from "./call.ts";
import { fromCursor, inPages } from "./pages.ts";

export type AnalyticsQuestion = z.input<typeof analyticsQuestion>;

/** The first page carries the totals and the chart; all of them carry rows of the table. */
export const analyticsQuery = (question: AnalyticsQuestion) =>
	infiniteQueryOptions({
		queryKey: ["analytics", question],
		queryFn: ({ pageParam, signal }) =>
			call(getAnalytics, {
				query: { ...question, ...fromCursor(pageParam) },
				signal,
			}),
		...inPages,
		placeholderData: keepPreviousData,
		staleTime: 15_000,
		// Charts of hours and days need not follow every request.
		refetchInterval: 30_000,
	});

/** Where the browser gets the same as a file. */
export function exportAddress(question: AnalyticsQuestion, format: "csv" | "json"): string {
	return addressOf(exportAnalytics.path, undefined, { ...question, format });
}
