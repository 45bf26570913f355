import type { OverviewBucket } from "../../lib/contracts/overview.ts";
import type { Point, Series } from "../../lib/format/chart-points.ts";
import { toPoints } from "../../lib/format/chart-points.ts";

/** Buckets of the answer as one chart draws them. */
export interface ChartData {
	readonly points: readonly Point[];
	readonly series: readonly Series[];
}

/** From the foot up: what went well is the base, what went wrong lies on top and shows. */
const trafficSeries: readonly Series[] = [
	{ id: "answered", label: "answered", color: "var(--ok)" },
	{ id: "cancelled", label: "cancelled", color: "var(--idle)" },
	{ id: "refused", label: "refused", color: "var(--caution)" },
	{ id: "failed", label: "failed", color: "var(--danger)" },
];

export function trafficChart(buckets: readonly OverviewBucket[]): ChartData {
	return {
		series: trafficSeries,
		points: toPoints(buckets, {
			answered: (bucket) => bucket.answered,
			cancelled: (bucket) => bucket.cancelled,
			refused: (bucket) => bucket.refused,
			failed: (bucket) => bucket.failed,
		}),
	};
}

/** In micro-dollars. */
export function spendChart(buckets: readonly OverviewBucket[]): ChartData {
	return {
		series: [{ id: "cost", label: "spent", color: "var(--accent)" }],
		points: toPoints(buckets, { cost: (bucket) => bucket.costMicroUsd }),
	};
}

const latencySeries: readonly Series[] = [
	{ id: "p50", label: "p50", color: "var(--idle)" },
	{ id: "p95", label: "p95", color: "var(--accent)" },
	{ id: "p99", label: "p99", color: "var(--alert)" },
];

/** In milliseconds; a gap, not a plunge to zero, where no answer was measured. */
export function latencyChart(buckets: readonly OverviewBucket[]): ChartData {
	return {
		series: latencySeries,
		points: toPoints(buckets, {
			p50: (bucket) => measured(bucket, bucket.latencyMsP50),
			p95: (bucket) => measured(bucket, bucket.latencyMsP95),
			p99: (bucket) => measured(bucket, bucket.latencyMsP99),
		}),
	};
}

function measured({ answered }: OverviewBucket, latencyMs: number | null): number | null {
	return answered === 0 || latencyMs === 0 ? null : latencyMs;
}

export function requestsIn(bucket: OverviewBucket): number {
	return bucket.answered + bucket.refused + bucket.failed + bucket.cancelled;
}

/**
 * The range that a marked part of a chart stands for: marks lie on the beginnings of buckets, and
 * the last bucket belongs to it as a whole.
 */
export function markedRange(
	from: Date,
	to: Date,
	bucketSeconds: number,
): { readonly from: Date; readonly to: Date } {
	return { from, to: new Date(to.getTime() + bucketSeconds * 1000) };
}
