"use client";

import { Bar, BarChart, CartesianGrid, ReferenceArea, Tooltip, XAxis, YAxis } from "recharts";
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

/** Amounts per period, such as spend an hour. */
export function Bars(props: TimeChartProps) {
	const { points, series, formatValue, formatAxis = formatValue, onRange, height = 220 } = props;
	const { marked, handlers } = useBrush(onRange);
	return (
		<BarChart
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
				domain={[0, axisTop(points, true)]}
				ticks={quarters(axisTop(points, true))}
				tickFormatter={formatAxis}
			/>
			<Tooltip
				content={(state) => (
					<ChartTooltip state={state} series={series} formatValue={formatValue} />
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
			{marked !== undefined && (
				<ReferenceArea x1={marked[0]} x2={marked[1]} fill="var(--accent)" fillOpacity={0.18} />
			)}
		</BarChart>
	);
}
