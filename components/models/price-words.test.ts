import { describe, expect, test } from "vitest";
import {
	isFree,
	linesOf,
	longLinesOf,
	pieceInWords,
	priceInShort,
	variantInWords,
} from "./price-words.ts";

const none = { inputMicroUsd: 0, outputMicroUsd: 0 };

describe("the words for a price", () => {
	test("name each rate with its unit", () => {
		const price = { inputMicroUsd: 2_500_000, outputMicroUsd: 10_000_000, searchesMicroUsd: 5e6 };
		expect(linesOf(price).map(({ label, text }) => `${label}: ${text}`)).toEqual([
			"Input: $2.50 per 1M tokens",
			"Output: $10.00 per 1M tokens",
			"Searches: $5.00 per 1,000",
		]);
	});

	test("say nothing of tokens where those are not what is sold", () => {
		const image = { ...none, imageMicroUsd: 80_000, imageVariants: { "low/1024x1024": 40_000 } };
		expect(linesOf(image).map(({ label }) => label)).toEqual([
			"Image, other sizes",
			"Image, 1024 × 1024, low",
		]);
		expect(pieceInWords(image)).toBe("$0.04 to $0.08 per image");
		expect(pieceInWords({ ...none, audioMinuteMicroUsd: 6000 })).toBe("$0.006 per minute");
		expect(pieceInWords({ inputMicroUsd: 1, outputMicroUsd: 1, imageMicroUsd: 5 })).toBeUndefined();
	});

	test("call free what costs nothing at all", () => {
		expect(isFree({ ...none, imageMicroUsd: 0 })).toBe(true);
		expect(pieceInWords(none)).toBeUndefined();
		expect(linesOf(none)).toHaveLength(2);
	});

	test("list the rates for long prompts apart", () => {
		const rates = { inputMicroUsd: 4_000_000, outputMicroUsd: 8_000_000 };
		const price = { ...none, longContext: { aboveInputTokens: 1000, rates } };
		expect(longLinesOf(price).map(({ id }) => id)).toEqual(["inputMicroUsd", "outputMicroUsd"]);
		expect(longLinesOf(none)).toEqual([]);
	});

	test("say a price in one line", () => {
		const price = {
			inputMicroUsd: 900_000,
			outputMicroUsd: 7_000_000,
			cachedInputMicroUsd: 90_000,
		};
		expect(priceInShort(price)).toBe("$0.90 in, $7.00 out, $0.09 cached per 1M tokens");
		const long = { aboveInputTokens: 9, rates: { inputMicroUsd: 2e6, outputMicroUsd: 9e6 } };
		expect(priceInShort({ ...price, longContext: long })).toMatch(/, dearer for long prompts$/);
		expect(priceInShort({ inputMicroUsd: 125_000, outputMicroUsd: 1_234_500 })).toBe(
			"$0.125 in, $1.2345 out per 1M tokens",
		);
		expect(priceInShort(none)).toBe("free");
		expect(priceInShort({ ...none, charactersMicroUsd: 15e6 })).toBe("$15.00 per 1M characters");
	});

	test("read a size without a quality", () => {
		expect(variantInWords("1792x1024")).toBe("1792 × 1024");
	});
});
