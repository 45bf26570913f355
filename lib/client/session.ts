import { queryOptions } from "@tanstack/react-query";
import { getSession } from "../contracts/system.ts";
import { call } from "./call.ts";

export const sessionQuery = () =>
	queryOptions({
		queryKey: ["session"],
		queryFn: ({ signal }) => call(getSession, { signal }),
		staleTime: 60_000,
	});
