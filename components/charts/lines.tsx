"use client";

import { CartesianGrid, Line, LineChart, ReferenceArea, Tooltip, XAxis, YAxis } from "recharts";
import { axisTop } from "../../lib/format/chart-points.ts";
import type { TimeChartProps } from "./time-chart-parts.tsx";
import {
	axisStyle,
	ChartTooltip,
	chartMargin,
	flatten,
	isAlone,
	quarters,
	tickFormatter,
	ticksOf,
} from "./time-chart-parts.tsx";
import { useBrush } from "./use-brush.ts";

/** How measures such as latency percentiles move; gaps where nothing was measured. */
export function Lines(props: TimeChartProps) {
	const { points, series, formatValue, formatAxis = formatValue, onRange, height = 220 } = props;
	const { marked, handlers } = useBrush(onRange);
	return (
		<LineChart
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
				domain={[0, axisTop(points, false)]}
				ticks={quarters(axisTop(points, false))}
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
				<Line
					key={one.id}
					dataKey={one.id}
					name={one.label}
					type="monotone"
					stroke={one.color}
					strokeWidth={2}
					dot={({ cx, cy, index, key }) =>
						isAlone(points, index, one.id) ? (
							<circle key={key} cx={cx} cy={cy} r={3} fill={one.color} />
						) : (
							<g key={key} />
						)
					}
					connectNulls={false}
					isAnimationActive={false}
				/>
			))}
			{marked !== undefined && (
				<ReferenceArea x1={marked[0]} x2={marked[1]} fill="var(--accent)" fillOpacity={0.18} />
			)}
		</LineChart>
	);
}
