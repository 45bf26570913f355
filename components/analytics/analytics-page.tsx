"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { CalendarRange } from "lucide-react";
import { analyticsQuery } from "../../lib/client/analytics.ts";
import { useTimeRange } from "../../lib/client/use-time-range.ts";
import type { UrlChanges } from "../../lib/client/use-url-state.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { Analytics, AnalyticsGroup } from "../../lib/contracts/analytics.ts";
import { analyticsGroups } from "../../lib/contracts/analytics.ts";
import { classNames } from "../../lib/format/class-names.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { ActiveFilters } from "./active-filters.tsx";
import { AnalyticsSkeleton } from "./analytics-skeleton.tsx";
import type { OwnFilters } from "./analytics-state.ts";
import { clearFilters, nextGroup, readState } from "./analytics-state.ts";
import { ExportMenu } from "./export-menu.tsx";
import { MetricTiles } from "./metric-tiles.tsx";
import { groupWords } from "./metric-words.ts";
import { RankingTable } from "./ranking-table.tsx";
import { UsageChart } from "./usage-chart.tsx";

const groupOptions = analyticsGroups.map((value) => ({ value, label: groupWords[value] }));

/** Who spends what, on which models, and how it moved against the period before. */
export function AnalyticsPage() {
	const [params, change] = useUrlState();
	const range = useTimeRange();
	const state = readState(params);
	const { metric, groupBy, filters } = state;
	const query = useInfiniteQuery(analyticsQuery(state.question));
	const pages = query.data?.pages;
	const first = pages?.[0];
	const gate = {
		data: first,
		error: query.error,
		isPending: query.isPending,
		refetch: query.refetch,
	};
	return (
		<>
			<PageHeader
				title="Analytics"
				description="Who uses what and what it costs, against the period before."
				actions={
					<>
						<span className="flex items-center gap-2 text-muted text-sm">
							<span aria-hidden="true">By</span>
							<Select
								aria-label="Group by"
								className="w-36"
								options={groupOptions}
								value={groupBy}
								onChange={(by) => change({ by }, "push")}
							/>
						</span>
						<ExportMenu question={state.question} />
					</>
				}
			/>
			<ActiveFilters filters={filters} names={first?.filterNames} onChange={change} />
			<DataGate query={gate} skeleton={<AnalyticsSkeleton />}>
				{(analytics) => (
					<div
						aria-busy={query.isPlaceholderData}
						className={classNames("flex flex-col gap-3", query.isPlaceholderData && "opacity-60")}
					>
						<MetricTiles
							analytics={analytics}
							metric={metric}
							choice={range.choice}
							onChange={(next) => change({ metric: next })}
						/>
						{analytics.totals.requests === 0 ? (
							<Quiet analytics={analytics} onChange={change} />
						) : (
							<>
								<UsageChart analytics={analytics} metric={metric} groupBy={groupBy} range={range} />
								<RankingTable
									state={state}
									choice={range.choice}
									rows={pages?.flatMap((page) => page.items) ?? []}
									isCompared={analytics.before !== null}
									onNarrow={(own) => change(narrowed(own, nextGroup(groupBy)), "push")}
									paging={{
										hasMore: query.hasNextPage,
										isLoading: query.isFetchingNextPage,
										loadMore: () => void query.fetchNextPage(),
									}}
								/>
								<Remarks groupBy={groupBy} metric={metric} />
							</>
						)}
					</div>
				)}
			</DataGate>
		</>
	);
}

function narrowed(own: OwnFilters, by: AnalyticsGroup): UrlChanges {
	return Object.fromEntries(
		Object.entries({ ...own, by }).filter(
			(entry): entry is [string, string] => entry[1] !== undefined,
		),
	);
}

interface QuietProps {
	readonly analytics: Analytics;
	readonly onChange: (changes: UrlChanges) => void;
}

function Quiet({ analytics, onChange }: QuietProps) {
	const hadSome = (analytics.before?.totals.requests ?? 0) > 0;
	return (
		<Panel>
			<EmptyState
				icon={CalendarRange}
				title="No request in this range matches."
				hint={
					hadSome
						? "There were some in the period before."
						: "Usage shows here as soon as requests have come."
				}
				action={
					<Button onClick={() => onChange({ ...clearFilters, range: "30d", from: null, to: null })}>
						Show everything of the last 30 days
					</Button>
				}
			/>
		</Panel>
	);
}

/** What one would otherwise take for a mistake in the numbers. */
function Remarks({ groupBy, metric }: Pick<ReturnType<typeof readState>, "groupBy" | "metric">) {
	const remarks = [
		...(groupBy === "tag"
			? ["A request counts in each of its tags, and requests without a tag in none."]
			: []),
		...(metric === "latency"
			? ["Percentiles come from sums and are within some 10 % of the exact ones."]
			: []),
		"Steps of days and longer begin at midnight UTC.",
	];
	return <p className="text-muted text-xs">{remarks.join(" ")}</p>;
}
