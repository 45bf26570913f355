"use client";

import { useId } from "react";
import type { TimeRangeState } from "../../lib/client/use-time-range.ts";
import type { ThreatSeries, ThreatSummary } from "../../lib/contracts/threats.ts";
import { threatSeries } from "../../lib/contracts/threats.ts";
import type { Point, Series } from "../../lib/format/chart-points.ts";
import { isFlat, toTable } from "../../lib/format/chart-points.ts";
import { describeStep, formatCompact, formatCount } from "../../lib/format/numbers.ts";
import { Bars } from "../charts/bars.tsx";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { Select } from "../ui/select.tsx";
import { HatchPattern, HatchSwatch, hatchId } from "./hatch.tsx";
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
			<Bars
				points={points}
				series={series}
				before={summary.valuesBefore === null ? undefined : before}
				isWhole
				grounds={{
					defs: series.map((one) => <HatchPattern key={one.id} series={one} prefix={prefix} />),
					fillOf: (id) => `url(#${hatchId(prefix, id)})`,
				}}
				formatValue={formatCount}
				formatAxis={formatCompact}
				height={240}
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
