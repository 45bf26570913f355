import * as z from "zod";
import type {
	Modality,
	ModelCapability,
	ModelPurpose,
} from "../../proxy-core/contract/model-traits.ts";
import { modalities } from "../../proxy-core/contract/model-traits.ts";
import type { Entry, EntryPrice, EntryRates, EntryTraits } from "./catalogue-entry.ts";
import { known, tidy } from "./catalogue-entry.ts";
import { placeOf } from "./litellm-names.ts";

const tableSchema = z.record(z.string(), z.record(z.string(), z.unknown()));
type Row = Readonly<Record<string, unknown>>;

const purposes: Readonly<Record<string, ModelPurpose>> = {
	chat: "chat",
	responses: "chat",
	completion: "completion",
	embedding: "embedding",
	image_generation: "image",
	image_edit: "image",
	audio_speech: "speech",
	audio_transcription: "transcription",
	rerank: "rerank",
	moderation: "moderation",
};

/** Reads LiteLLM's `model_prices_and_context_window.json`. Throws a `ZodError` when it is something else. */
export function readLiteLlm(json: unknown): readonly Entry[] {
	const table = tableSchema.parse(json);
	const variants = new Map<string, Record<string, number>>();
	const entries: Entry[] = [];
	for (const [name, row] of Object.entries(table)) {
		const purpose = purposes[String(row["mode"])];
		const place = placeOf(String(row["litellm_provider"]), name);
		if (purpose === undefined || place === undefined) continue;
		const { kind, model, variant } = place;
		if (variant !== undefined) {
			const cost = imageCost(row, variant);
			if (cost === undefined) continue;
			const group = variants.get(`${kind} ${model}`) ?? {};
			variants.set(`${kind} ${model}`, { ...group, [variant]: cost });
			continue;
		}
		const price = priceOf(row, { kind, purpose });
		entries.push({
			kind,
			model,
			traits: traitsOf(row, purpose),
			...(price === undefined ? {} : { price }),
		});
	}
	return withVariants(entries, variants);
}

/** A model that is listed by size and quality only gets an entry of its own. */
function withVariants(
	entries: readonly Entry[],
	variants: ReadonlyMap<string, Record<string, number>>,
): readonly Entry[] {
	const missing = new Map(variants);
	const priced = entries.map((entry) => {
		const images = missing.get(`${entry.kind} ${entry.model}`);
		if (images === undefined) return entry;
		missing.delete(`${entry.kind} ${entry.model}`);
		return { ...entry, price: { ...entry.price, ...imagesOf(images) } };
	});
	const alone = [...missing].map(([place, images]): Entry => {
		const [kind = "", model = ""] = place.split(" ");
		const traits: EntryTraits = { purpose: "image", outputs: ["image"], capabilities: [] };
		return { kind, model, price: { input: 0, output: 0, ...imagesOf(images) }, traits };
	});
	return [...priced, ...alone];
}

function imagesOf(images: Record<string, number>): EntryPrice {
	return { image: Math.max(...Object.values(images)), images };
}

function imageCost(row: Row, variant: string): number | undefined {
	const each = dollars(row, "output_cost_per_image") ?? dollars(row, "input_cost_per_image");
	if (each !== undefined && each > 0) return tidy(each);
	const pixel = dollars(row, "output_cost_per_pixel") || dollars(row, "input_cost_per_pixel");
	const [width = 0, height = 0] = (variant.split("/").at(-1) ?? "").split("x").map(Number);
	return pixel === undefined || pixel === 0
		? undefined
		: Math.round(pixel * width * height * 1e6) / 1e6;
}

interface Sold {
	readonly kind: string;
	readonly purpose: ModelPurpose;
}

function priceOf(row: Row, { kind, purpose }: Sold): EntryPrice | undefined {
	const threshold = Object.keys(row)
		.map((field) => /^input_cost_per_token_above_(\d+)k_tokens$/.exec(field)?.[1])
		.find((thousands) => thousands !== undefined);
	const price: EntryPrice = known({
		...ratesOf(row, ""),
		...piecesOf(row, { kind, purpose }),
		above:
			threshold === undefined
				? undefined
				: known({
						inputTokens: Number(threshold) * 1000,
						...ratesOf(row, `_above_${threshold}k_tokens`),
					}),
	}) as EntryPrice;
	// A zero in this table is as often "nobody looked it up" as "free".
	const isFree = purpose === "moderation" && kind === "openai";
	if (!isFree && !hasRate(price)) return undefined;
	if (!isComplete(price, purpose)) return undefined;
	return { ...price, input: price.input ?? 0, output: plainOutput(price, purpose) };
}

/** What a model draws or speaks is its output, also where an answer counts it without saying so. */
function plainOutput({ output = 0, outputImage, outputAudio }: EntryPrice, purpose: ModelPurpose) {
	if (purpose === "speech") return Math.max(output, outputAudio ?? 0);
	return purpose === "image" && output === 0 ? (outputImage ?? 0) : output;
}

function ratesOf(row: Row, suffix: string): EntryRates {
	const rate = (field: string) => {
		const value = dollars(row, `${field}${suffix}`);
		return value === undefined ? undefined : tidy(value * 1e6);
	};
	const long =
		rate("cache_creation_input_token_cost_above_1hr") ??
		rate("cache_creation_input_token_cost_above_12hr");
	return known({
		input: rate("input_cost_per_token"),
		output: rate("output_cost_per_token"),
		cachedInput: rate("cache_read_input_token_cost"),
		cacheWrite: rate("cache_creation_input_token_cost"),
		longCacheWrite: long,
		reasoning: rate("output_cost_per_reasoning_token"),
		inputAudio: rate("input_cost_per_audio_token"),
		outputAudio: rate("output_cost_per_audio_token"),
		inputImage: rate("input_cost_per_image_token"),
		outputImage: rate("output_cost_per_image_token"),
	}) as EntryRates;
}

function piecesOf(row: Row, { kind, purpose }: Sold): Partial<EntryPrice> {
	const search = searchCost(row);
	const perQuery = dollars(row, "input_cost_per_query");
	const perSecond = Math.max(
		dollars(row, "input_cost_per_second") ?? 0,
		dollars(row, "output_cost_per_second") ?? 0,
	);
	const isSound = purpose === "speech" || purpose === "transcription";
	const characters = dollars(row, "input_cost_per_character");
	const image =
		dollars(row, "output_cost_per_image") ??
		(purpose === "image" || purpose === "embedding"
			? dollars(row, "input_cost_per_image")
			: undefined);
	return {
		...(image === undefined || image === 0 ? {} : { image: tidy(image) }),
		...(isSound && perSecond > 0 ? { audioMinute: tidy(Math.round(perSecond * 6e7) / 1e6) } : {}),
		...(characters === undefined ? {} : { characters: tidy(characters * 1e6) }),
		...(kind === "perplexity" && search !== undefined ? { request: search } : {}),
		...(kind !== "perplexity" && search !== undefined ? { searches: tidy(search * 1000) } : {}),
		...(purpose === "rerank" ? { searches: tidy((perQuery ?? 0) * 1000) } : {}),
	};
}

/** Where it depends on how much is searched, the dearest. */
function searchCost(row: Row): number | undefined {
	const costs = row["search_context_cost_per_query"];
	if (typeof costs !== "object" || costs === null) return undefined;
	const values = Object.values(costs).filter((value) => typeof value === "number");
	return values.length === 0 ? undefined : Math.max(...values);
}

function hasRate({ above: _above, images: _images, ...rates }: EntryPrice): boolean {
	return Object.values(rates).some((rate) => typeof rate === "number" && rate > 0);
}

/** What a purpose cannot do without: a chat model whose answers have no rate would seem free. */
function isComplete(price: EntryPrice, purpose: ModelPurpose): boolean {
	const { input = 0, output = 0 } = price;
	switch (purpose) {
		case "chat":
		case "completion":
			return input + (price.inputAudio ?? 0) > 0 && output + (price.outputAudio ?? 0) > 0;
		case "embedding":
			return input > 0;
		case "image":
			return (price.image ?? 0) > 0 || (price.outputImage ?? 0) > 0;
		case "speech":
			return (price.characters ?? 0) + (price.audioMinute ?? 0) + (price.outputAudio ?? 0) > 0;
		case "transcription":
			return (price.audioMinute ?? 0) > 0 || (input > 0 && output > 0);
		case "rerank":
			return (price.searches ?? 0) > 0 || input > 0;
		case "moderation":
			return true;
	}
}

function traitsOf(row: Row, purpose: ModelPurpose): EntryTraits {
	const says = (field: string) => row[`supports_${field}`] === true;
	const inputs = modalitiesOf(row["supported_modalities"]);
	const hears = says("audio_input") || says("audio_output");
	const capabilities: readonly (readonly [ModelCapability, boolean])[] = [
		["tools", says("function_calling")],
		["vision", says("vision") || says("image_input")],
		["audio", hears],
		["json-schema", says("response_schema")],
		["reasoning", says("reasoning")],
		["prompt-caching", says("prompt_caching")],
	];
	const retires = z.iso.date().safeParse(row["deprecation_date"]);
	return known({
		purpose,
		context: positive(row["max_input_tokens"]),
		output: purpose === "embedding" ? undefined : positive(row["max_output_tokens"]),
		inputs,
		outputs: modalitiesOf(row["supported_output_modalities"]),
		capabilities: capabilities.filter(([, has]) => has).map(([name]) => name),
		retires: retires.data,
	}) as EntryTraits;
}

function modalitiesOf(value: unknown): Modality[] | undefined {
	if (!Array.isArray(value)) return undefined;
	const found = modalities.filter((modality) => value.includes(modality));
	return found.length === 0 ? undefined : found;
}

function positive(value: unknown): number | undefined {
	return typeof value === "number" && value > 0 ? Math.floor(value) : undefined;
}

function dollars(row: Row, field: string): number | undefined {
	const value = row[field];
	return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}
