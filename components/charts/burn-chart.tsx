"use client";

import type { TooltipContentProps } from "recharts";
import { CartesianGrid, ComposedChart, Line, ReferenceLine, Tooltip, XAxis, YAxis } from "recharts";
import type { Point, Series } from "../../lib/format/chart-points.ts";
import { formatTick } from "../../lib/format/time.ts";
import {
	axisStyle,
	ChartTooltip,
	chartMargin,
	flatten,
	quarters,
	spanOf,
	ticksOf,
} from "./time-chart-parts.tsx";

/** A level that holds from one moment to another, both epoch milliseconds. */
export interface LevelLine {
	readonly from: number;
	readonly to: number;
	readonly value: number;
	readonly label?: string;
	/** Where a line above would cross the label. */
	readonly isLabelBelow?: boolean;
	/** A colour of the theme, such as `var(--danger)`. */
	readonly color: string;
	readonly isDashed?: boolean;
}

/** What may come: from where we are to where it probably ends. */
export interface Outlook {
	readonly from: { readonly at: number; readonly value: number };
	readonly to: { readonly at: number; readonly value: number };
	/** Between these it may as well end. */
	readonly low: number;
	readonly high: number;
	readonly color: string;
}

interface BurnChartProps {
	/** A sum that only rises, oldest first, with a last point where the window ends. */
	readonly points: readonly Point[];
	/** For the tooltip; the first is drawn as the line. */
	readonly series: readonly [Series, ...Series[]];
	readonly levels: readonly LevelLine[];
	readonly outlook: Outlook | undefined;
	readonly top: number;
	readonly formatValue: (value: number) => string;
	readonly formatAxis: (value: number) => string;
	readonly timeZone: string;
	/** Pixels. */
	readonly height?: number;
}

/** How a sum rises towards its limit, and where it probably ends. */
export function BurnChart(props: BurnChartProps) {
	const { points, series, levels, outlook, top, formatValue, formatAxis, timeZone } = props;
	const [main] = series;
	const spanMs = spanOf(points);
	return (
		<ComposedChart
			responsive
			style={{ width: "100%", height: props.height ?? 260 }}
			data={flatten(points)}
			margin={{ ...chartMargin, top: 16 }}
		>
			<CartesianGrid vertical={false} stroke="var(--line)" />
			<XAxis
				{...axisStyle}
				dataKey="at"
				type="number"
				scale="time"
				domain={["dataMin", "dataMax"]}
				ticks={ticksOf(points)}
				tickFormatter={(at: number) => formatTick(new Date(at), spanMs, timeZone)}
				minTickGap={16}
			/>
			<YAxis
				{...axisStyle}
				width={56}
				domain={[0, top]}
				ticks={quarters(top)}
				tickFormatter={formatAxis}
				allowDataOverflow
			/>
			<Tooltip
				content={(state) => measuredTooltip(state, series, formatValue)}
				cursor={{ stroke: "var(--line-strong)" }}
				isAnimationActive={false}
			/>
			{levels.map(levelLine)}
			{outlook !== undefined && outlookLines(outlook)}
			<Line
				dataKey={main.id}
				name={main.label}
				type="linear"
				stroke={main.color}
				strokeWidth={2}
				dot={false}
				isAnimationActive={false}
			/>
			{series.slice(1).map((one) => (
				<Line
					key={one.id}
					dataKey={one.id}
					name={one.label}
					stroke={one.color}
					strokeWidth={0}
					dot={{ r: 4, fill: one.color, strokeWidth: 0 }}
					isAnimationActive={false}
				/>
			))}
		</ComposedChart>
	);
}

/** Only what that moment has: the past has no forecast and the future no sum. */
function measuredTooltip(
	state: TooltipContentProps,
	series: readonly Series[],
	formatValue: (value: number) => string,
) {
	const measured = new Set(
		state.payload.flatMap(({ dataKey, value }) =>
			typeof value === "number" ? [String(dataKey)] : [],
		),
	);
	const shown = series.filter(({ id }) => measured.has(id));
	return <ChartTooltip state={state} series={shown} formatValue={formatValue} />;
}

function levelLine(level: LevelLine) {
	const { from, to, value, label, color, isDashed = false, isLabelBelow = false } = level;
	const words = {
		value: label,
		position: isLabelBelow ? "insideTopRight" : "insideTopLeft",
		fill: "var(--muted)",
		fontSize: 12,
		// Keeps it readable on a line of the grid.
		stroke: "var(--surface)",
		strokeWidth: 4,
		paintOrder: "stroke",
		dy: isLabelBelow ? 0 : -18,
	} as const;
	return (
		<ReferenceLine
			key={`${color}-${from}`}
			segment={[
				{ x: from, y: value },
				{ x: to, y: value },
			]}
			stroke={color}
			strokeWidth={1.5}
			{...(isDashed ? { strokeDasharray: "2 4" } : {})}
			{...(label === undefined ? {} : { label: words })}
		/>
	);
}

/** A dashed line, and a thin one to either side of it for what may as well be. */
function outlookLines({ from, to, low, high, color }: Outlook) {
	const start = { x: from.at, y: from.value };
	return [
		{ id: "likely", value: to.value, width: 2, opacity: 1 },
		{ id: "low", value: low, width: 1, opacity: 0.5 },
		{ id: "high", value: high, width: 1, opacity: 0.5 },
	].map(({ id, value, width, opacity }) => (
		<ReferenceLine
			key={id}
			segment={[start, { x: to.at, y: value }]}
			stroke={color}
			strokeWidth={width}
			strokeOpacity={opacity}
			strokeDasharray="6 4"
			ifOverflow="hidden"
		/>
	));
}
