"use client";

import type { TimeRange } from "../contracts/shapes.ts";
import { rangeQuery, timeRanges } from "../contracts/shapes.ts";
import { useUrlState } from "./use-url-state.ts";

/** What the endpoints take: a preset that ends now, or two instants. */
export interface RangeChoice {
	readonly range: TimeRange;
	readonly from?: string;
	readonly to?: string;
}

export interface TimeRangeState {
	/** Goes into the query of an endpoint as it is. */
	readonly choice: RangeChoice;
	readonly isCustom: boolean;
	readonly spanMs: number;
	readonly choosePreset: (range: TimeRange) => void;
	readonly chooseCustom: (from: Date, to: Date) => void;
}

export const presetSpansMs: Readonly<Record<TimeRange, number>> = {
	"15m": 900_000,
	"1h": 3_600_000,
	"24h": 86_400_000,
	"7d": 604_800_000,
	"30d": 2_592_000_000,
};

/** The console's time range, kept in the address as `range` or as `from` and `to`. */
export function useTimeRange(): TimeRangeState {
	const [params, change] = useUrlState();
	const choice = readRange(params);
	const { from, to } = choice;
	const isCustom = from !== undefined && to !== undefined;
	return {
		choice,
		isCustom,
		spanMs: isCustom ? Date.parse(to) - Date.parse(from) : presetSpansMs[choice.range],
		choosePreset: (range) => change({ range, from: null, to: null }),
		chooseCustom: (start, end) =>
			change({ range: null, from: start.toISOString(), to: end.toISOString() }),
	};
}

/** An address that somebody mistyped falls back to the default range. */
export function readRange(params: Pick<URLSearchParams, "get">): RangeChoice {
	const [from, to] = [params.get("from"), params.get("to")];
	const custom = rangeQuery.safeParse({ from: from ?? undefined, to: to ?? undefined });
	if (custom.success && custom.data.from !== undefined && custom.data.to !== undefined) {
		const { from: start, to: end } = custom.data;
		if (Date.parse(start) < Date.parse(end)) return { range: "24h", from: start, to: end };
	}
	return { range: timeRanges.find((preset) => preset === params.get("range")) ?? "24h" };
}
