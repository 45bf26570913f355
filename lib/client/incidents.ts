import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type * as z from "zod";
import {
	exportIncident,
	getIncident,
	listAssignees,
	listIncidents,
} from "../contracts/incidents.ts";
import { addressOf, call } from "./call.ts";
import { fromCursor, inPages } from "./pages.ts";

export type IncidentQuestion = Omit<z.input<typeof listIncidents.query>, "cursor" | "limit">;

export const incidentsQuery = (question: IncidentQuestion) =>
	infiniteQueryOptions({
		queryKey: ["incidents", "list", question],
		queryFn: ({ pageParam, signal }) =>
			call(listIncidents, {
				query: { ...question, ...fromCursor(pageParam) },
				signal,
			}),
		...inPages,
		placeholderData: keepPreviousData,
		staleTime: 3000,
	});

export const incidentQuery = (id: string) =>
	queryOptions({
		queryKey: ["incidents", "one", id],
		queryFn: ({ signal }) => call(getIncident, { params: { id }, signal }),
		placeholderData: keepPreviousData,
	});

export const assigneesQuery = () =>
	queryOptions({
		queryKey: ["assignees"],
		queryFn: ({ signal }) => call(listAssignees, { signal }),
		staleTime: 60_000,
	});

/** Where the browser gets one incident as a file. */
export function exportIncidentAddress(id: string): string {
	return addressOf(exportIncident.path, { id }, undefined);
}
