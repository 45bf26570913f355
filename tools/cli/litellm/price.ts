import type { ModelPrice } from "../../../lib/contracts/prices.ts";
import { priceSchema } from "../../../lib/contracts/prices.ts";
import type { Fields } from "./config-file.ts";
import { numberOf } from "./values.ts";

/** LiteLLM's field, ours, and how many micro-dollars one of its dollars is. */
const rates = [
	["input_cost_per_token", "inputMicroUsd", 1e12],
	["output_cost_per_token", "outputMicroUsd", 1e12],
	["cache_read_input_token_cost", "cachedInputMicroUsd", 1e12],
	["cache_creation_input_token_cost", "cacheWriteMicroUsd", 1e12],
	["output_cost_per_reasoning_token", "reasoningMicroUsd", 1e12],
	["input_cost_per_audio_token", "inputAudioMicroUsd", 1e12],
	["output_cost_per_audio_token", "outputAudioMicroUsd", 1e12],
	["output_cost_per_image", "imageMicroUsd", 1e6],
	["input_cost_per_character", "charactersMicroUsd", 1e12],
	["input_cost_per_query", "searchesMicroUsd", 1e9],
] as const;
const known = new Set<string>(rates.map(([field]) => field));
const isCost = /_cost(_per_|$)|_cost_above_/;
const threshold = /^input_cost_per_token_above_(\d+)k_tokens$/;

export interface CustomPrice {
	readonly price: ModelPrice | undefined;
	/** Fields about costs that have no counterpart. */
	readonly ignored: readonly string[];
}

/** A price of the operator's own out of `model_info` or `litellm_params`. Undefined: there is none. */
export function customPrice(fields: Fields): CustomPrice {
	const thousands = Object.keys(fields)
		.map((field) => threshold.exec(field)?.[1])
		.find((found) => found !== undefined);
	const suffix = thousands === undefined ? undefined : `_above_${thousands}k_tokens`;
	const ignored = Object.keys(fields).filter(
		(field) =>
			isCost.test(field) &&
			!known.has(suffix === undefined ? field : field.replace(suffix, "")) &&
			numberOf(fields[field]) !== undefined,
	);
	const base = ratesOf(fields, "");
	if (Object.keys(base).length === 0) return { price: undefined, ignored };
	const plain = { inputMicroUsd: 0, outputMicroUsd: 0, ...base };
	const price = priceSchema.safeParse({
		...plain,
		...(suffix === undefined
			? {}
			: {
					longContext: {
						aboveInputTokens: Number(thousands) * 1000,
						rates: { ...plain, ...ratesOf(fields, suffix) },
					},
				}),
	});
	return { price: price.data, ignored };
}

function ratesOf(fields: Fields, suffix: string): Record<string, number> {
	return Object.fromEntries(
		rates.flatMap(([field, ours, factor]) => {
			const dollars = numberOf(fields[`${field}${suffix}`]);
			return dollars === undefined || dollars < 0 ? [] : [[ours, Math.round(dollars * factor)]];
		}),
	);
}
