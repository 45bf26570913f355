import { queryOptions } from "@tanstack/react-query";
import { listModelCallers, listModels } from "../contracts/models.ts";
import { call } from "./call.ts";

export const modelsQuery = () =>
	queryOptions({
		queryKey: ["models"],
		queryFn: ({ signal }) => call(listModels, { signal }),
		staleTime: 30_000,
	});

/** Keys that may use a model; the family is that of the keys, for their changes make it stale. */
export const modelCallersQuery = (model: string) =>
	queryOptions({
		queryKey: ["keys", "callers", model],
		queryFn: ({ signal }) => call(listModelCallers, { query: { model }, signal }),
		staleTime: 30_000,
	});
