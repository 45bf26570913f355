import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCallerLimits } from "./caller-limits.ts";
import { backoffMs } from "./retry-pause.ts";

const settings = { backoffBaseMs: 250, backoffMaxMs: 8000 };

describe("backoffMs", () => {
	it("doubles with each retry up to the longest pause, and varies by at most half", () => {
		const pauses = [0, 1, 2, 10].map((retry) =>
			[0, 1].map((random) => backoffMs(settings, { retry, retryAfterMs: undefined }, () => random)),
		);
		expect(pauses).toEqual([
			[125, 250],
			[250, 500],
			[500, 1000],
			[4000, 8000],
		]);
	});

	it("waits at least as long as the provider asked, or not at all when that is too long", () => {
		fc.assert(
			fc.property(fc.nat(20), fc.integer({ min: 1, max: 20_000 }), (retry, retryAfterMs) => {
				const pauseMs = backoffMs(settings, { retry, retryAfterMs });
				if (retryAfterMs > settings.backoffMaxMs) expect(pauseMs).toBeUndefined();
				else {
					expect(pauseMs).toBeGreaterThanOrEqual(retryAfterMs);
					expect(pauseMs).toBeLessThanOrEqual(settings.backoffMaxMs);
				}
			}),
		);
	});
});

describe("readCallerLimits", () => {
	it("reads LiteLLM's seconds and Portkey's milliseconds, the lower of both", () => {
		expect(
			readCallerLimits({
				"x-litellm-num-retries": "3",
				"x-portkey-retry-count": "1",
				"x-litellm-timeout": "2.5",
				"x-portkey-request-timeout": "4000",
				"x-litellm-stream-timeout": "0.5",
			}),
		).toEqual({ retries: 1, timeoutMs: 2500, streamTimeoutMs: 500 });
	});

	it("ignores what cannot be read", () => {
		const odd = ["", "-1", "1e9", "NaN", "Infinity", "0", "9".repeat(30), "1;2"];
		for (const text of odd) {
			expect(readCallerLimits({ "x-litellm-timeout": text })).toEqual({});
		}
		expect(readCallerLimits({})).toEqual({});
	});
});
