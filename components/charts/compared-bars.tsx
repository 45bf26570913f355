"use client";

import {
	Bar,
	CartesianGrid,
	ComposedChart,
	Line,
	ReferenceArea,
	Tooltip,
	XAxis,
	YAxis,
} from "recharts";
import type { Series } from "../../lib/format/chart-points.ts";
import { axisTop } from "../../lib/format/chart-points.ts";
import type { TimeChartProps } from "./time-chart-parts.tsx";
import {
	axisStyle,
	ChartTooltip,
	chartMargin,
	flatten,
	quarters,
	tickFormatter,
} from "./time-chart-parts.tsx";
import { useBrush } from "./use-brush.ts";

interface ComparedBarsProps extends TimeChartProps {
	/** The same moments of another period as a line over the bars. */
	readonly before: Series;
}

/** Amounts per period as stacked bars, and what their sum was in an earlier period as a line. */
export function ComparedBars(props: ComparedBarsProps) {
	const { points, series, before, formatValue, onRange, height = 220 } = props;
	const { formatAxis = formatValue } = props;
	const { marked, handlers } = useBrush(onRange);
	const top = Math.max(...topsOf(points, before.id));
	return (
		<ComposedChart
			responsive
			style={{ width: "100%", height }}
			data={flatten(points)}
			margin={chartMargin}
			{...handlers}
		>
			<CartesianGrid vertical={false} stroke="var(--line)" />
			<XAxis
				{...axisStyle}
				dataKey="at"
				type="category"
				tickFormatter={tickFormatter(points)}
				minTickGap={16}
			/>
			<YAxis
				{...axisStyle}
				width={56}
				domain={[0, top]}
				ticks={quarters(top)}
				tickFormatter={formatAxis}
			/>
			<Tooltip
				content={(state) => (
					<ChartTooltip state={state} series={[...series, before]} formatValue={formatValue} />
				)}
				cursor={{ fill: "var(--line)", fillOpacity: 0.5 }}
				isAnimationActive={false}
			/>
			{series.map((one) => (
				<Bar
					key={one.id}
					dataKey={one.id}
					name={one.label}
					stackId="all"
					fill={one.color}
					maxBarSize={28}
					isAnimationActive={false}
				/>
			))}
			<Line
				dataKey={before.id}
				name={before.label}
				type="monotone"
				stroke={before.color}
				strokeWidth={1.5}
				strokeDasharray="4 3"
				dot={false}
				activeDot={false}
				isAnimationActive={false}
			/>
			{marked !== undefined && (
				<ReferenceArea x1={marked[0]} x2={marked[1]} fill="var(--accent)" fillOpacity={0.18} />
			)}
		</ComposedChart>
	);
}

/** Of the stacked bars, and of the line. */
function topsOf(points: ComparedBarsProps["points"], beforeId: string): readonly [number, number] {
	const bars = points.map(({ at, values }) => ({ at, values: { ...values, [beforeId]: null } }));
	const line = points.map(({ at, values }) => ({
		at,
		values: { [beforeId]: values[beforeId] ?? null },
	}));
	return [axisTop(bars, true), axisTop(line, false)];
}
