import type {
	Analytics,
	AnalyticsGroup,
	AnalyticsMetric,
	AnalyticsSeries,
} from "../../contracts/analytics.ts";
import type { Comparison, Ranking, SlotValue, UsageTotals } from "../repositories/analytics.ts";
import type { Period } from "../usage/split-period.ts";
import type { GroupNames } from "./analytics-names.ts";

interface AnswerParts {
	readonly question: {
		readonly metric: AnalyticsMetric;
		readonly groupBy: AnalyticsGroup;
		readonly period: Period;
		readonly stepSeconds: number;
	};
	readonly ranking: Ranking;
	readonly totals: UsageTotals;
	readonly before:
		| (Comparison & { readonly period: Period; readonly totals: UsageTotals })
		| undefined;
	readonly names: GroupNames;
	readonly filterNames: Analytics["filterNames"];
	readonly nextCursor: string | null;
}

/** Puts the answer of the Analytics endpoint together from what was read. */
export function toAnalytics(parts: AnswerParts): Analytics {
	const { question, ranking, totals, before, names, nextCursor } = parts;
	const { metric, period, stepSeconds } = question;
	const starts = startsOf(period, stepSeconds);
	const valuesBefore = new Map(before?.groups.map(({ id, value }) => [id, value]));
	const total = measureOf(totals, metric);
	return {
		from: period.from.toISOString(),
		to: period.to.toISOString(),
		bucketSeconds: stepSeconds,
		before: before
			? {
					from: before.period.from.toISOString(),
					to: before.period.to.toISOString(),
					totals: before.totals,
				}
			: null,
		totals,
		filterNames: parts.filterNames,
		buckets: starts.map((at) => new Date(at).toISOString()),
		series: seriesOf(parts, starts),
		valuesBefore: before
			? shifted(before.slots, { question, before: before.period, starts })
			: null,
		items: ranking.items.map((group) => ({
			...group,
			label: names(group.id),
			valueBefore: before ? (valuesBefore.get(group.id) ?? nothingOf(metric)) : null,
			share: total === null || total === 0 ? null : group.value / total,
		})),
		nextCursor,
	};
}

/** Beginnings of all steps that the period touches, in epoch milliseconds. */
export function startsOf({ from, to }: Period, stepSeconds: number): readonly number[] {
	const stepMs = stepSeconds * 1000;
	const first = Math.floor(from.getTime() / stepMs) * stepMs;
	const count = Math.max(1, Math.ceil((to.getTime() - first) / stepMs));
	return Array.from({ length: count }, (_, index) => first + index * stepMs);
}

function seriesOf(
	{ ranking: { top, series }, question, names }: AnswerParts,
	starts: readonly number[],
): AnalyticsSeries[] {
	const { metric } = question;
	const own = top.map(
		(id): AnalyticsSeries => ({
			kind: "group",
			id,
			label: names(id),
			values: spread(
				series.filter((one) => one.isTop && one.id === id),
				starts,
				metric,
			),
		}),
	);
	const others = series.filter((one) => !one.isTop);
	// A percentile of many groups together says nothing about any of them.
	if (metric === "latency" || others.every(({ value }) => value === 0)) return own;
	const values = spread(others, starts, metric);
	return [...own, { kind: "others", id: null, label: "All others", values }];
}

function spread(
	values: readonly SlotValue[],
	starts: readonly number[],
	metric: AnalyticsMetric,
): (number | null)[] {
	const byStart = new Map(values.map(({ at, value }) => [at, value]));
	return starts.map((at) => byStart.get(at) ?? nothingOf(metric));
}

/** Nothing was asked: no money was spent, but there is no duration either. */
function nothingOf(metric: AnalyticsMetric): number | null {
	return metric === "latency" ? null : 0;
}

/**
 * The steps of the period before, each in the place of the step that lies one period later. Those of a
 * period whose length is not a multiple of the step go to the nearest.
 */
function shifted(
	slots: readonly SlotValue[],
	{
		question: { period, stepSeconds },
		before,
		starts,
	}: {
		readonly question: AnswerParts["question"];
		readonly before: Period;
		readonly starts: readonly number[];
	},
): number[] {
	const values = starts.map(() => 0);
	const shiftMs = period.from.getTime() - before.from.getTime();
	const [first = 0] = starts;
	for (const { at, value } of slots) {
		const nearest = Math.round((at + shiftMs - first) / (stepSeconds * 1000));
		const index = Math.min(Math.max(nearest, 0), starts.length - 1);
		values[index] = (values[index] ?? 0) + (value ?? 0);
	}
	return values;
}

/** The metric of a whole that a group can be a share of; null where there is none. */
function measureOf(totals: UsageTotals, metric: AnalyticsMetric): number | null {
	switch (metric) {
		case "spend":
			return totals.costMicroUsd;
		case "tokens":
			return totals.inputTokens + totals.outputTokens;
		case "requests":
			return totals.requests;
		case "errors":
			return totals.refused + totals.failed;
		case "latency":
			return null;
	}
}
