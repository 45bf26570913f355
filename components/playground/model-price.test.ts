import { describe, expect, it } from "vitest";
import { microUsdOf, priceInWords } from "./model-price.ts";

describe("priceInWords", () => {
	it("tells a price, a free model and an unknown price apart", () => {
		const price = {
			inputMicroUsd: 2_500_000,
			outputMicroUsd: 10_000_000,
		};
		expect(priceInWords(price)).toBe("$2.50 in, $10.00 out per 1M tokens");
		expect(priceInWords({ ...price, inputMicroUsd: 0, outputMicroUsd: 0 })).toBe("free");
		expect(priceInWords(null)).toContain("unknown");
	});
});

describe("microUsdOf", () => {
	it("is exact to the last micro-dollar and undefined for what is no sum", () => {
		expect(microUsdOf("0.000003")).toBe(3);
		expect(microUsdOf("1.234567")).toBe(1_234_567);
		expect([undefined, "", "unknown"].map(microUsdOf)).toEqual([undefined, undefined, undefined]);
	});
});
