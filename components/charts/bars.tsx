"use client";

import type { ReactNode } from "react";
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
import type { Point, Series } from "../../lib/format/chart-points.ts";
import { axisTop } from "../../lib/format/chart-points.ts";
import type { TimeChartProps } from "./time-chart-parts.tsx";
import {
	axisStyle,
	ChartTooltip,
	chartMargin,
	flatten,
	quarters,
	timeCategories,
} from "./time-chart-parts.tsx";
import { useBrush } from "./use-brush.ts";

interface BarsProps extends TimeChartProps {
	/** The same moments of another period as a line over the bars. */
	readonly before?: Series | undefined;
	/** What cannot be halved: the ticks are whole numbers. */
	readonly isWhole?: boolean;
	/** Patterns in place of the plain colours of the series. */
	readonly grounds?: { readonly defs: ReactNode; readonly fillOf: (id: string) => string };
}

/** Amounts per period as stacked bars, such as spend an hour, and what their sum was in an earlier period as a line. */
export function Bars(props: BarsProps) {
	const { points, series, before, formatValue, onRange, height = 220, grounds } = props;
	const { formatAxis = formatValue } = props;
	const { marked, handlers } = useBrush(onRange);
	const top = topOf(points, before?.id, props.isWhole === true);
	const told = before === undefined ? series : [...series, before];
	return (
		<ComposedChart
			responsive
			style={{ width: "100%", height }}
			data={flatten(points)}
			margin={chartMargin}
			{...handlers}
		>
			{grounds !== undefined && <defs>{grounds.defs}</defs>}
			<CartesianGrid vertical={false} stroke="var(--line)" />
			<XAxis {...axisStyle} {...timeCategories(points)} />
			<YAxis
				{...axisStyle}
				width={56}
				domain={[0, top]}
				ticks={quarters(top)}
				tickFormatter={formatAxis}
			/>
			<Tooltip
				content={(state) => <ChartTooltip state={state} series={told} formatValue={formatValue} />}
				cursor={{ fill: "var(--line)", fillOpacity: 0.5 }}
				isAnimationActive={false}
			/>
			{series.map((one) => (
				<Bar
					key={one.id}
					dataKey={one.id}
					name={one.label}
					stackId="all"
					fill={grounds?.fillOf(one.id) ?? one.color}
					{...(grounds === undefined ? {} : { stroke: one.color, strokeWidth: 1 })}
					maxBarSize={28}
					isAnimationActive={false}
				/>
			))}
			{before !== undefined && (
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
			)}
			{marked !== undefined && (
				<ReferenceArea x1={marked[0]} x2={marked[1]} fill="var(--accent)" fillOpacity={0.18} />
			)}
		</ComposedChart>
	);
}

/** Of the stacked bars or of the line, whichever is higher; a multiple of four where ticks are whole. */
function topOf(points: readonly Point[], lineId: string | undefined, isWhole: boolean): number {
	const bars = points.map(({ at, values }) => ({
		at,
		values: lineId === undefined ? values : { ...values, [lineId]: null },
	}));
	const line = points.map(({ at, values }) => ({
		at,
		values: { line: lineId === undefined ? null : (values[lineId] ?? null) },
	}));
	const top = Math.max(axisTop(bars, true), axisTop(line, false));
	return isWhole ? Math.ceil(top / 4) * 4 : top;
}
