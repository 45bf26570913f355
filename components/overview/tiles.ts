import { requestsHref } from "../../lib/client/requests-href.ts";
import type { RangeChoice } from "../../lib/client/use-time-range.ts";
import type { Overview, OverviewTotals } from "../../lib/contracts/overview.ts";
import { formatMoney } from "../../lib/format/money.ts";
import {
	formatCount,
	formatDuration,
	formatQuantity,
	formatShare,
} from "../../lib/format/numbers.ts";
import type { Trend } from "../../lib/format/trend.ts";
import { trendOf } from "../../lib/format/trend.ts";
import { requestsIn } from "./overview-series.ts";

/** One number at the head of the page, with where it leads. */
export interface Tile {
	readonly id: "requests" | "blocked" | "failed" | "spend" | "latency";
	readonly label: string;
	readonly value: string;
	readonly unit?: string;
	readonly trend: Trend;
	readonly moreIs: "good" | "bad" | "neutral";
	readonly series: readonly number[];
	readonly href: string;
	readonly hint: string;
	/** The hint tells of something that is wrong. */
	readonly isWarning?: boolean;
}

export function tilesOf(overview: Overview, choice: RangeChoice): readonly Tile[] {
	const { current, previous, buckets } = overview;
	return [
		{
			id: "requests",
			label: "Requests",
			value: formatCount(current.requests),
			trend: trendOf(current.requests, previous.requests),
			moreIs: "neutral",
			series: buckets.map(requestsIn),
			href: requestsHref(choice),
			hint: `${formatCount(current.inputTokens)} tokens in, ${formatCount(current.outputTokens)} out`,
		},
		{
			id: "blocked",
			label: "Blocked",
			value: formatCount(current.blocked),
			trend: trendOf(current.blocked, previous.blocked),
			moreIs: "bad",
			series: buckets.map((bucket) => bucket.blocked),
			href: requestsHref(choice, { action: "block" }),
			hint: `${formatCount(current.refused)} refused in all`,
		},
		{
			id: "failed",
			label: "Errors",
			value: formatCount(current.failed),
			trend: trendOf(current.failed, previous.failed),
			moreIs: "bad",
			series: buckets.map((bucket) => bucket.failed),
			href: requestsHref(choice, { outcome: "failed" }),
			hint: errorShare(current),
		},
		spendTile(overview, choice),
		latencyTile(overview, choice),
	];
}

function spendTile({ current, previous, buckets }: Overview, choice: RangeChoice): Tile {
	const { unpricedRequests } = current;
	return {
		id: "spend",
		label: "Spend",
		value: formatMoney(current.costMicroUsd),
		trend: trendOf(current.costMicroUsd, previous.costMicroUsd),
		moreIs: "neutral",
		series: buckets.map((bucket) => bucket.costMicroUsd),
		href: requestsHref(choice, { outcome: "answered" }),
		...(unpricedRequests === 0
			? { hint: "Every answer has a price" }
			: {
					hint: `${formatQuantity(unpricedRequests, "request")} without a price`,
					isWarning: true,
				}),
	};
}

function latencyTile({ current, previous, buckets }: Overview, choice: RangeChoice): Tile {
	const { latencyMsP95: p95, overheadMsP50: overhead } = current;
	// A duration ends with its unit: `1.24 s`, `38 ms`.
	const parts = p95 === null ? null : /^(.*) (\S+)$/.exec(formatDuration(p95));
	return {
		id: "latency",
		label: "Latency p95",
		value: parts?.[1] ?? "–",
		...(parts?.[2] === undefined ? {} : { unit: parts[2] }),
		trend: trendOf(p95, previous.latencyMsP95),
		moreIs: "bad",
		series: buckets.flatMap((bucket) => bucket.latencyMsP95 ?? []),
		href: requestsHref(choice),
		hint: overhead === null ? "Nothing measured" : `Gateway adds ${formatDuration(overhead)} (p50)`,
	};
}

function errorShare({ failed, requests }: OverviewTotals): string {
	return requests === 0 ? "No requests" : `${formatShare(failed / requests)} of requests`;
}
