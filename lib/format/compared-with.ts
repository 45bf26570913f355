import type { TimeRange } from "../contracts/shapes.ts";

const presetWords: Readonly<Record<TimeRange, string>> = {
	"15m": "15 min",
	"1h": "hour",
	"24h": "24 h",
	"7d": "7 d",
	"30d": "30 d",
};

/** What the numbers of a range are compared with: `24 h before`. */
export function comparedWith(choice: {
	readonly range: TimeRange;
	readonly from?: string;
}): string {
	return choice.from === undefined ? `${presetWords[choice.range]} before` : "period before";
}
