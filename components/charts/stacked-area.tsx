"use client";

import { Area, AreaChart, CartesianGrid, ReferenceArea, Tooltip, XAxis, YAxis } from "recharts";
import { axisTop } from "../../lib/format/chart-points.ts";
import type { TimeChartProps } from "./time-chart-parts.tsx";
import {
	axisStyle,
	ChartTooltip,
	chartMargin,
	flatten,
	tickFormatter,
	ticksOf,
} from "./time-chart-parts.tsx";
import { useBrush } from "./use-brush.ts";

/** What something is made of over time. */
export function StackedArea(props: TimeChartProps) {
	const { points, series, formatValue, formatAxis = formatValue, onRange, height = 220 } = props;
	const { marked, handlers } = useBrush(onRange);
	return (
		<AreaChart
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
				type="number"
				scale="time"
				domain={["dataMin", "dataMax"]}
				ticks={ticksOf(points)}
				tickFormatter={tickFormatter(points)}
				minTickGap={16}
			/>
			<YAxis
				{...axisStyle}
				width={56}
				domain={[0, axisTop(points, true)]}
				tickCount={5}
				tickFormatter={formatAxis}
			/>
			<Tooltip
				content={(state) => (
					<ChartTooltip state={state} series={series} formatValue={formatValue} />
				)}
				cursor={{ stroke: "var(--line-strong)" }}
				isAnimationActive={false}
			/>
			{series.map((one) => (
				<Area
					key={one.id}
					dataKey={one.id}
					name={one.label}
					type="monotone"
					stackId="all"
					stroke={one.color}
					strokeWidth={1.5}
					fill={one.color}
					fillOpacity={0.28}
					isAnimationActive={false}
				/>
			))}
			{marked !== undefined && (
				<ReferenceArea x1={marked[0]} x2={marked[1]} fill="var(--accent)" fillOpacity={0.18} />
			)}
		</AreaChart>
	);
}
