import { describe, expect, it } from "vitest";
import { readGenaiPrices } from "./genai-prices.ts";

const read = (id: string, ...models: object[]) =>
	readGenaiPrices(
		[
			{
				id,
				models: models.map((model, index) => ({
					id: `m${index}`,
					match: { equals: `m${index}` },
					...model,
				})),
			},
		],
		"2026-06-15",
	);

describe("readGenaiPrices", () => {
	it("takes the price that has begun, and the dearer one where it depends on the hour", () => {
		const [dated, hourly] = read(
			"openai",
			{
				prices: [
					{ prices: { input_mtok: 1, output_mtok: 2 } },
					{ constraint: { start_date: "2026-06-01" }, prices: { input_mtok: 3, output_mtok: 4 } },
					{ constraint: { start_date: "2026-07-01" }, prices: { input_mtok: 5, output_mtok: 6 } },
				],
			},
			{
				prices: [
					{ prices: { input_mtok: 1, output_mtok: 2 } },
					{ constraint: { start_time: "00:30:00Z" }, prices: { input_mtok: 2, output_mtok: 9 } },
				],
			},
		);
		expect(dated?.price).toMatchObject({ input: 3, output: 4 });
		expect(hourly?.price).toMatchObject({ input: 2, output: 9 });
	});

	it("reads tiers by the length of the prompt", () => {
		const tiers = (base: number, price: number) => ({ base, tiers: [{ start: 1000, price }] });
		const [entry] = read("x-ai", {
			prices: { input_mtok: tiers(1, 2), output_mtok: tiers(3, 4), cache_read_mtok: 0.5 },
		});
		expect(entry).toMatchObject({
			kind: "xai",
			price: {
				input: 1,
				output: 3,
				above: { inputTokens: 1000, input: 2, output: 4, cachedInput: 0.5 },
			},
		});
	});

	it("leaves out what has no rate for answers, and takes what is called free", () => {
		expect(read("groq", { prices: { input_mtok: 1 } })).toEqual([]);
		expect(read("groq", { id: "embed-1", prices: { input_mtok: 1 } })).toHaveLength(2);
		const free = { id: "a/b:free", match: { equals: "a/b:free" }, prices: {} };
		expect(read("openrouter", free)[0]?.price).toEqual({ input: 0, output: 0 });
	});

	it("takes names that are spelled out, with the provider that a router is told", () => {
		const match = { or: [{ equals: "org/model" }, { starts_with: "org/mod" }] };
		const prices = { input_mtok: 1, output_mtok: 1 };
		const entries = read("huggingface_novita", { id: "Org/Model", match, prices });
		expect(entries.map(({ kind, model }) => `${kind} ${model}`)).toEqual([
			"huggingface Org/Model:novita",
			"huggingface org/model:novita",
		]);
		expect(read("openrouter", { id: "x:batch", match: {}, prices })).toEqual([]);
		expect(read("a provider we do not have", { prices })).toEqual([]);
	});
});
