import { queryOptions } from "@tanstack/react-query";
import { listEndpoints } from "../contracts/endpoints.ts";
import { call } from "./call.ts";

export const endpointsQuery = () =>
	queryOptions({
		queryKey: ["endpoints"],
		queryFn: ({ signal }) => call(listEndpoints, { signal }),
		staleTime: 5000,
	});
