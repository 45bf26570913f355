import type { Analytics, AnalyticsGroup } from "../../lib/contracts/analytics.ts";
import type { Point, Series } from "../../lib/format/chart-points.ts";
import { errorCatalogue } from "../../proxy-core/contract/errors.ts";

export interface UsageChart {
	readonly points: readonly Point[];
	/** The groups with the most, from the foot up, then all others. */
	readonly series: readonly Series[];
	/** The whole of the period before; undefined when it is not compared. */
	readonly before: Series | undefined;
}

/** As far apart from each other as the theme's colours go; red is for failures. */
const colors = [
	"var(--accent)",
	"var(--mask)",
	"var(--ok)",
	"var(--alert)",
	"var(--note)",
	"var(--caution)",
] as const;

const beforeId = "before";

export function usageChart(
	{ buckets, series, valuesBefore }: Pick<Analytics, "buckets" | "series" | "valuesBefore">,
	groupBy: AnalyticsGroup,
): UsageChart {
	const shown = series.map((one, index) => ({
		id: one.kind === "others" ? "others" : `group-${String(index)}`,
		label: one.kind === "others" ? "all others" : groupLabel(groupBy, one),
		color: one.kind === "others" ? "var(--idle)" : (colors[index] ?? "var(--idle)"),
	}));
	const points = buckets.map((at, index) => ({
		at: Date.parse(at),
		values: {
			...Object.fromEntries(
				shown.map(({ id }, order) => [id, series[order]?.values[index] ?? null] as const),
			),
			...(valuesBefore === null ? {} : { [beforeId]: valuesBefore[index] ?? null }),
		},
	}));
	const before =
		valuesBefore === null
			? undefined
			: { id: beforeId, label: "all, period before", color: "var(--muted)" };
	return { points, series: shown, before };
}

/** Errors are said in words, everything else by its name. */
export function groupLabel(
	groupBy: AnalyticsGroup,
	{ id, label }: { readonly id: string | null; readonly label: string },
): string {
	if (groupBy !== "error" || id === null) return label;
	const known = Object.values(errorCatalogue).find((entry) => entry.code === id);
	return known === undefined ? label : known.title.replace(/\.$/, "");
}
