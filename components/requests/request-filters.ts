import type { RequestFilters } from "../../lib/client/requests.ts";
import { readRange } from "../../lib/client/use-time-range.ts";
import { requestFilters } from "../../lib/contracts/requests.ts";
import type { FilterChip } from "../ui/filter-chips.tsx";

type Params = Pick<URLSearchParams, "get">;

/** In the order in which their chips stand. */
export const filterNames = [
	"search",
	"outcome",
	"action",
	"provider",
	"model",
	"route",
	"endpoint",
	"teamId",
	"userId",
	"keyId",
	"tag",
	"ip",
	"errorCode",
] as const satisfies readonly (keyof RequestFilters)[];
export type FilterName = (typeof filterNames)[number];
/** Narrows the list to a value that was pressed. */
export type PickFilter = (name: FilterName, value: string) => void;
export type ChosenFilters = { readonly [Name in FilterName]?: RequestFilters[Name] };

/** The filters of an address; what the endpoint would not take is left out. */
export function readFilters(params: Params): ChosenFilters {
	const chosen = filterNames.flatMap((name) => {
		const text = params.get(name)?.trim() ?? "";
		const value = text === "" ? undefined : requestFilters.shape[name].safeParse(text).data;
		return value === undefined ? [] : [[name, value] as const];
	});
	return Object.fromEntries(chosen);
}

/** Everything that the list depends on: the range and the filters. */
export function readListQuery(params: Params): RequestFilters {
	return { ...readRange(params), ...readFilters(params) };
}

/** The part of an address that keeps the list as it is: `?range=1h&outcome=failed`, or nothing. */
export function listSearch(params: Params): string {
	const kept = new URLSearchParams();
	for (const name of ["range", "from", "to", ...filterNames]) {
		const value = params.get(name);
		if (value !== null && value !== "") kept.set(name, value);
	}
	return kept.size === 0 ? "" : `?${kept.toString()}`;
}

export const filterLabels: Readonly<Record<FilterName, string>> = {
	search: "Id",
	outcome: "Outcome",
	action: "Decision",
	provider: "Provider",
	model: "Model",
	route: "Route",
	endpoint: "Endpoint",
	teamId: "Team",
	userId: "Person",
	keyId: "Key",
	tag: "Tag",
	ip: "IP address",
	errorCode: "Error code",
};

export const outcomeWords = {
	answered: "Answered",
	refused: "Refused",
	failed: "Failed",
	cancelled: "Cancelled",
} as const;

export const actionWords = {
	allow: "Allowed",
	flag: "Flagged",
	redact: "Redacted",
	block: "Blocked",
} as const;

/** The chosen filters in words. `names` maps ids of keys, people and teams to those known on the page. */
export function chipsOf(
	filters: ChosenFilters,
	names: ReadonlyMap<string, string>,
): readonly FilterChip<FilterName>[] {
	const word = (name: FilterName): string | undefined => {
		switch (name) {
			case "outcome":
				return filters.outcome && outcomeWords[filters.outcome];
			case "action":
				return filters.action && actionWords[filters.action];
			case "keyId":
			case "teamId":
			case "userId":
				return filters[name] && (names.get(filters[name]) ?? filters[name]);
			case "search":
				return filters.search && `begins with ${filters.search}`;
			case "provider":
			case "model":
			case "route":
			case "endpoint":
			case "tag":
			case "ip":
			case "errorCode":
				return filters[name];
		}
	};
	return filterNames.flatMap((name) => {
		const text = word(name);
		return text === undefined ? [] : [{ name, label: filterLabels[name], text }];
	});
}

/** Takes every filter out of an address; the range stays. */
export const clearFilters: Readonly<Record<string, null>> = Object.fromEntries(
	filterNames.map((name) => [name, null]),
);
