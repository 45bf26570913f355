import type * as z from "zod";
import type { latencySeries } from "../../lib/contracts/endpoints.ts";
import type { ChartTable, Point, Series } from "../../lib/format/chart-points.ts";
import { toPoints } from "../../lib/format/chart-points.ts";
import { formatDuration, formatQuantity } from "../../lib/format/numbers.ts";

export type LatencySeries = z.output<typeof latencySeries>;

interface Box {
	readonly width: number;
	readonly height: number;
}

const inset = 2;

/**
 * An SVG path through the measured slices, with gaps where nothing was measured; a slice between two
 * gaps is a line without length, which round ends turn into a dot. Scaled with zero at the foot.
 */
export function latencyPath(values: readonly (number | null)[], { width, height }: Box): string {
	const top = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
	const usable = height - 2 * inset;
	return values
		.map((value, index) => {
			if (value === null) return "";
			const y = top === 0 ? height - inset : height - inset - (value / top) * usable;
			const isStart = (values[index - 1] ?? null) === null;
			return `${isStart ? "M" : "L"}${round(xOf(index, values.length, width))} ${round(y)}${isStart ? "h0" : ""}`;
		})
		.join("");
}

/** Where the slices with failures are, from the left. */
export function failureMarks(failures: readonly number[], width: number): readonly number[] {
	return failures.flatMap((count, index) =>
		count === 0 ? [] : [round(xOf(index, failures.length, width))],
	);
}

/** The sparkline in a sentence. */
export function latencyInWords({ latencyMs, requests, failures }: LatencySeries): string {
	const measured = latencyMs.filter((value) => value !== null);
	const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
	const counts = `${formatQuantity(sum(requests), "request")} in ten minutes, ${sum(failures)} failed`;
	if (measured.length === 0) return `${counts}; nothing measured.`;
	const [least, most] = [Math.min(...measured), Math.max(...measured)];
	return `${counts}; first byte after ${formatDuration(least)} to ${formatDuration(most)}.`;
}

/** The points of a chart, one a slice. */
export function seriesPoints(series: LatencySeries): readonly Point[] {
	const from = Date.parse(series.from);
	const slices = series.latencyMs.map((latencyMs, index) => ({
		at: new Date(from + index * series.stepMs).toISOString(),
		latencyMs,
	}));
	return toPoints(slices, { latencyMs: (slice) => slice.latencyMs });
}

/** Of the table behind the chart, only the slices in which something was sent. */
export function withoutGaps(table: ChartTable): ChartTable {
	return { ...table, rows: table.rows.filter(([, value]) => value !== "–") };
}

export const latencyLine: readonly Series[] = [
	{ id: "latencyMs", label: "to the first byte", color: "var(--accent)" },
];

function xOf(index: number, count: number, width: number): number {
	const usable = width - 2 * inset;
	return inset + (count < 2 ? 0 : (index / (count - 1)) * usable);
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
