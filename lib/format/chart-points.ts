import { formatAbsolute } from "./time.ts";

/** One line, area or bar of a chart. */
export interface Series {
	readonly id: string;
	/** Lower case, so that a tooltip reads as a sentence: "120 answered". */
	readonly label: string;
	/** A colour of the theme, such as `var(--ok)`. */
	readonly color: string;
}

/** One moment; a value is null where nothing was measured. */
export interface Point {
	/** Epoch milliseconds. */
	readonly at: number;
	readonly values: Readonly<Record<string, number | null>>;
}

/** Turns buckets of an answer into points of a chart. `pick` says what each series shows. */
export function toPoints<Bucket extends { readonly at: string }>(
	buckets: readonly Bucket[],
	pick: Readonly<Record<string, (bucket: Bucket) => number | null>>,
): readonly Point[] {
	const entries = Object.entries(pick);
	return buckets.map((bucket) => ({
		at: Date.parse(bucket.at),
		values: Object.fromEntries(entries.map(([id, read]) => [id, read(bucket)])),
	}));
}

/** True when there is nothing to draw: no point, or nothing but zeros and gaps. */
export function isFlat(points: readonly Point[]): boolean {
	return points.every((point) =>
		Object.values(point.values).every((value) => value === null || value === 0),
	);
}

/** Each makes four round parts. */
const axisSteps = [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10];

/** A round number at or above the largest value (of the sum, when stacked), so that axes end on a tick. */
export function axisTop(points: readonly Point[], isStacked: boolean): number {
	const sizes = points.map(({ values }) => {
		const numbers = Object.values(values).map((value) => value ?? 0);
		return isStacked ? numbers.reduce((sum, value) => sum + value, 0) : Math.max(0, ...numbers);
	});
	const top = sizes.reduce((most, size) => Math.max(most, size), 0);
	if (top === 0) return 1;
	const power = 10 ** Math.floor(Math.log10(top));
	const step = axisSteps.find((candidate) => candidate * power >= top) ?? 10;
	return step * power;
}

export interface ChartTable {
	readonly headers: readonly string[];
	readonly rows: readonly (readonly string[])[];
}

/** The same facts as the chart, for the table behind it. */
export function toTable(
	points: readonly Point[],
	series: readonly Series[],
	format: { readonly value: (value: number) => string; readonly timeZone?: string },
): ChartTable {
	return {
		headers: ["Time", ...series.map((one) => one.label)],
		rows: points.map((point) => [
			formatAbsolute(new Date(point.at), format.timeZone),
			...series.map((one) => {
				const value = point.values[one.id] ?? null;
				return value === null ? "–" : format.value(value);
			}),
		]),
	};
}
