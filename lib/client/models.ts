import { queryOptions } from "@tanstack/react-query";
import { listModels } from "../contracts/system.ts";
import { call } from "./call.ts";

export const modelsQuery = () =>
	queryOptions({
		queryKey: ["models"],
		queryFn: ({ signal }) => call(listModels, { signal }),
		staleTime: 30_000,
	});
