import { queryOptions } from "@tanstack/react-query";
import type * as z from "zod";
import { listRoutes, tryRoute } from "../contracts/routes.ts";
import { call } from "./call.ts";

export const routesQuery = () =>
	queryOptions({
		queryKey: ["routes"],
		queryFn: ({ signal }) => call(listRoutes, { signal }),
		staleTime: 5000,
	});

export type RouteQuestion = z.input<typeof tryRoute.body>;

/** Nothing is sent; the family is that of the routes, for their changes make the answer stale. */
export const routeTrialQuery = (question: RouteQuestion) =>
	queryOptions({
		queryKey: ["routes", "trial", question],
		queryFn: ({ signal }) => call(tryRoute, { body: question, signal }),
		staleTime: 0,
		// A refusal stays one until something changes, and then the family is asked again.
		retry: false,
	});
