import { ArrowDownRight, ArrowUpRight, Minus } from "lucide-react";
import { classNames } from "../../lib/format/class-names.ts";
import type { Trend } from "../../lib/format/trend.ts";
import { formatTrend } from "../../lib/format/trend.ts";

const trendIcons = {
	up: ArrowUpRight,
	down: ArrowDownRight,
	new: ArrowUpRight,
	same: Minus,
	none: Minus,
} as const;

interface TrendTextProps {
	readonly trend: Trend;
	/** Whether more is good news, bad news or neither; colours the trend. */
	readonly moreIs: "good" | "bad" | "neutral";
}

/** How a number moved: an arrow and the change in per cent. */
export function TrendText({ trend, moreIs }: TrendTextProps) {
	const Icon = trendIcons[trend.kind];
	return (
		<span className={classNames("inline-flex items-center gap-0.5", toneOf(trend, moreIs))}>
			<Icon aria-hidden="true" className="size-3.5" />
			{formatTrend(trend)}
		</span>
	);
}

function toneOf(trend: Trend, moreIs: TrendTextProps["moreIs"]): string {
	// "From zero" has nothing before it to be better or worse than.
	if (moreIs === "neutral" || (trend.kind !== "up" && trend.kind !== "down")) return "text-muted";
	return (trend.kind === "up") === (moreIs === "good") ? "text-ok-ink" : "text-danger-ink";
}
