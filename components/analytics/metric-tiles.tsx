import type { RangeChoice } from "../../lib/client/use-time-range.ts";
import type { Analytics, AnalyticsMetric } from "../../lib/contracts/analytics.ts";
import { analyticsMetrics } from "../../lib/contracts/analytics.ts";
import { classNames } from "../../lib/format/class-names.ts";
import { comparedWith } from "../../lib/format/compared-with.ts";
import { formatCount, formatQuantity, formatShare } from "../../lib/format/numbers.ts";
import { trendOf } from "../../lib/format/trend.ts";
import { TrendText } from "../ui/trend-text.tsx";
import { metricWords } from "./metric-words.ts";

interface MetricTilesProps {
	readonly analytics: Analytics;
	readonly metric: AnalyticsMetric;
	readonly choice: RangeChoice;
	readonly onChange: (metric: AnalyticsMetric) => void;
}

/** The totals; pressing one shows it below. */
export function MetricTiles({ analytics, metric, choice, onChange }: MetricTilesProps) {
	return (
		<ul aria-label="Measure" className="grid grid-cols-2 gap-3 lg:grid-cols-5">
			{analyticsMetrics.map((one) => (
				<li key={one} className="grid min-w-0 max-lg:first:col-span-2">
					<button
						type="button"
						aria-pressed={one === metric}
						onClick={() => onChange(one)}
						className={classNames(
							"flex min-w-0 flex-col rounded-lg border bg-surface px-4 py-3 text-left transition-colors",
							one === metric
								? "border-accent ring-1 ring-accent"
								: "border-line hover:border-line-strong",
						)}
					>
						<Tile analytics={analytics} metric={one} choice={choice} />
					</button>
				</li>
			))}
		</ul>
	);
}

function Tile({ analytics, metric, choice }: Omit<MetricTilesProps, "onChange">) {
	const { label, format, of, moreIs } = metricWords[metric];
	const value = of(analytics.totals);
	const { before } = analytics;
	return (
		<>
			<span className="block text-muted text-sm">{label}</span>
			<span className="mt-1 block whitespace-nowrap font-semibold text-ink text-xl tracking-tight xl:text-2xl">
				{value === null ? "–" : format(value)}
			</span>
			{before !== null && (
				<span className="mt-1 flex flex-wrap items-center gap-x-1.5 text-xs">
					<TrendText trend={trendOf(value, of(before.totals))} moreIs={moreIs} />
					<span className="text-faint">vs {comparedWith(choice)}</span>
				</span>
			)}
			<span className="mt-1 block text-muted text-xs">{hintOf(analytics.totals, metric)}</span>
		</>
	);
}

function hintOf(totals: Analytics["totals"], metric: AnalyticsMetric): string {
	const { requests, refused, failed, unpricedRequests, inputTokens, outputTokens } = totals;
	if (requests === 0) return "No requests";
	switch (metric) {
		case "spend":
			return unpricedRequests === 0
				? "Every answer has a price"
				: `${formatQuantity(unpricedRequests, "request")} without a price`;
		case "tokens":
			return `${formatCount(inputTokens)} in, ${formatCount(outputTokens)} out`;
		case "requests":
			return `${formatCount(totals.answered)} answered`;
		case "latency":
			return totals.latencyMsP50 === null
				? "Nothing measured"
				: `${metricWords.latency.format(totals.latencyMsP50)} at the median`;
		case "errors":
			return `${formatShare((refused + failed) / requests)} of requests, ${formatCount(failed)} failed`;
	}
}
