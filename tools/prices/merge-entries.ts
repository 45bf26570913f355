import type { Entry, EntryPrice, EntryTraits } from "./catalogue-entry.ts";

export interface MergedModel {
	price?: EntryPrice;
	traits?: EntryTraits;
}

/** By kind, then by model. */
export type Merged = Map<string, Map<string, MergedModel>>;

/** Of each model the price and the traits that come first; sources are given in order of trust. */
export function mergeEntries(sources: readonly (readonly Entry[])[]): Merged {
	const merged: Merged = new Map();
	for (const { kind, model, price, traits } of sources.flat()) {
		const models = merged.get(kind) ?? new Map<string, MergedModel>();
		merged.set(kind, models);
		const before = models.get(model) ?? {};
		models.set(model, {
			...(price === undefined ? {} : { price }),
			...(traits === undefined ? {} : { traits }),
			...before,
		});
	}
	return merged;
}

/**
 * Hugging Face's router takes `model:provider`, and chooses the provider itself for a bare name. The
 * dearest of them is then what a request may cost.
 */
export function addRoutedNames(merged: Merged): void {
	const models = merged.get("huggingface");
	if (models === undefined) return;
	const routed = Map.groupBy(
		[...models].filter(([, { price }]) => price !== undefined),
		([name]) => name.replace(/:[^:/]+$/, ""),
	);
	for (const [bare, offers] of routed) {
		const prices = offers.map(([, { price }]) => price as EntryPrice);
		const dearest = prices.toSorted((a, b) => weight(b) - weight(a))[0];
		const { traits } = models.get(bare) ?? {};
		if (dearest !== undefined) models.set(bare, { ...models.get(bare), price: dearest });
		if (traits === undefined) continue;
		for (const [name, offer] of offers) models.set(name, { traits, ...offer });
	}
}

function weight({ input = 0, output = 0 }: EntryPrice): number {
	return input + output;
}

/** OpenRouter's and other resellers' names start with the vendor's; what the model can do is the same. */
export function borrowTraits(merged: Merged): void {
	const vendors: Readonly<Record<string, string>> = {
		openai: "openai",
		anthropic: "anthropic",
		google: "gemini",
		"x-ai": "xai",
		mistralai: "mistral",
		deepseek: "deepseek",
		perplexity: "perplexity",
		cohere: "cohere",
	};
	for (const [name, model] of merged.get("openrouter") ?? []) {
		if (model.traits !== undefined) continue;
		const [vendor = "", own = ""] = name.replace(/:[^:]+$/, "").split("/");
		const kind = vendors[vendor];
		if (kind === undefined) continue;
		const spelling = vendor === "anthropic" ? own.replaceAll(".", "-") : own;
		const traits = merged.get(kind)?.get(spelling)?.traits;
		if (traits !== undefined) model.traits = traits;
	}
}
