import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateTokens } from "./estimate-tokens.ts";

describe("estimateTokens", () => {
	it("is zero for nothing and positive for anything but a single space", () => {
		expect(estimateTokens("")).toBe(0);
		fc.assert(
			fc.property(fc.string({ minLength: 2, unit: "grapheme" }), (text) => {
				const tokens = estimateTokens(text);
				expect(tokens).toBeGreaterThan(0);
				// Byte-pair tokenisers never need more tokens than bytes.
				expect(tokens).toBeLessThanOrEqual(new TextEncoder().encode(text).length);
			}),
		);
	});

	it.each([
		["Hello, world!", 4],
		["The quick brown fox jumps over the lazy dog.", 10],
		["1234567890", 4],
	])("counts %j like the usual tokenisers", (text, tokens) => {
		expect(estimateTokens(text)).toBe(tokens);
	});

	it("counts Chinese near one token per character and Russian near one per two or three", () => {
		expect(estimateTokens("今天天气很好我们去公园吧")).toBeGreaterThanOrEqual(8);
		expect(estimateTokens("今天天气很好我们去公园吧")).toBeLessThanOrEqual(14);
		expect(estimateTokens("Сегодня хорошая погода")).toBeGreaterThanOrEqual(5);
		expect(estimateTokens("Сегодня хорошая погода")).toBeLessThanOrEqual(11);
	});
});
