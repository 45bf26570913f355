import { queryOptions } from "@tanstack/react-query";
import { getKillSwitch } from "../contracts/system.ts";
import { call } from "./call.ts";

export const killSwitchQuery = () =>
	queryOptions({
		queryKey: ["kill-switch"],
		queryFn: ({ signal }) => call(getKillSwitch, { signal }),
		staleTime: 10_000,
		// Seen also while the live connection is down.
		refetchInterval: 30_000,
	});
