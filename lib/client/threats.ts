import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type * as z from "zod";
import type { ActorKind } from "../../proxy-core/contract/threat-settings.ts";
import type { ThreatGroup, ThreatSeries, threatQuestion } from "../contracts/threats.ts";
import {
	exportThreats,
	getAttackers,
	getStageLatency,
	getThreat,
	getThreatBreakdown,
	getThreatSummary,
	listThreats,
} from "../contracts/threats.ts";
import { addressOf, call } from "./call.ts";
import { fromCursor, inPages } from "./pages.ts";
import type { RangeChoice } from "./use-time-range.ts";

export type ThreatQuestion = z.input<typeof threatQuestion>;

/** Charts and rankings follow live events, at most once in a few seconds. */
const shared = { placeholderData: keepPreviousData, staleTime: 3000 } as const;

export const threatSummaryQuery = (question: ThreatQuestion, by: ThreatSeries) =>
	queryOptions({
		queryKey: ["threats", "summary", question, by],
		queryFn: ({ signal }) => call(getThreatSummary, { query: { ...question, by }, signal }),
		...shared,
	});

export const attackersQuery = (question: ThreatQuestion, kind: ActorKind) =>
	queryOptions({
		queryKey: ["threats", "attackers", question, kind],
		queryFn: ({ signal }) => call(getAttackers, { query: { ...question, kind }, signal }),
		...shared,
	});

export const threatBreakdownQuery = (question: ThreatQuestion, by: ThreatGroup) =>
	queryOptions({
		queryKey: ["threats", "breakdown", question, by],
		queryFn: ({ signal }) =>
			call(getThreatBreakdown, { query: { ...question, by, limit: 8 }, signal }),
		...shared,
	});

export const stageLatencyQuery = (choice: RangeChoice) =>
	queryOptions({
		queryKey: ["stage-latency", choice],
		queryFn: ({ signal }) => call(getStageLatency, { query: choice, signal }),
		placeholderData: keepPreviousData,
		staleTime: 15_000,
		refetchInterval: 30_000,
	});

export const threatsQuery = (question: ThreatQuestion) =>
	infiniteQueryOptions({
		queryKey: ["threats", "list", question],
		queryFn: ({ pageParam, signal }) =>
			call(listThreats, {
				query: { ...question, ...fromCursor(pageParam) },
				signal,
			}),
		...inPages,
		...shared,
	});

/** The newest events, for the feed. */
export const newestThreatsQuery = (question: ThreatQuestion, limit: number) =>
	queryOptions({
		queryKey: ["threats", "newest", question, limit],
		queryFn: ({ signal }) => call(listThreats, { query: { ...question, limit }, signal }),
		placeholderData: keepPreviousData,
		staleTime: 0,
	});

export const threatQuery = (id: string) =>
	queryOptions({
		queryKey: ["threat", id],
		queryFn: ({ signal }) => call(getThreat, { params: { id }, signal }),
	});

/** Where the browser gets the events as a file. */
export function exportThreatsAddress(question: ThreatQuestion, format: "csv" | "json"): string {
	return addressOf(exportThreats.path, undefined, { ...question, format });
}
