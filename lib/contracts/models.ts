import * as z from "zod";
import { defineEndpoint } from "./endpoint.ts";
import { priceSchema, priceScopes, traitsSchema } from "./prices.ts";
import { nothing } from "./shapes.ts";

export const modelSchema = z
	.strictObject({
		/** `provider/model`, as callers name it. */
		id: z.string(),
		provider: z.string(),
		providerTitle: z.string(),
		kind: z.string(),
		model: z.string(),
		/** Null when nobody knows a price: what such requests cost is recorded as unknown. */
		price: priceSchema.nullable(),
		/** Whose price takes the place of the list's, if one does. */
		override: z.enum(priceScopes).nullable(),
		traits: traitsSchema.nullable(),
		/** How many keys may use it, and of how many teams; null for who may not see keys. */
		callers: z.strictObject({ keys: z.int(), teams: z.int() }).nullable(),
	})
	.meta({ id: "Model" });
export type Model = z.infer<typeof modelSchema>;

export const listModels = defineEndpoint({
	method: "GET",
	path: "/api/v1/models",
	access: "registry:read",
	summary: "Models of all enabled providers: price, traits, and how many keys may use them",
	query: nothing,
	body: nothing,
	answer: z.strictObject({ items: z.array(modelSchema), priceVersion: z.string() }),
});

export const modelCaller = z.strictObject({
	id: z.string(),
	name: z.string(),
	team: z.string().nullable(),
	/** The pattern that lets it; null: it may use every model. */
	pattern: z.string().nullable(),
});
export type ModelCaller = z.infer<typeof modelCaller>;

export const listModelCallers = defineEndpoint({
	method: "GET",
	path: "/api/v1/models/callers",
	access: "keys:own",
	summary: "Which keys may use a model; without `keys:manage` one's own only",
	query: z.strictObject({ model: z.string().min(1).max(300) }),
	body: nothing,
	answer: z.strictObject({ items: z.array(modelCaller) }),
});
