import type * as z from "zod";
import type { Budget, getBudgetBurn } from "../../lib/contracts/budgets.ts";
import type { Point, Series } from "../../lib/format/chart-points.ts";

export type Burn = z.output<typeof getBudgetBurn.answer>;

/** A level that holds from one moment to another, both epoch milliseconds. */
export interface LimitLine {
	readonly from: number;
	readonly to: number;
	readonly value: number;
}

export interface BurnChartData {
	/** What was spent up to each moment, then what probably will have been. */
	readonly points: readonly Point[];
	/** The hard limit; two lines when a raise ends before the window does. */
	readonly hard: readonly LimitLine[];
	readonly soft: LimitLine | undefined;
	/** Where the axis ends, so that the limit is in sight and a wild forecast does not flatten the rest. */
	readonly top: number;
}

export const burnSeries = [
	{ id: "spent", label: "spent so far", color: "var(--accent)" },
	{ id: "forecast", label: "expected", color: "var(--note)" },
] as const satisfies readonly Series[];

/** Of steps with what each spent: how the sum rose, and where it leads. */
export function burnChart(
	burn: Burn,
	{ hardLimit, softLimit, raise }: Pick<Budget, "hardLimit" | "softLimit" | "raise">,
	now: number,
): BurnChartData {
	const { usage, forecast } = burn;
	const end = usage.windowEnd === null ? now : Date.parse(usage.windowEnd);
	const points = [...spentPoints(burn, now), ...forecastPoints(burn, end)];
	const from = points[0]?.at ?? now;
	const raisedUntil = raise === null ? end : Math.min(end, Date.parse(raise.until));
	const isLowered = raise !== null && raisedUntil < end;
	const hard = [
		{ from, to: raisedUntil, value: usage.limit },
		...(isLowered ? [{ from: raisedUntil, to: end, value: hardLimit }] : []),
	];
	const likely = Math.max(usage.limit, usage.spent);
	return {
		points,
		hard,
		soft: softLimit === null ? undefined : { from, to: end, value: softLimit },
		top: roundUp(Math.max(likely * 1.05, Math.min(forecast?.high ?? 0, likely * 2))),
	};
}

/** Each step's amount is reached at its end, the last one's now. */
function spentPoints({ points, usage }: Burn, now: number): readonly Point[] {
	const [first] = points;
	if (first === undefined) return [point(now, usage.spent, null)];
	let sum = 0;
	const reached = points.map(({ amount }, index) => {
		sum += amount;
		const next = points[index + 1];
		return point(next === undefined ? now : Date.parse(next.at), sum, null);
	});
	return [point(Date.parse(first.at), 0, null), ...reached];
}

function forecastPoints({ usage, forecast }: Burn, end: number): readonly Point[] {
	if (usage.windowEnd === null) return [];
	return [point(end, null, forecast?.amount ?? null)];
}

function point(at: number, spent: number | null, forecast: number | null): Point {
	return { at, values: { spent, forecast } };
}

/** A round number at or above it. */
function roundUp(value: number): number {
	if (value <= 0) return 1;
	const power = 10 ** Math.floor(Math.log10(value));
	const steps = [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10];
	return (steps.find((step) => step * power >= value) ?? 10) * power;
}
