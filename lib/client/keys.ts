import { queryOptions } from "@tanstack/react-query";
import { listKeys } from "../contracts/keys.ts";
import { call } from "./call.ts";

export const keysQuery = () =>
	queryOptions({
		queryKey: ["keys"],
		queryFn: ({ signal }) => call(listKeys, { signal }),
		staleTime: 15_000,
	});
