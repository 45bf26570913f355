"use client";

import { useId } from "react";
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
import type { TimeRangeState } from "../../lib/client/use-time-range.ts";
import type { ThreatSeries, ThreatSummary } from "../../lib/contracts/threats.ts";
import { threatSeries } from "../../lib/contracts/threats.ts";
import type { Point, Series } from "../../lib/format/chart-points.ts";
import { axisTop, isFlat, toTable } from "../../lib/format/chart-points.ts";
import { describeStep, formatCompact, formatCount } from "../../lib/format/numbers.ts";
import { ChartFrame } from "../charts/chart-frame.tsx";
import {
	axisStyle,
	ChartTooltip,
	chartMargin,
	flatten,
	quarters,
	tickFormatter,
} from "../charts/time-chart-parts.tsx";
import { useBrush } from "../charts/use-brush.ts";
import { Select } from "../ui/select.tsx";
import { HatchPattern, HatchSwatch, hatchId } from "./hatch.tsx";
import type { HatchedSeries } from "./threat-looks.ts";
import { looksOf } from "./threat-looks.ts";

interface ThreatChartProps {
	readonly summary: ThreatSummary;
	readonly by: ThreatSeries;
	readonly range: TimeRangeState;
	readonly onBy: (by: ThreatSeries) => void;
	/** Narrows the page to one part of the stack. */
	readonly onPick: (id: string) => void;
}

const byWords = {
	layer: "Layer",
	category: "Category",
	severity: "Severity",
	action: "Action",
} as const;
const byOptions = threatSeries.map((value) => ({ value, label: byWords[value] }));
const before: Series = { id: "before", label: "all, period before", color: "var(--muted)" };

/** Events over time as stacked bars, and what their sum was in the period before as a line. */
export function ThreatChart({ summary, by, range, onBy, onPick }: ThreatChartProps) {
	const prefix = useId().replaceAll(":", "");
	const series = looksOf(
		by,
		summary.series.map(({ id }) => id),
	);
	const points = pointsOf(summary);
	const told = summary.valuesBefore === null ? series : [...series, before];
	return (
		<ChartFrame
			title={`Threat events by ${byWords[by].toLowerCase()}`}
			unit={`events ${describeStep(summary.bucketSeconds)}`}
			table={toTable(points, told, { value: formatCount })}
			isEmpty={isFlat(points)}
			empty={{ title: "No threat event in this range." }}
			actions={
				<Select
					aria-label="Stack by"
					size="small"
					className="w-28"
					options={byOptions}
					value={by}
					onChange={onBy}
				/>
			}
		>
			<Drawing
				points={points}
				series={series}
				prefix={prefix}
				isCompared={summary.valuesBefore !== null}
				onRange={(from, to) =>
					range.chooseCustom(from, new Date(to.getTime() + summary.bucketSeconds * 1000))
				}
			/>
			<ul aria-label="Parts of the chart" className="mt-2 flex flex-wrap gap-x-3 gap-y-1">
				{series.map((one) => (
					<li key={one.id}>
						<button
							type="button"
							title={`Only ${one.label}`}
							onClick={() => onPick(one.id)}
							className="flex items-center gap-1.5 rounded px-1 py-0.5 text-muted text-xs hover:text-ink hover:underline"
						>
							<HatchSwatch series={one} prefix={prefix} />
							{one.label}
						</button>
					</li>
				))}
				{summary.valuesBefore !== null && (
					<li className="flex items-center gap-1.5 px-1 py-0.5 text-muted text-xs">
						<svg aria-hidden="true" viewBox="0 0 16 4" className="h-1 w-4">
							<path d="M0 2H16" stroke="var(--muted)" strokeWidth="1.5" strokeDasharray="4 3" />
						</svg>
						{before.label}
					</li>
				)}
			</ul>
		</ChartFrame>
	);
}

function pointsOf({ buckets, series, valuesBefore }: ThreatSummary): readonly Point[] {
	return buckets.map((at, index) => ({
		at: Date.parse(at),
		values: {
			...Object.fromEntries(series.map(({ id, values }) => [id, values[index] ?? 0])),
			...(valuesBefore === null ? {} : { [before.id]: valuesBefore[index] ?? 0 }),
		},
	}));
}

interface DrawingProps {
	readonly points: readonly Point[];
	readonly series: readonly HatchedSeries[];
	readonly prefix: string;
	readonly isCompared: boolean;
	readonly onRange: (from: Date, to: Date) => void;
}

function Drawing({ points, series, prefix, isCompared, onRange }: DrawingProps) {
	const { marked, handlers } = useBrush(onRange);
	const top = topOf(points);
	const told: readonly Series[] = isCompared ? [...series, before] : series;
	return (
		<ComposedChart
			responsive
			style={{ width: "100%", height: 240 }}
			data={flatten(points)}
			margin={chartMargin}
			{...handlers}
		>
			<defs>
				{series.map((one) => (
					<HatchPattern key={one.id} series={one} prefix={prefix} />
				))}
			</defs>
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
				width={48}
				domain={[0, top]}
				ticks={quarters(top)}
				allowDecimals={false}
				tickFormatter={formatCompact}
			/>
			<Tooltip
				content={(state) => <ChartTooltip state={state} series={told} formatValue={formatCount} />}
				cursor={{ fill: "var(--line)", fillOpacity: 0.5 }}
				isAnimationActive={false}
			/>
			{series.map((one) => (
				<Bar
					key={one.id}
					dataKey={one.id}
					name={one.label}
					stackId="all"
					fill={`url(#${hatchId(prefix, one.id)})`}
					stroke={one.color}
					strokeWidth={1}
					maxBarSize={28}
					isAnimationActive={false}
				/>
			))}
			{isCompared && (
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

/** Of the stacked bars and of the line, whichever is higher; at least four, so that ticks are whole. */
function topOf(points: readonly Point[]): number {
	const parted = points.map(({ at, values: { [before.id]: earlier = 0, ...stacked } }) => ({
		bars: { at, values: stacked },
		line: { at, values: { earlier } },
	}));
	return Math.max(
		4,
		axisTop(
			parted.map(({ bars }) => bars),
			true,
		),
		axisTop(
			parted.map(({ line }) => line),
			false,
		),
	);
}
