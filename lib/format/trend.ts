/** How a number moved against the period before. `change` is a share: 0.12 is 12 % more. */
export type Trend =
	| { readonly kind: "none" }
	| { readonly kind: "new" }
	| { readonly kind: "same" }
	| { readonly kind: "up" | "down"; readonly change: number };

/** Moves of less than half a per cent count as the same. */
export function trendOf(current: number | null, previous: number | null): Trend {
	if (current === null || previous === null) return { kind: "none" };
	if (previous === 0) return current === 0 ? { kind: "same" } : { kind: "new" };
	const change = (current - previous) / Math.abs(previous);
	if (Math.abs(change) < 0.005) return { kind: "same" };
	return { kind: change > 0 ? "up" : "down", change };
}

/** `+12 %`, `−3.4 %`, `×8` for large jumps. */
export function formatTrend(trend: Trend): string {
	switch (trend.kind) {
		case "none":
			return "no comparison";
		case "new":
			return "from zero";
		case "same":
			return "unchanged";
		case "up":
		case "down":
			return formatChange(trend.change);
	}
}

function formatChange(change: number): string {
	if (change >= 3) return `×${Number((change + 1).toFixed(1))}`;
	const percent = Math.abs(change * 100);
	return `${change < 0 ? "−" : "+"}${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}
