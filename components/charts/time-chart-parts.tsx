import type { TooltipContentProps } from "recharts";
import type { Point, Series } from "../../lib/format/chart-points.ts";
import { formatAbsolute, formatTick } from "../../lib/format/time.ts";
import { timeTicks } from "../../lib/format/time-ticks.ts";

export interface TimeChartProps {
	/** Oldest first. */
	readonly points: readonly Point[];
	/** Drawn in this order, stacked from below. */
	readonly series: readonly Series[];
	readonly formatValue: (value: number) => string;
	/** Shorter, for the axis; `formatValue` when left out. */
	readonly formatAxis?: (value: number) => string;
	/** Dragging over the chart narrows the range. */
	readonly onRange?: (from: Date, to: Date) => void;
	/** Pixels. */
	readonly height?: number;
}

export const chartMargin = { top: 8, right: 8, bottom: 0, left: 0 } as const;

export const axisStyle = {
	stroke: "var(--line)",
	tick: { fill: "var(--faint)", fontSize: 12 },
	tickLine: false,
	axisLine: false,
} as const;

/** What a chart library wants: one flat object a moment. */
export function flatten(points: readonly Point[]): Record<string, number | null>[] {
	return points.map(({ at, values }) => ({ ...values, at }));
}

export function spanOf(points: readonly Point[]): number {
	return (points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0);
}

export function tickFormatter(points: readonly Point[]): (at: number) => string {
	const spanMs = spanOf(points);
	return (at) => formatTick(new Date(at), spanMs);
}

/** An axis of periods. Where several of them share a label, as the hours of a day do, only the first has it. */
export function timeCategories(points: readonly Point[]) {
	const label = tickFormatter(points);
	const firsts = points.filter((point, index) => {
		const previous = points[index - 1];
		return previous === undefined || label(previous.at) !== label(point.at);
	});
	return {
		dataKey: "at",
		type: "category",
		ticks: firsts.map(({ at }) => at),
		tickFormatter: label,
		minTickGap: 16,
	} as const;
}

const ticksMax = 8;

export function ticksOf(points: readonly Point[]): number[] {
	const from = points[0]?.at ?? 0;
	const offsetMs = -new Date(from).getTimezoneOffset() * 60_000;
	return [...timeTicks(from, points.at(-1)?.at ?? from, { max: ticksMax, offsetMs })];
}

/** Five ticks that end where the axis does, also for tops such as $0.50. */
export function quarters(top: number): number[] {
	return [0, 0.25, 0.5, 0.75, 1].map((share) => share * top);
}

/** Whether a moment was measured and its neighbours were not, so that no line would show it. */
export function isAlone(points: readonly Point[], index: number, id: string): boolean {
	const valueAt = (at: number) => points[at]?.values[id] ?? null;
	return valueAt(index) !== null && valueAt(index - 1) === null && valueAt(index + 1) === null;
}

interface ChartTooltipProps {
	/** What the chart library knows about the pointed-at moment. */
	readonly state: TooltipContentProps;
	readonly series: readonly Series[];
	readonly formatValue: (value: number) => string;
}

/** Reads as a sentence: at this time, so many of this and so many of that. */
export function ChartTooltip({ state, series, formatValue }: ChartTooltipProps) {
	if (!state.active || state.payload.length === 0) return null;
	const values = new Map(state.payload.map((entry) => [String(entry.dataKey), entry.value]));
	return (
		<div className="rounded-md border border-line bg-raised px-3 py-2 text-sm shadow-raised">
			<p className="mb-1 text-muted text-xs">{formatAbsolute(new Date(Number(state.label)))}</p>
			<ul className="flex flex-col gap-0.5">
				{series.toReversed().map((one) => {
					const value = values.get(one.id);
					return (
						<li key={one.id} className="flex items-center gap-2 whitespace-nowrap text-ink">
							<span
								aria-hidden="true"
								className="size-2 rounded-sm"
								style={{ background: one.color }}
							/>
							{typeof value === "number" ? formatValue(value) : "nothing measured"}
							<span className="text-muted">{one.label}</span>
						</li>
					);
				})}
			</ul>
		</div>
	);
}
