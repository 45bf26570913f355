import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type * as z from "zod";
import type { PricePlace } from "../contracts/prices.ts";
import { getPriceHistory, listPrices } from "../contracts/prices.ts";
import { call } from "./call.ts";
import { fromCursor, inPages } from "./pages.ts";

export type CatalogueFilter = Omit<z.input<typeof listPrices.query>, "cursor" | "limit">;

/** The whole catalogue a page at a time; of the family that price changes refresh. */
export const catalogueQuery = (filter: CatalogueFilter) =>
	infiniteQueryOptions({
		queryKey: ["models", "catalogue", filter],
		queryFn: ({ signal, pageParam }) =>
			call(listPrices, {
				query: { ...filter, ...fromCursor(pageParam) },
				signal,
			}),
		...inPages,
		staleTime: 60_000,
	});

export const priceHistoryQuery = (place: PricePlace) =>
	queryOptions({
		queryKey: ["models", "history", place],
		queryFn: ({ signal }) => call(getPriceHistory, { query: place, signal }),
		staleTime: 30_000,
	});
