import { describe, expect, it } from "vitest";
import { providers } from "../providers/registry.ts";
import { createPriceCatalogue, readShippedPrices } from "./price-catalogue.ts";

const data = readShippedPrices();
const catalogue = createPriceCatalogue(data);

describe("createPriceCatalogue", () => {
	it("turns dollars per million into whole micro-dollars", () => {
		expect(catalogue.find("openai", "gpt-4o-mini")).toEqual({
			inputMicroUsd: 150_000,
			outputMicroUsd: 600_000,
			cachedInputMicroUsd: 75_000,
		});
	});

	it("prices a dated snapshot like its model unless the snapshot is listed", () => {
		expect(catalogue.find("openai", "gpt-4o-2024-08-06")).toBe(catalogue.find("openai", "gpt-4o"));
		expect(catalogue.find("openai", "gpt-4o-2024-05-13")?.inputMicroUsd).toBe(5_000_000);
		expect(catalogue.find("anthropic", "claude-haiku-4-5-20251001")?.inputMicroUsd).toBe(1_000_000);
	});

	it("knows no price for what is not listed", () => {
		expect(catalogue.find("openai", "gpt-4o-nonsense")).toBeUndefined();
		expect(catalogue.find("openai-compatible", "gpt-4o")).toBeUndefined();
		expect(catalogue.find("openai", "constructor")).toBeUndefined();
		expect(catalogue.find("toString", "x")).toBeUndefined();
	});

	it("knows that local models cost nothing and that long prompts cost more", () => {
		expect(catalogue.find("ollama", "anything:7b")).toEqual({
			inputMicroUsd: 0,
			outputMicroUsd: 0,
		});
		expect(catalogue.find("gemini", "gemini-2.5-pro")?.longContext).toMatchObject({
			aboveInputTokens: 200_000,
			price: { inputMicroUsd: 2_500_000 },
		});
	});
});

describe("prices.json", () => {
	it("names only kinds of provider that exist, each with its source", () => {
		const kinds = providers.map((provider) => provider.id as string);
		for (const [kind, { source, models }] of Object.entries(data.kinds)) {
			expect(kinds).toContain(kind);
			expect(source).not.toBe("");
			expect(Object.keys(models)).not.toHaveLength(0);
		}
	});

	it("never has a cache read dearer than input, or output cheaper than input", () => {
		for (const { models } of Object.values(data.kinds)) {
			for (const [model, price] of Object.entries(models)) {
				expect(price.output, model).toBeGreaterThanOrEqual(price.input);
				expect(price.cachedInput ?? 0, model).toBeLessThanOrEqual(price.input);
				expect(price.above?.input ?? price.input, model).toBeGreaterThanOrEqual(price.input);
			}
		}
	});
});
