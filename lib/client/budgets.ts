import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type * as z from "zod";
import { getBudget, getBudgetBurn, listBudgetChanges, listBudgets } from "../contracts/budgets.ts";
import { call } from "./call.ts";
import { fromCursor, inPages } from "./pages.ts";

export type BudgetFilters = Pick<
	z.input<typeof listBudgets.query>,
	"unit" | "scope" | "archived" | "limit"
>;

export const budgetsQuery = (filters: BudgetFilters) =>
	infiniteQueryOptions({
		queryKey: ["budgets", "list", filters],
		queryFn: ({ pageParam, signal }) =>
			call(listBudgets, {
				query: { ...filters, ...fromCursor(pageParam) },
				signal,
			}),
		...inPages,
		placeholderData: keepPreviousData,
		staleTime: 5000,
	});

export const budgetQuery = (id: string) =>
	queryOptions({
		queryKey: ["budgets", "one", id],
		queryFn: ({ signal }) => call(getBudget, { params: { id }, signal }),
		staleTime: 5000,
	});

/** `subject`: of a budget that counts each separately, which one; the fullest when left out. */
export const budgetBurnQuery = (id: string, subject: string | undefined) =>
	queryOptions({
		queryKey: ["budgets", "burn", id, subject ?? null],
		queryFn: ({ signal }) =>
			call(getBudgetBurn, {
				params: { id },
				query: subject === undefined ? {} : { subject },
				signal,
			}),
		placeholderData: keepPreviousData,
		staleTime: 5000,
	});

export const budgetChangesQuery = (id: string) =>
	infiniteQueryOptions({
		queryKey: ["budgets", "changes", id],
		queryFn: ({ pageParam, signal }) =>
			call(listBudgetChanges, {
				params: { id },
				query: { limit: 20, ...fromCursor(pageParam) },
				signal,
			}),
		...inPages,
		staleTime: 5000,
	});
