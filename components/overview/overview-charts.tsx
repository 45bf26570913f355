import type { RangeChoice, TimeRangeState } from "../../lib/client/use-time-range.ts";
import type { Overview } from "../../lib/contracts/overview.ts";
import { isFlat, toTable } from "../../lib/format/chart-points.ts";
import { formatMoney, formatMoneyCompact } from "../../lib/format/money.ts";
import {
	describeStep,
	formatCompact,
	formatCount,
	formatDuration,
} from "../../lib/format/numbers.ts";
import { Bars } from "../charts/bars.tsx";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { Lines } from "../charts/lines.tsx";
import { OutcomeLinks } from "./outcome-links.tsx";
import { latencyChart, markedRange, spendChart, trafficChart } from "./overview-series.ts";

interface ChartProps {
	readonly overview: Overview;
	readonly choice: RangeChoice;
	readonly onRange: (from: Date, to: Date) => void;
}

interface OverviewChartsProps {
	readonly overview: Overview;
	readonly range: TimeRangeState;
}

const heightPx = 176;

export function OverviewCharts({ overview, range }: OverviewChartsProps) {
	const onRange = (from: Date, to: Date) => {
		const marked = markedRange(from, to, overview.bucketSeconds);
		range.chooseCustom(marked.from, marked.to);
	};
	const props = { overview, choice: range.choice, onRange };
	return (
		<div className="grid gap-3 lg:grid-cols-2 xl:grid-cols-4">
			<div className="grid lg:col-span-2">
				<Traffic {...props} />
			</div>
			<Latency {...props} />
			<Spend {...props} />
		</div>
	);
}

function Traffic({ overview, choice, onRange }: ChartProps) {
	const { points, series } = trafficChart(overview.buckets);
	return (
		<ChartFrame
			title="Traffic"
			unit={`requests ${describeStep(overview.bucketSeconds)}`}
			table={toTable(points, series, { value: formatCount })}
			isEmpty={isFlat(points)}
			empty={{ title: "No requests in this range." }}
		>
			<Bars
				points={points}
				series={series}
				isWhole
				formatValue={formatCount}
				formatAxis={formatCompact}
				onRange={onRange}
				height={heightPx}
			/>
			<OutcomeLinks series={series} choice={choice} />
		</ChartFrame>
	);
}

function Latency({ overview, onRange }: ChartProps) {
	const { points, series } = latencyChart(overview.buckets);
	return (
		<ChartFrame
			title="Latency"
			unit={`percentiles ${describeStep(overview.bucketSeconds)}`}
			legend={series}
			table={toTable(points, series, { value: formatDuration })}
			isEmpty={isFlat(points)}
			empty={{ title: "No answers in this range." }}
		>
			<Lines
				points={points}
				series={series}
				formatValue={formatDuration}
				onRange={onRange}
				height={heightPx}
			/>
		</ChartFrame>
	);
}

function Spend({ overview, onRange }: ChartProps) {
	const { points, series } = spendChart(overview.buckets);
	return (
		<ChartFrame
			title="Spend"
			unit={`US dollars ${describeStep(overview.bucketSeconds)}`}
			table={toTable(points, series, { value: formatMoney })}
			isEmpty={isFlat(points)}
			empty={{ title: "Nothing was spent in this range." }}
		>
			<Bars
				points={points}
				series={series}
				formatValue={formatMoney}
				formatAxis={formatMoneyCompact}
				onRange={onRange}
				height={heightPx}
			/>
		</ChartFrame>
	);
}
