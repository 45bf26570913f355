import type { TimeRangeState } from "../../lib/client/use-time-range.ts";
import type { Analytics, AnalyticsGroup, AnalyticsMetric } from "../../lib/contracts/analytics.ts";
import { isFlat, toTable } from "../../lib/format/chart-points.ts";
import { describeStep } from "../../lib/format/numbers.ts";
import { Bars } from "../charts/bars.tsx";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { Lines } from "../charts/lines.tsx";
import { groupWords, metricWords } from "./metric-words.ts";
import { usageChart } from "./usage-series.ts";

interface UsageChartProps {
	readonly analytics: Analytics;
	readonly metric: AnalyticsMetric;
	readonly groupBy: AnalyticsGroup;
	readonly range: TimeRangeState;
}

const heightPx = 260;

/** Amounts are stacked; percentiles, which do not add up, are lines. */
export function UsageChart({ analytics, metric, groupBy, range }: UsageChartProps) {
	const words = metricWords[metric];
	const { points, series, before } = usageChart(analytics, groupBy);
	const legend = before === undefined ? series : [...series, before];
	const drawing = {
		points,
		series,
		formatValue: words.format,
		formatAxis: words.formatAxis,
		onRange: (from: Date, to: Date) =>
			range.chooseCustom(from, new Date(to.getTime() + analytics.bucketSeconds * 1000)),
		height: heightPx,
	};
	return (
		<ChartFrame
			title={`${words.label} by ${groupWords[groupBy].toLowerCase()}`}
			unit={`${words.unit} ${describeStep(analytics.bucketSeconds)}`}
			legend={legend}
			table={toTable(points, legend, { value: words.format })}
			isEmpty={isFlat(points)}
			empty={{ title: "Nothing in this range." }}
		>
			{metric === "latency" ? <Lines {...drawing} /> : <Bars {...drawing} before={before} />}
		</ChartFrame>
	);
}
