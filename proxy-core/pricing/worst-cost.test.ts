import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Usage } from "../contract/chat.ts";
import type { Price, Rates } from "../snapshot.ts";
import { costMicroUsd } from "./cost.ts";
import type { RequestBounds } from "./worst-cost.ts";
import { worstCostMicroUsd } from "./worst-cost.ts";

const price: Price = {
	inputMicroUsd: 1_000_000,
	outputMicroUsd: 10_000_000,
	cachedInputMicroUsd: 100_000,
	cacheWriteMicroUsd: 1_250_000,
	longCacheWriteMicroUsd: 2_000_000,
	longContext: {
		aboveInputTokens: 200_000,
		rates: { inputMicroUsd: 2_000_000, outputMicroUsd: 15_000_000 },
	},
};
const bounds = { price, inputTokensMax: 1000, outputTokensMax: 100 };
const text = {
	cacheWritePossible: false,
	inputAudioPossible: false,
	inputImagesPossible: false,
	outputAudioPossible: false,
	outputImagesPossible: false,
};

describe("worstCostMicroUsd", () => {
	it("assumes the dearest way to write a cache unless that is ruled out", () => {
		expect(worstCostMicroUsd(bounds)).toBe(2000 + 1000);
		expect(worstCostMicroUsd({ ...bounds, longCacheWritePossible: false })).toBe(1250 + 1000);
		expect(worstCostMicroUsd({ ...bounds, cacheWritePossible: false })).toBe(1000 + 1000);
	});

	it("takes the long-context tier only when the input may reach it", () => {
		const at = (inputTokensMax: number) =>
			worstCostMicroUsd({ ...bounds, ...text, inputTokensMax });
		expect(at(200_000)).toBe(200_000 + 1000);
		expect(at(200_001)).toBe(400_002 + 1500);
	});

	it("counts sound and reasoning at their rates where they may come", () => {
		const rates = { ...price, inputAudioMicroUsd: 40_000_000, reasoningMicroUsd: 20_000_000 };
		expect(worstCostMicroUsd({ ...bounds, ...text, price: rates })).toBe(1000 + 2000);
		expect(worstCostMicroUsd({ ...bounds, ...text, price: rates, inputAudioPossible: true })).toBe(
			40_000 + 2000,
		);
	});

	it("reserves for pieces, and does not know what has no rate", () => {
		const empty = { price, inputTokensMax: 0, outputTokensMax: 0, ...text };
		expect(worstCostMicroUsd({ ...empty, imagesMax: 1 })).toBeUndefined();
		expect(worstCostMicroUsd({ ...empty, searchesMax: 1 })).toBeUndefined();
		const rates = { ...price, imageMicroUsd: 40_000, imageVariants: { "1024x1024": 20_000 } };
		expect(worstCostMicroUsd({ ...empty, price: rates, imagesMax: 3 })).toBe(120_000);
		const small = { ...empty, price: rates, imagesMax: 3, imageVariant: "low/1024x1024" };
		expect(worstCostMicroUsd(small)).toBe(60_000);
	});

	it("is never less than what a request within the bounds costs", () => {
		fc.assert(
			fc.property(anyPrice(), anyUsage(), fc.boolean(), (rates, usage, isExact) => {
				const slack = isExact ? 1 : 2;
				const worst = worstCostMicroUsd(boundsOf(usage, rates, slack));
				const cost = costMicroUsd(usage, rates);
				if (worst === undefined || cost === undefined) return;
				expect(worst).toBeGreaterThanOrEqual(cost);
			}),
			{ numRuns: 2000 },
		);
	});

	it("rules out only what the request cannot have", () => {
		fc.assert(
			fc.property(anyPrice(), anyUsage(), (rates, usage) => {
				const { cacheWriteTokens, longCacheWriteTokens, ...rest } = usage;
				const { inputAudioTokens, inputImageTokens, outputAudioTokens, ...others } = rest;
				const { outputImageTokens, images, ...textual } = others;
				const worst = worstCostMicroUsd({ ...boundsOf(textual, rates, 1), ...text });
				const cost = costMicroUsd(textual, rates);
				if (worst === undefined || cost === undefined) return;
				expect(worst).toBeGreaterThanOrEqual(cost);
			}),
			{ numRuns: 1000 },
		);
	});
});

function boundsOf(usage: Usage, rates: Price, slack: number): RequestBounds {
	const { imageVariant } = usage;
	return {
		price: rates,
		inputTokensMax: usage.inputTokens * slack,
		outputTokensMax: usage.outputTokens * slack,
		imagesMax: (usage.images ?? 0) * slack,
		audioMsMax: (usage.audioMs ?? 0) * slack,
		charactersMax: (usage.characters ?? 0) * slack,
		searchesMax: (usage.searches ?? 0) * slack,
		...(imageVariant === undefined ? {} : { imageVariant }),
	};
}

function anyRates(): fc.Arbitrary<Rates> {
	const rate = fc.nat(100_000_000);
	return fc.record(
		{
			inputMicroUsd: rate,
			outputMicroUsd: rate,
			cachedInputMicroUsd: rate,
			cacheWriteMicroUsd: rate,
			longCacheWriteMicroUsd: rate,
			reasoningMicroUsd: rate,
			inputAudioMicroUsd: rate,
			outputAudioMicroUsd: rate,
			inputImageMicroUsd: rate,
			outputImageMicroUsd: rate,
			imageMicroUsd: rate,
			imageVariants: fc.dictionary(fc.constantFrom("hd/1x1", "1x1"), rate),
			audioMinuteMicroUsd: rate,
			charactersMicroUsd: rate,
			searchesMicroUsd: rate,
			requestMicroUsd: rate,
		},
		{ requiredKeys: ["inputMicroUsd", "outputMicroUsd"] },
	);
}

function anyPrice(): fc.Arbitrary<Price> {
	const longContext = fc.record({
		aboveInputTokens: fc.integer({ min: 1, max: 2_000_000 }),
		rates: anyRates(),
	});
	return fc
		.tuple(anyRates(), fc.option(longContext, { nil: undefined }))
		.map(([rates, long]) => (long === undefined ? rates : { ...rates, longContext: long }));
}

/** Each part is at most its total; parts may overlap, as cached sound does. */
function anyUsage(): fc.Arbitrary<Usage> {
	const total = fc.nat(3_000_000);
	return fc.tuple(total, total).chain(([inputTokens, outputTokens]) => {
		const input = fc.nat(inputTokens);
		const output = fc.nat(outputTokens);
		return fc.record(
			{
				inputTokens: fc.constant(inputTokens),
				outputTokens: fc.constant(outputTokens),
				cachedInputTokens: input,
				cacheWriteTokens: input,
				longCacheWriteTokens: input,
				inputAudioTokens: input,
				inputImageTokens: input,
				reasoningTokens: output,
				outputAudioTokens: output,
				outputImageTokens: output,
				images: fc.nat(10),
				imageVariant: fc.constantFrom("hd/1x1", "sd/1x1", "1x1", "sd/2x2"),
				audioMs: fc.nat(600_000),
				characters: fc.nat(100_000),
				searches: fc.nat(50),
				estimated: fc.boolean(),
			},
			{ requiredKeys: ["inputTokens", "outputTokens", "estimated"] },
		);
	});
}
