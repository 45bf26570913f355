import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Usage } from "../contract/chat.ts";
import type { Price } from "../snapshot.ts";
import { costMicroUsd } from "./cost.ts";

const price = {
	inputMicroUsd: 3_000_000,
	outputMicroUsd: 15_000_000,
	cachedInputMicroUsd: 300_000,
	cacheWriteMicroUsd: 3_750_000,
	longCacheWriteMicroUsd: 6_000_000,
};
const plain = { inputMicroUsd: 1_000_000, outputMicroUsd: 2_000_000 };
const pieces = { inputMicroUsd: 0, outputMicroUsd: 0 };
const tokens = fc.nat(10_000_000);

function usage(counts: Partial<Usage>): Usage {
	return { inputTokens: 0, outputTokens: 0, estimated: false, ...counts };
}

describe("costMicroUsd of tokens", () => {
	it("multiplies tokens by the price per million", () => {
		expect(costMicroUsd(usage({ inputTokens: 1_000_000 }), price)).toBe(3_000_000);
		expect(costMicroUsd(usage({ inputTokens: 1000, outputTokens: 100 }), price)).toBe(4500);
	});

	it("charges cached and written input at their own rates, once", () => {
		const counts = { inputTokens: 1000, cachedInputTokens: 600, cacheWriteTokens: 300 };
		expect(costMicroUsd(usage(counts), price)).toBe(300 + 180 + 1125);
	});

	it("charges what is written for an hour at its own rate, as a part of what is written", () => {
		const counts = { inputTokens: 1000, cacheWriteTokens: 1000, longCacheWriteTokens: 400 };
		expect(costMicroUsd(usage(counts), price)).toBe(2250 + 2400);
		expect(costMicroUsd(usage({ inputTokens: 10, longCacheWriteTokens: 10 }), price)).toBe(60);
	});

	it("takes the whole's rate for a part without one", () => {
		const counts = { inputTokens: 10, cachedInputTokens: 4, outputTokens: 8, reasoningTokens: 5 };
		expect(costMicroUsd(usage(counts), plain)).toBe(10 + 16);
		expect(costMicroUsd(usage({ inputTokens: 6, inputAudioTokens: 6 }), plain)).toBe(6);
		expect(costMicroUsd(usage(counts), { ...plain, reasoningMicroUsd: 3_000_000 })).toBe(
			10 + 6 + 15,
		);
	});

	it("charges sound and images in tokens at their own rates", () => {
		const rates = {
			...plain,
			inputAudioMicroUsd: 40_000_000,
			outputAudioMicroUsd: 80_000_000,
			inputImageMicroUsd: 10_000_000,
			outputImageMicroUsd: 30_000_000,
		};
		const heard = { inputTokens: 10, inputAudioTokens: 5, inputImageTokens: 2 };
		expect(costMicroUsd(usage(heard), rates)).toBe(3 + 200 + 20);
		const told = { outputTokens: 10, outputAudioTokens: 3, outputImageTokens: 4 };
		expect(costMicroUsd(usage(told), rates)).toBe(6 + 240 + 120);
	});

	it("reads parts that overlap in the caller's disfavour, never beyond the total", () => {
		const rates = { ...plain, cachedInputMicroUsd: 100_000, inputAudioMicroUsd: 40_000_000 };
		const counts = { inputTokens: 10, cachedInputTokens: 8, inputAudioTokens: 6 };
		expect(costMicroUsd(usage(counts), rates)).toBe(Math.ceil(240 + 0.4));
	});

	it("charges the whole request at the long rate once the prompt is long", () => {
		const rates = { inputMicroUsd: 6_000_000, outputMicroUsd: 22_500_000 };
		const tiered = { ...price, longContext: { aboveInputTokens: 200_000, rates } };
		expect(costMicroUsd(usage({ inputTokens: 200_000 }), tiered)).toBe(600_000);
		expect(costMicroUsd(usage({ inputTokens: 200_001, outputTokens: 2 }), tiered)).toBe(1_200_051);
	});

	it("rounds a part of a micro-dollar up", () => {
		const tiny = { inputMicroUsd: 1, outputMicroUsd: 0 };
		expect(costMicroUsd(usage({ inputTokens: 1 }), tiny)).toBe(1);
		expect(costMicroUsd(usage({ inputTokens: 1_000_001 }), tiny)).toBe(2);
	});

	it("stays exact where doubles do not", () => {
		const dear = { inputMicroUsd: 600_000_001, outputMicroUsd: 0 };
		expect(costMicroUsd(usage({ inputTokens: 900_000_001 }), dear)).toBe(540_000_001_501);
	});
});

describe("costMicroUsd of pieces", () => {
	it("charges images, by size and quality where that is how they are sold", () => {
		const rates = {
			...pieces,
			imageMicroUsd: 120_000,
			imageVariants: { "hd/1024x1024": 80_000, "1024x1024": 40_000 },
		};
		expect(costMicroUsd(usage({ images: 2 }), rates)).toBe(240_000);
		const of = (imageVariant: string) => costMicroUsd(usage({ images: 1, imageVariant }), rates);
		expect(of("hd/1024x1024")).toBe(80_000);
		expect(of("standard/1024x1024")).toBe(40_000);
		expect(of("1024x1024")).toBe(40_000);
		expect(of("hd/1792x1024")).toBe(120_000);
		expect(of("constructor")).toBe(120_000);
	});

	it("charges images that the provider counts in tokens by the token, never twice", () => {
		const rates = { ...plain, outputImageMicroUsd: 40_000_000, imageMicroUsd: 250_000 };
		const counted = { images: 1, outputTokens: 1000 };
		expect(costMicroUsd(usage({ ...counted, outputImageTokens: 1000 }), rates)).toBe(40_000);
		expect(costMicroUsd(usage(counted), rates)).toBe(40_000);
		expect(costMicroUsd(usage({ ...counted, estimated: true }), rates)).toBe(290_000);
	});

	it("charges sound by the minute, a millisecond at a time", () => {
		const rates = { ...pieces, audioMinuteMicroUsd: 6000 };
		expect(costMicroUsd(usage({ audioMs: 60_000 }), rates)).toBe(6000);
		expect(costMicroUsd(usage({ audioMs: 90_500 }), rates)).toBe(9050);
		expect(costMicroUsd(usage({ audioMs: 1 }), rates)).toBe(1);
	});

	it("charges sound that is counted in tokens by the token", () => {
		const rates = { ...plain, audioMinuteMicroUsd: 6000 };
		const counts = { inputTokens: 100, outputTokens: 50, audioMs: 60_000 };
		expect(costMicroUsd(usage(counts), rates)).toBe(200);
		expect(costMicroUsd(usage({ ...counts, estimated: true }), rates)).toBe(6200);
		expect(costMicroUsd(usage({ ...counts, outputTokens: 0 }), rates)).toBe(6100);
	});

	it("charges characters, searches and the request itself", () => {
		expect(
			costMicroUsd(usage({ characters: 1000 }), { ...pieces, charactersMicroUsd: 15_000_000 }),
		).toBe(15_000);
		expect(costMicroUsd(usage({ searches: 3 }), { ...pieces, searchesMicroUsd: 2_000_000 })).toBe(
			6000,
		);
		expect(costMicroUsd(usage({ inputTokens: 1 }), { ...plain, requestMicroUsd: 14_000 })).toBe(
			14_001,
		);
	});
});

describe("costMicroUsd of what nobody has a price for", () => {
	it.each([
		{ images: 1 },
		{ audioMs: 1 },
		{ characters: 1 },
		{ searches: 1 },
		{ inputTokens: 5, characters: 5 },
		{ inputTokens: 5, audioMs: 5 },
	])("is unknown for %o", (counts) => {
		expect(costMicroUsd(usage(counts), plain)).toBeUndefined();
	});

	it("is unknown when a model is sold by the piece and none was counted", () => {
		for (const rate of ["imageMicroUsd", "audioMinuteMicroUsd", "charactersMicroUsd"] as const) {
			expect(costMicroUsd(usage({ inputTokens: 9 }), { ...pieces, [rate]: 5 })).toBeUndefined();
		}
	});

	it("is unknown for speech whose text was counted and whose sound was not", () => {
		const rates = {
			inputMicroUsd: 600_000,
			outputMicroUsd: 12_000_000,
			audioMinuteMicroUsd: 15_000,
		};
		const text = { inputTokens: 40, characters: 160 };
		expect(costMicroUsd(usage(text), rates)).toBeUndefined();
		expect(costMicroUsd(usage({ ...text, audioMs: 60_000 }), rates)).toBe(15_024);
		expect(costMicroUsd(usage({ ...text, outputTokens: 100 }), rates)).toBe(1224);
	});

	it("is zero where everything is said to cost nothing", () => {
		const free: Price = {
			...pieces,
			imageMicroUsd: 0,
			audioMinuteMicroUsd: 0,
			charactersMicroUsd: 0,
			searchesMicroUsd: 0,
		};
		const all = { inputTokens: 1, images: 1, audioMs: 1, characters: 1, searches: 1 };
		expect(costMicroUsd(usage(all), free)).toBe(0);
	});
});

describe("costMicroUsd of anything", () => {
	const usages: fc.Arbitrary<Usage> = fc.record(
		{
			inputTokens: tokens,
			outputTokens: tokens,
			cachedInputTokens: tokens,
			cacheWriteTokens: tokens,
			longCacheWriteTokens: tokens,
			reasoningTokens: tokens,
			inputAudioTokens: tokens,
			outputAudioTokens: tokens,
			inputImageTokens: tokens,
			outputImageTokens: tokens,
			images: fc.nat(20),
			audioMs: fc.nat(10_000_000),
			characters: fc.nat(1_000_000),
			searches: fc.nat(100),
			estimated: fc.boolean(),
		},
		{ requiredKeys: ["inputTokens", "outputTokens", "estimated"] },
	);

	it("is a whole number that is not negative, or unknown", () => {
		fc.assert(
			fc.property(usages, (any) => {
				const cost = costMicroUsd(any, price);
				if (cost === undefined) return;
				expect(Number.isSafeInteger(cost)).toBe(true);
				expect(cost).toBeGreaterThanOrEqual(0);
			}),
		);
	});

	it("bears counts that make no sense", () => {
		for (const odd of [Number.NaN, -5, 0.5, Number.POSITIVE_INFINITY]) {
			const cost = costMicroUsd(usage({ inputTokens: odd, cachedInputTokens: odd }), price);
			expect(cost).toBeGreaterThanOrEqual(0);
		}
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
				const [first = 0, second = 0, whole = 0] = [left, right, together].map((one) =>
					costMicroUsd(one, price),
				);
				expect(first + second - whole).toBeGreaterThanOrEqual(0);
				expect(first + second - whole).toBeLessThanOrEqual(1);
			}),
		);
	});
});
