import { describe, expect, it } from "vitest";
import { createPriceCatalogue } from "./price-catalogue.ts";
import type { PriceOverride } from "./price-overrides.ts";
import { withOverrides } from "./price-overrides.ts";

const catalogue = createPriceCatalogue([
	{
		kind: "openai",
		version: "2026-01-02",
		sources: ["https://example.com"],
		notes: [],
		models: {
			small: { price: { input: 1, output: 2 }, traits: { purpose: "chat", capabilities: [] } },
		},
	},
]);
const price = { inputMicroUsd: 7, outputMicroUsd: 8 };
const override = (fields: Partial<PriceOverride>): PriceOverride => ({
	scope: "kind",
	place: "openai",
	model: "small",
	price,
	since: "2026-02-03T04:05:06.000Z",
	...fields,
});

describe("withOverrides", () => {
	it("is the catalogue itself without overrides", () => {
		expect(withOverrides(catalogue, [])).toBe(catalogue);
	});

	it("replaces the price of a kind's model and keeps what is known of it", () => {
		const changed = withOverrides(catalogue, [override({})]);
		expect(changed.find("openai", "small")).toEqual({
			price,
			traits: { purpose: "chat", capabilities: [] },
		});
		expect(changed.list()).toMatchObject([{ kind: "openai", model: "small", price }]);
		expect(catalogue.find("openai", "small")?.price?.inputMicroUsd).toBe(1_000_000);
	});

	it("prefers a provider's own price, and keeps it to that provider", () => {
		const own = { inputMicroUsd: 1, outputMicroUsd: 1 };
		const changed = withOverrides(catalogue, [
			override({}),
			override({ scope: "provider", place: "ours", price: own }),
		]);
		expect(changed.find("openai", "small", "ours")?.price).toEqual(own);
		expect(changed.find("openai", "small", "other")?.price).toEqual(price);
		expect(changed.find("openai", "small")?.price).toEqual(price);
	});

	it("gives a price to a model that nobody lists", () => {
		const changed = withOverrides(catalogue, [override({ model: "unheard-of" })]);
		expect(changed.find("openai", "unheard-of")).toEqual({ price, traits: undefined });
		expect(changed.list().map(({ model }) => model)).toEqual(["small", "unheard-of"]);
	});

	it("says in its version since when", () => {
		const later = override({ model: "b", since: "2026-03-01T00:00:00.000Z" });
		expect(withOverrides(catalogue, [later, override({})]).version).toBe(
			"2026-01-02+2026-03-01T00:00:00.000Z",
		);
	});
});
