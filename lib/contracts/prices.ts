import * as z from "zod";
import {
	modalities,
	modelCapabilities,
	modelPurposes,
} from "../../proxy-core/contract/model-traits.ts";
import { defineEndpoint } from "./endpoint.ts";
import { instant, nothing, page } from "./shapes.ts";

/** A million dollars for a million tokens: nobody asks more, and a slip of the keyboard shows. */
const microUsd = z.int().min(0).max(1_000_000_000_000);

const tokenRates = {
	inputMicroUsd: microUsd,
	outputMicroUsd: microUsd,
	cachedInputMicroUsd: microUsd.optional(),
	cacheWriteMicroUsd: microUsd.optional(),
	longCacheWriteMicroUsd: microUsd.optional(),
	reasoningMicroUsd: microUsd.optional(),
	inputAudioMicroUsd: microUsd.optional(),
	outputAudioMicroUsd: microUsd.optional(),
	inputImageMicroUsd: microUsd.optional(),
	outputImageMicroUsd: microUsd.optional(),
};
const rates = {
	...tokenRates,
	imageMicroUsd: microUsd.optional(),
	imageVariants: z.record(z.string().max(80), microUsd).optional(),
	audioMinuteMicroUsd: microUsd.optional(),
	charactersMicroUsd: microUsd.optional(),
	searchesMicroUsd: microUsd.optional(),
	requestMicroUsd: microUsd.optional(),
};

/** Micro-dollars: per million tokens or characters, per image, per minute, per thousand searches, per request. */
export const priceSchema = z
	.strictObject({
		...rates,
		/** Rates that hold for the whole request above so many tokens of input. */
		longContext: z
			.strictObject({ aboveInputTokens: z.int().min(1), rates: z.strictObject(rates) })
			.optional(),
	})
	.meta({ id: "Price" });
export type ModelPrice = z.infer<typeof priceSchema>;
export type RateName = Exclude<keyof typeof rates, "imageVariants">;

export const traitsSchema = z
	.strictObject({
		purpose: z.enum(modelPurposes),
		contextTokens: z.int().optional(),
		outputTokensMax: z.int().optional(),
		inputs: z.array(z.enum(modalities)).optional(),
		outputs: z.array(z.enum(modalities)).optional(),
		capabilities: z.array(z.enum(modelCapabilities)),
		retiresOn: z.iso.date().optional(),
	})
	.meta({ id: "ModelTraits" });
export type Traits = z.infer<typeof traitsSchema>;

export const priceScopes = ["provider", "kind"] as const;
export type PriceScope = (typeof priceScopes)[number];

/** Whose price it is: one configured provider's, or that of every provider of a kind. */
const placeFields = {
	scope: z.enum(priceScopes),
	/** Id of the provider or of the kind. */
	place: z.string().min(1).max(64),
	/** The upstream's own name of the model, exactly. */
	model: z.string().trim().min(1).max(200),
};
export const pricePlace = z.strictObject(placeFields);
export type PricePlace = z.infer<typeof pricePlace>;

export const priceOverrideSchema = z
	.strictObject({
		id: z.string(),
		...placeFields,
		/** Null: another version wrote it and this one cannot read it. */
		price: priceSchema.nullable(),
		note: z.string(),
		changedBy: z.string(),
		createdAt: instant,
		/** Null: in force. */
		revokedAt: instant.nullable(),
		revokedBy: z.string().nullable(),
	})
	.meta({ id: "PriceOverride" });
export type PriceOverrideInfo = z.infer<typeof priceOverrideSchema>;

export const listedModel = z
	.strictObject({
		kind: z.string(),
		kindTitle: z.string(),
		model: z.string(),
		/** Null: no source names one. */
		price: priceSchema.nullable(),
		traits: traitsSchema.nullable(),
		isOverridden: z.boolean(),
	})
	.meta({ id: "ListedModel" });
export type ListedModelInfo = z.infer<typeof listedModel>;

export const listPrices = defineEndpoint({
	method: "GET",
	path: "/api/v1/prices",
	access: "registry:read",
	summary: "The whole price and model catalogue, in the order of names",
	query: z.strictObject({
		search: z.string().trim().max(200).optional(),
		kind: z.string().max(64).optional(),
		purpose: z.enum(modelPurposes).optional(),
		cursor: z.string().max(400).optional(),
		limit: z.coerce.number().int().min(1).max(200).default(50),
	}),
	body: nothing,
	answer: page(listedModel).extend({
		version: z.string(),
		/** How many fit the filters. */
		total: z.int(),
		/** Kinds that the catalogue knows, whatever the filters. */
		kinds: z.array(z.strictObject({ id: z.string(), title: z.string() })),
	}),
});

export const getPriceHistory = defineEndpoint({
	method: "GET",
	path: "/api/v1/prices/history",
	access: "registry:read",
	summary: "What a model costs by the list, and every override it ever had, newest first",
	query: pricePlace,
	body: nothing,
	answer: z.strictObject({
		/** Without overrides; null when no source names a price. */
		listed: priceSchema.nullable(),
		sources: z.array(z.string()),
		items: z.array(priceOverrideSchema),
	}),
});

export const setPrice = defineEndpoint({
	method: "PUT",
	path: "/api/v1/prices",
	access: "registry:write",
	summary: "Override a model's price, from the next request on",
	query: nothing,
	body: pricePlace.extend({
		price: priceSchema,
		note: z
			.string()
			.trim()
			.max(300)
			.default("")
			.meta({ title: "Note", description: "Where this price comes from." }),
	}),
	answer: priceOverrideSchema,
});

export const revertPrice = defineEndpoint({
	method: "POST",
	path: "/api/v1/prices/revert",
	access: "registry:write",
	summary: "Go back to the list's price",
	query: nothing,
	body: pricePlace,
	answer: priceOverrideSchema,
});
