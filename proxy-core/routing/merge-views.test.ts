import { describe, expect, it } from "vitest";
import { mergeViews } from "./merge-views.ts";
import type { TargetView } from "./target-board.ts";

const calm: TargetView = {
	availability: "available",
	inFlight: 0,
	success: 1,
	latencyMs: undefined,
	breaker: "closed",
	openUntilMs: undefined,
	coolingUntilMs: undefined,
	failures: 0,
	probes: 0,
	lastError: undefined,
	lastCheck: undefined,
	series: undefined,
};

function series(fromMs: number, requests: number[], latencyMs: (number | null)[]) {
	return { fromMs, stepMs: 10_000, requests, failures: requests.map(() => 0), latencyMs };
}

describe("mergeViews", () => {
	it("has nothing to say of nothing, and takes a single view as it is", () => {
		expect(mergeViews([])).toBeUndefined();
		expect(mergeViews([calm])).toBe(calm);
	});

	it("adds loads, takes the worst state and the latest error and check", () => {
		const check = { ok: true, latencyMs: 5, atMs: 50 };
		const merged = mergeViews([
			{ ...calm, inFlight: 2, lastCheck: check, lastError: { code: "upstream.timeout", atMs: 9 } },
			{
				...calm,
				inFlight: 3,
				availability: "open",
				breaker: "open",
				openUntilMs: 70,
				failures: 4,
				probes: 1,
				lastError: { code: "upstream.failed", atMs: 10 },
			},
			{ ...calm, breaker: "half-open", availability: "cooling", coolingUntilMs: 60 },
		]);
		expect(merged).toMatchObject({
			inFlight: 5,
			availability: "open",
			breaker: "open",
			openUntilMs: 70,
			coolingUntilMs: 60,
			failures: 4,
			probes: 1,
			lastError: { code: "upstream.failed" },
			lastCheck: check,
		});
	});

	it("weighs shares and times by the requests behind them", () => {
		const busy = { ...calm, success: 1, latencyMs: 100, series: series(0, [3, 0], [100, null]) };
		const idle = { ...calm, success: 0, latencyMs: 500, series: series(0, [1, 0], [500, null]) };
		expect(mergeViews([busy, idle])).toMatchObject({ success: 0.75, latencyMs: 200 });
		const untouched = { ...calm, latencyMs: undefined };
		expect(mergeViews([busy, untouched])?.latencyMs).toBe(100);
		expect(mergeViews([calm, { ...calm, success: 0.5 }])?.success).toBe(0.75);
	});

	it("adds slices of the same time, also when one report is a slice older", () => {
		const older = { ...calm, series: series(0, [1, 2, 4], [10, 10, 10]) };
		const newer = { ...calm, series: series(10_000, [2, 4, 8], [40, 40, null]) };
		expect(mergeViews([older, newer])?.series).toEqual({
			fromMs: 10_000,
			stepMs: 10_000,
			requests: [4, 8, 8],
			failures: [0, 0, 0],
			latencyMs: [25, 25, null],
		});
	});
});
