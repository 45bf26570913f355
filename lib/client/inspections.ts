import { queryOptions } from "@tanstack/react-query";
import { getRecordings } from "../contracts/inspections.ts";
import { call } from "./call.ts";

/** Of the settings' family: whoever changes those may have switched recording on or off. */
export const recordingsQuery = () =>
	queryOptions({
		queryKey: ["settings", "recordings"],
		queryFn: ({ signal }) => call(getRecordings, { signal }),
		staleTime: 5000,
	});

/** Where a recorded request, or one that may be, is tried on the rules. */
export function ruleTesterHref(requestId: string): `/${string}` {
	return `/rule-tester?request=${encodeURIComponent(requestId)}`;
}
