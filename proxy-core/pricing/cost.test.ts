import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Usage } from "../contract/chat.ts";
import { costMicroUsd } from "./cost.ts";

const price = {
	inputMicroUsd: 3_000_000,
	outputMicroUsd: 15_000_000,
	cachedInputMicroUsd: 300_000,
	cacheWriteMicroUsd: 3_750_000,
};
const tokens = fc.nat(10_000_000);
const usages: fc.Arbitrary<Usage> = fc.record({
	inputTokens: tokens,
	outputTokens: tokens,
	cachedInputTokens: tokens,
	cacheWriteTokens: tokens,
	reasoningTokens: tokens,
	estimated: fc.boolean(),
});

function usage(counts: Partial<Usage>): Usage {
	return { inputTokens: 0, outputTokens: 0, estimated: false, ...counts };
}

describe("costMicroUsd", () => {
	it("multiplies tokens by the price per million", () => {
		expect(costMicroUsd(usage({ inputTokens: 1_000_000 }), price)).toBe(3_000_000);
		expect(costMicroUsd(usage({ inputTokens: 1000, outputTokens: 100 }), price)).toBe(4500);
	});

	it("charges cached and written input at their own rates, once", () => {
		const counts = { inputTokens: 1000, cachedInputTokens: 600, cacheWriteTokens: 300 };
		expect(costMicroUsd(usage(counts), price)).toBe(300 + 180 + 1125);
	});

	it("takes the input rate for caches and the output rate for reasoning when none is given", () => {
		const plain = { inputMicroUsd: 1_000_000, outputMicroUsd: 2_000_000 };
		const counts = { inputTokens: 10, cachedInputTokens: 4, outputTokens: 8, reasoningTokens: 5 };
		expect(costMicroUsd(usage(counts), plain)).toBe(10 + 16);
		expect(costMicroUsd(usage(counts), { ...plain, reasoningMicroUsd: 3_000_000 })).toBe(
			10 + 6 + 15,
		);
	});

	it("charges the whole request at the long rate once the prompt is long", () => {
		const long = { inputMicroUsd: 6_000_000, outputMicroUsd: 22_500_000 };
		const tiered = { ...price, longContext: { aboveInputTokens: 200_000, price: long } };
		expect(costMicroUsd(usage({ inputTokens: 200_000 }), tiered)).toBe(600_000);
		expect(costMicroUsd(usage({ inputTokens: 200_001, outputTokens: 2 }), tiered)).toBe(1_200_051);
	});

	it("rounds a part of a micro-dollar up", () => {
		const tiny = { inputMicroUsd: 1, outputMicroUsd: 0 };
		expect(costMicroUsd(usage({ inputTokens: 1 }), tiny)).toBe(1);
		expect(costMicroUsd(usage({ inputTokens: 1_000_001 }), tiny)).toBe(2);
	});

	it("is zero for no tokens and never negative", () => {
		expect(costMicroUsd(usage({}), price)).toBe(0);
		fc.assert(
			fc.property(usages, (any) => {
				const cost = costMicroUsd(any, price);
				expect(Number.isSafeInteger(cost)).toBe(true);
				expect(cost).toBeGreaterThanOrEqual(0);
			}),
		);
	});

	it("costs as much in parts as in one, but for the rounding", () => {
		const simple = fc.record({
			inputTokens: tokens,
			outputTokens: tokens,
			estimated: fc.boolean(),
		});
		fc.assert(
			fc.property(simple, simple, (left, right) => {
				const together = usage({
					inputTokens: left.inputTokens + right.inputTokens,
					outputTokens: left.outputTokens + right.outputTokens,
				});
				const parts = costMicroUsd(left, price) + costMicroUsd(right, price);
				const whole = costMicroUsd(together, price);
				expect(parts - whole).toBeGreaterThanOrEqual(0);
				expect(parts - whole).toBeLessThanOrEqual(1);
			}),
		);
	});
});
