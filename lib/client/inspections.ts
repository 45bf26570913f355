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

const sharedCharsMax = 3000;

/** A changed policy as a link carries it; null when there is none, or it is too long for an address. */
export function sharedChange(change: Readonly<Record<string, unknown>>): string | null {
	if (Object.keys(change).length === 0) return null;
	const text = JSON.stringify(change);
	return text.length > sharedCharsMax ? null : text;
}
