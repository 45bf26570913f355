import { queryOptions } from "@tanstack/react-query";
import { getSettings } from "../contracts/system.ts";
import { call } from "./call.ts";

export const settingsQuery = () =>
	queryOptions({
		queryKey: ["settings"],
		queryFn: ({ signal }) => call(getSettings, { signal }),
		staleTime: 15_000,
	});
