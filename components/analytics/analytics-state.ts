import type { AnalyticsQuestion } from "../../lib/client/analytics.ts";
import { readRange } from "../../lib/client/use-time-range.ts";
import type {
	AnalyticsGroup,
	AnalyticsMetric,
	UsageFilters,
} from "../../lib/contracts/analytics.ts";
import { analyticsGroups, analyticsMetrics, usageFilters } from "../../lib/contracts/analytics.ts";

type Params = Pick<URLSearchParams, "get">;

export type FilterName = keyof UsageFilters;

/** In the order in which their chips stand. */
export const filterNames = [
	"provider",
	"model",
	"route",
	"endpoint",
	"teamId",
	"userId",
	"keyId",
	"tag",
	"errorCode",
] as const satisfies readonly FilterName[];

export interface AnalyticsState {
	readonly metric: AnalyticsMetric;
	readonly groupBy: AnalyticsGroup;
	readonly filters: UsageFilters;
	/** Goes into the query of the endpoints as it is. */
	readonly question: AnalyticsQuestion;
}

/** What an address asks for; what the endpoint would not take is left out. */
export function readState(params: Params): AnalyticsState {
	const metric = analyticsMetrics.find((one) => one === params.get("metric")) ?? "spend";
	const groupBy = analyticsGroups.find((one) => one === params.get("by")) ?? "model";
	const given = filterNames.flatMap((name) => {
		const text = params.get(name)?.trim() ?? "";
		const value = text === "" ? undefined : usageFilters.shape[name].safeParse(text).data;
		return value === undefined ? [] : [[name, value] as const];
	});
	const filters: UsageFilters = Object.fromEntries(given);
	return {
		metric,
		groupBy,
		filters,
		question: { ...readRange(params), ...filters, metric, groupBy },
	};
}

/** Values by name, as an address takes them. */
export type OwnFilters = Readonly<Partial<Record<FilterName, string>>>;

/**
 * The filters that leave only this group; undefined for requests that belong to none, which nothing
 * can ask for.
 */
export function filtersOf(groupBy: AnalyticsGroup, id: string | null): OwnFilters | undefined {
	if (id === null) return undefined;
	switch (groupBy) {
		case "model": {
			const slash = id.indexOf("/");
			return { provider: id.slice(0, slash), model: id.slice(slash + 1) };
		}
		case "provider":
			return { provider: id };
		case "route":
			return { route: id };
		case "endpoint":
			return { endpoint: id };
		case "team":
			return { teamId: id };
		case "user":
			return { userId: id };
		case "key":
			return { keyId: id };
		case "tag":
			return { tag: id };
		case "error":
			return { errorCode: id };
	}
}

/** What one looks at next after choosing one group: what it is made of. */
export function nextGroup(groupBy: AnalyticsGroup): AnalyticsGroup {
	return groupBy === "model" || groupBy === "provider" ? "key" : "model";
}

/** Takes every filter out of an address; the range stays. */
export const clearFilters: Readonly<Record<string, null>> = Object.fromEntries(
	filterNames.map((name) => [name, null]),
);
