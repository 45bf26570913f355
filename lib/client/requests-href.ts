import type { RequestFilters } from "./requests.ts";
import type { RangeChoice } from "./use-time-range.ts";

/** The Requests page over the same range, narrowed by the given filters. */
export function requestsHref(choice: RangeChoice, filters: RequestFilters = {}): `/${string}` {
	const { range, from, to } = choice;
	const span = from === undefined || to === undefined ? { range } : { from, to };
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries({ ...span, ...filters })) {
		if (value !== undefined) query.set(name, value);
	}
	return `/requests?${query.toString()}`;
}
