import * as z from "zod";
import { modalities, modelCapabilities, modelPurposes } from "../contract/model-traits.ts";

const dollars = z.number().min(0).max(100_000);
const rates = {
	input: dollars,
	output: dollars,
	cachedInput: dollars.optional(),
	cacheWrite: dollars.optional(),
	longCacheWrite: dollars.optional(),
	reasoning: dollars.optional(),
	inputAudio: dollars.optional(),
	outputAudio: dollars.optional(),
	inputImage: dollars.optional(),
	outputImage: dollars.optional(),
};

/**
 * US dollars as vendors print them: tokens and `characters` per million, `image` and `images` each,
 * `audioMinute` per minute, `searches` per thousand, `request` each.
 */
const priceSchema = z.strictObject({
	...rates,
	image: dollars.optional(),
	/** By `quality/1024x1024` or `1024x1024`. */
	images: z.record(z.string(), dollars).optional(),
	audioMinute: dollars.optional(),
	characters: dollars.optional(),
	searches: dollars.optional(),
	request: dollars.optional(),
	/** Replaces the rates of tokens for the whole request above so many tokens of input. */
	above: z.strictObject({ inputTokens: z.int().min(1), ...rates }).optional(),
});
export type PriceFacts = z.infer<typeof priceSchema>;

const traitsSchema = z.strictObject({
	purpose: z.enum(modelPurposes),
	context: z.int().min(1).optional(),
	output: z.int().min(1).optional(),
	inputs: z.array(z.enum(modalities)).optional(),
	outputs: z.array(z.enum(modalities)).optional(),
	capabilities: z.array(z.enum(modelCapabilities)),
	retires: z.iso.date().optional(),
});
export type TraitFacts = z.infer<typeof traitsSchema>;

export const modelSchema = z.strictObject({
	/** Absent: no source names one. */
	price: priceSchema.optional(),
	traits: traitsSchema.optional(),
});
export type ModelFacts = z.infer<typeof modelSchema>;

/** One file of `catalogue/`: everything that is known of the models of one kind of provider. */
export const kindCatalogueSchema = z.strictObject({
	kind: z.string(),
	/** The day on which it was put together. */
	version: z.iso.date(),
	/** The vendor's own pages that the figures come from. */
	sources: z.array(z.string()).min(1),
	notes: z.array(z.string()),
	/** The model `*` stands for every model of the kind that is not listed. */
	models: z.record(z.string(), modelSchema),
});
export type KindCatalogue = z.infer<typeof kindCatalogueSchema>;
