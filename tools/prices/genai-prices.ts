import * as z from "zod";
import type { Entry, EntryPrice, EntryRates } from "./catalogue-entry.ts";
import { known, tidy } from "./catalogue-entry.ts";

const tiered = z.object({
	base: z.number(),
	tiers: z.array(z.object({ start: z.number(), price: z.number() })),
});
const pricesSchema = z.record(z.string(), z.union([z.number(), tiered]));
type Prices = z.infer<typeof pricesSchema>;
const conditional = z.object({
	constraint: z
		.object({ start_date: z.string().optional(), start_time: z.string().optional() })
		.optional(),
	prices: pricesSchema,
});
const matchSchema = z.looseObject({
	equals: z.string().optional(),
	or: z.array(z.looseObject({ equals: z.string().optional() })).optional(),
});
const modelSchema = z.object({
	id: z.string(),
	match: matchSchema,
	prices: z.union([z.array(conditional), pricesSchema]),
});
const dataSchema = z.array(z.object({ id: z.string(), models: z.array(modelSchema) }));

const kinds: Readonly<Record<string, string>> = {
	openai: "openai",
	anthropic: "anthropic",
	google: "gemini",
	groq: "groq",
	together: "together",
	mistral: "mistral",
	deepseek: "deepseek",
	"x-ai": "xai",
	cerebras: "cerebras",
	cohere: "cohere",
	cloudflare: "cloudflare",
	novita: "novita",
	openrouter: "openrouter",
};
const routed = "huggingface_";
/** Answers within a day at half the price are another product; `~` names change what they stand for. */
const otherProduct = /:batch$|^claude.*@|^~/;
const withoutAnswer = /embed|rerank|whisper|moderation|bge-|gte-|\be5-/i;

/**
 * Reads the `data.json` of pydantic/genai-prices as of a day (ISO). Only names that it spells out are
 * taken, not its patterns. Throws a `ZodError` when it is something else.
 */
export function readGenaiPrices(json: unknown, day: string): readonly Entry[] {
	return dataSchema.parse(json).flatMap(({ id, models }) =>
		models.flatMap((model): Entry[] => {
			const kind = id.startsWith(routed) ? "huggingface" : kinds[id];
			if (kind === undefined || (kind === "gemini" && model.id.includes("claude"))) return [];
			const suffix = id.startsWith(routed) ? `:${id.slice(routed.length)}` : "";
			const price = entryPrice(model.id, currentPrices(model.prices, day));
			if (price === undefined) return [];
			return namesOf(model)
				.filter((name) => !otherProduct.test(name))
				.map((name) => ({ kind, model: `${name}${suffix}`, price }));
		}),
	);
}

function namesOf({ id, match }: z.infer<typeof modelSchema>): readonly string[] {
	const spelled = [match.equals, ...(match.or ?? []).map((clause) => clause.equals)];
	return [...new Set([id, ...spelled.filter((name) => name !== undefined)])];
}

/** The last one that has begun; where it depends on the hour, the dearest. */
function currentPrices(prices: z.infer<typeof modelSchema>["prices"], day: string): Prices {
	if (!Array.isArray(prices)) return prices;
	const begun = prices.filter(({ constraint }) => (constraint?.start_date ?? day) <= day);
	const hourly = begun.filter(({ constraint }) => constraint?.start_time !== undefined);
	const last = begun.findLast(({ constraint }) => constraint?.start_time === undefined);
	const candidates = [...hourly, ...(last === undefined ? [] : [last])].map((one) => one.prices);
	return candidates.toSorted((a, b) => base(b["output_mtok"]) - base(a["output_mtok"]))[0] ?? {};
}

function base(rate: Prices[string] | undefined): number {
	return typeof rate === "object" ? rate.base : (rate ?? 0);
}

function entryPrice(model: string, prices: Prices): EntryPrice | undefined {
	if (model.endsWith(":free")) return { input: 0, output: 0 };
	const characters = flat(prices["input_mchars"]);
	const hours = flat(prices["audio_hours"] ?? prices["input_audio_hours"]);
	const rates = ratesAt(prices, 0);
	const isWhole =
		(rates.input !== undefined && (rates.output !== undefined || withoutAnswer.test(model))) ||
		characters !== undefined ||
		hours !== undefined;
	if (!isWhole) return undefined;
	const requests = flat(prices["requests_kcount"]);
	const start = Object.values(prices)
		.flatMap((rate) => (typeof rate === "object" ? rate.tiers.map((tier) => tier.start) : []))
		.toSorted((a, b) => a - b)[0];
	return known({
		...rates,
		input: rates.input ?? 0,
		output: rates.output ?? 0,
		characters,
		audioMinute: hours === undefined ? undefined : tidy(hours / 60),
		searches: flat(prices["web_searches_kcount"]),
		request: requests === undefined ? undefined : tidy(requests / 1000),
		above: start === undefined ? undefined : { inputTokens: start, ...ratesAt(prices, start) },
	}) as EntryPrice;
}

function flat(rate: Prices[string] | undefined): number | undefined {
	return rate === undefined ? undefined : base(rate);
}

function ratesAt(prices: Prices, start: number): EntryRates {
	const at = (field: string) => {
		const rate = prices[field];
		if (typeof rate !== "object") return rate;
		return rate.tiers.findLast((tier) => tier.start <= start && start > 0)?.price ?? rate.base;
	};
	return known({
		input: at("input_mtok"),
		output: at("output_mtok"),
		cachedInput: at("cache_read_mtok"),
		cacheWrite: at("cache_write_mtok"),
		longCacheWrite: at("cache_write_1h_mtok"),
		reasoning: at("output_reasoning_mtok"),
		inputAudio: at("input_audio_mtok"),
		outputAudio: at("output_audio_mtok"),
		inputImage: at("input_image_mtok"),
		outputImage: at("output_image_mtok"),
	}) as EntryRates;
}
