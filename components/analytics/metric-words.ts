import type {
	AnalyticsGroup,
	AnalyticsMetric,
	AnalyticsTotals,
} from "../../lib/contracts/analytics.ts";
import { formatMoney, formatMoneyCompact } from "../../lib/format/money.ts";
import { formatCompact, formatCount, formatDuration } from "../../lib/format/numbers.ts";

export interface MetricWords {
	readonly label: string;
	/** As the unit of a chart: "US dollars". */
	readonly unit: string;
	readonly moreIs: "bad" | "neutral";
	readonly format: (value: number) => string;
	/** Shorter, for axes. */
	readonly formatAxis: (value: number) => string;
	/** Null where nothing was measured. */
	readonly of: (totals: AnalyticsTotals) => number | null;
}

export const metricWords: Readonly<Record<AnalyticsMetric, MetricWords>> = {
	spend: {
		label: "Spend",
		unit: "US dollars",
		moreIs: "neutral",
		format: formatMoney,
		formatAxis: formatMoneyCompact,
		of: (totals) => totals.costMicroUsd,
	},
	tokens: {
		label: "Tokens",
		unit: "tokens in and out",
		moreIs: "neutral",
		format: formatCount,
		formatAxis: formatCompact,
		of: (totals) => totals.inputTokens + totals.outputTokens,
	},
	requests: {
		label: "Requests",
		unit: "requests",
		moreIs: "neutral",
		format: formatCount,
		formatAxis: formatCompact,
		of: (totals) => totals.requests,
	},
	latency: {
		label: "Latency p95",
		unit: "95th percentile of answers",
		moreIs: "bad",
		format: formatDuration,
		formatAxis: formatDuration,
		of: (totals) => totals.latencyMsP95,
	},
	errors: {
		label: "Errors",
		unit: "refused or failed requests",
		moreIs: "bad",
		format: formatCount,
		formatAxis: formatCompact,
		of: (totals) => totals.refused + totals.failed,
	},
};

/** Singular; the list of groups is headed by it. */
export const groupWords: Readonly<Record<AnalyticsGroup, string>> = {
	model: "Model",
	provider: "Provider",
	route: "Route",
	endpoint: "Endpoint",
	team: "Team",
	user: "Person",
	key: "Key",
	tag: "Tag",
	error: "Error",
};
