import { describe, expect, it } from "vitest";
import type { OverviewBucket } from "../../lib/contracts/overview.ts";
import {
	latencyChart,
	markedRange,
	requestsIn,
	spendChart,
	trafficChart,
} from "./overview-series.ts";

const bucket: OverviewBucket = {
	at: "2026-01-02T03:00:00.000Z",
	answered: 7,
	refused: 2,
	failed: 1,
	cancelled: 3,
	blocked: 2,
	costMicroUsd: 1234,
	latencyMsP50: 10,
	latencyMsP95: null,
	latencyMsP99: null,
};

describe("the overview's charts", () => {
	it("stack every outcome, so that their sum is the number of requests", () => {
		const { points, series } = trafficChart([bucket]);
		const values = Object.values(points[0]?.values ?? {});
		expect(values.reduce<number>((sum, value) => sum + (value ?? 0), 0)).toBe(requestsIn(bucket));
		expect(Object.keys(points[0]?.values ?? {})).toEqual(series.map((one) => one.id));
	});

	it("keep gaps in latency instead of drawing zero", () => {
		expect(latencyChart([bucket]).points[0]?.values).toEqual({ p50: 10, p95: null, p99: null });
	});

	it("end the latency lines before a bucket that has no answer yet", () => {
		const begun = { ...bucket, answered: 0, latencyMsP50: 0, latencyMsP95: 0, latencyMsP99: 0 };
		const { points } = latencyChart([bucket, begun]);
		expect(points.at(-1)?.values).toEqual({ p50: null, p95: null, p99: null });
	});

	it("show spend in micro-dollars at the bucket's beginning", () => {
		expect(spendChart([bucket]).points).toEqual([
			{ at: Date.UTC(2026, 0, 2, 3), values: { cost: 1234 } },
		]);
	});
});

describe("markedRange", () => {
	it("takes the last marked bucket in as a whole", () => {
		const range = markedRange(new Date(0), new Date(600_000), 300);
		expect(range).toEqual({ from: new Date(0), to: new Date(900_000) });
	});
});
