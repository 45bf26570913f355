import { readFileSync } from "node:fs";
import * as z from "zod";
import type { Price } from "../snapshot.ts";

/** A price that rises for the whole request when the prompt is long. */
export interface ListPrice extends Price {
	readonly longContext?: { readonly aboveInputTokens: number; readonly price: Price };
}

export interface PriceCatalogue {
	/** The day on which the prices were looked up. */
	readonly version: string;
	/**
	 * By kind of provider and the upstream's own name of the model; a dated snapshot costs what its
	 * model costs unless it is listed itself. Undefined: nobody knows, so nothing may be assumed.
	 */
	readonly find: (kind: string, model: string) => ListPrice | undefined;
}

const dollars = z.number().min(0).max(10_000);
const rates = {
	input: dollars,
	output: dollars,
	cachedInput: dollars.optional(),
	cacheWrite: dollars.optional(),
	reasoning: dollars.optional(),
};
const ratesSchema = z.strictObject(rates);
const priceSchema = z.strictObject({
	...rates,
	above: z.strictObject({ inputTokens: z.int().min(1), ...rates }).optional(),
});

/** `prices.json`: US dollars per million tokens, as vendors print them, with the page they were read from. */
export const priceDataSchema = z.strictObject({
	version: z.iso.date(),
	unit: z.literal("US dollars per million tokens"),
	note: z.string(),
	kinds: z.record(
		z.string(),
		/** The model `*` stands for every model of the kind. */
		z.strictObject({ source: z.string(), models: z.record(z.string(), priceSchema) }),
	),
});
export type PriceData = z.infer<typeof priceDataSchema>;

/** The prices this version came with. Throws when the file was edited into nonsense. */
export function readShippedPrices(): PriceData {
	const text = readFileSync(new URL("prices.json", import.meta.url), "utf8");
	return priceDataSchema.parse(JSON.parse(text));
}

export function createPriceCatalogue(data: PriceData): PriceCatalogue {
	const kinds = new Map(
		Object.entries(data.kinds).map(([kind, { models }]) => [
			kind,
			new Map(Object.entries(models).map(([model, price]) => [model, toListPrice(price)])),
		]),
	);
	return {
		version: data.version,
		find: (kind, model) => {
			const models = kinds.get(kind);
			return models?.get(model) ?? models?.get(withoutDate(model)) ?? models?.get("*");
		},
	};
}

/** `gpt-4o-2024-08-06` and `claude-haiku-4-5-20251001` are snapshots of the model before the date. */
function withoutDate(model: string): string {
	return model.replace(/-(20\d{2}-\d{2}-\d{2}|20\d{6})$/, "");
}

function toListPrice({ above, ...base }: z.infer<typeof priceSchema>): ListPrice {
	if (above === undefined) return toPrice(base);
	const { inputTokens, ...rest } = above;
	return {
		...toPrice(base),
		longContext: { aboveInputTokens: inputTokens, price: toPrice(rest) },
	};
}

function toPrice(price: z.infer<typeof ratesSchema>): Price {
	const { input, output, cachedInput, cacheWrite, reasoning } = price;
	return {
		inputMicroUsd: micro(input),
		outputMicroUsd: micro(output),
		...(cachedInput === undefined ? {} : { cachedInputMicroUsd: micro(cachedInput) }),
		...(cacheWrite === undefined ? {} : { cacheWriteMicroUsd: micro(cacheWrite) }),
		...(reasoning === undefined ? {} : { reasoningMicroUsd: micro(reasoning) }),
	};
}

function micro(value: number): number {
	return Math.round(value * 1_000_000);
}
