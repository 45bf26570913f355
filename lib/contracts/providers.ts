import * as z from "zod";
import { defineEndpoint } from "./endpoint.ts";
import { instant, nothing } from "./shapes.ts";

/** A kind of provider that can be configured, with the JSON Schema of its form. */
export const providerKind = z
	.strictObject({
		id: z.string(),
		title: z.string(),
		credentialsUrl: z.string().nullable(),
		suggestedModels: z.array(z.string()),
		/** JSON Schema (draft 2020-12) with `ui` hints; secret fields are write-only. */
		settings: z.record(z.string(), z.unknown()),
	})
	.meta({ id: "ProviderKind" });
export type ProviderKind = z.infer<typeof providerKind>;

export const providerHealth = z.strictObject({
	/** Over the last 15 minutes of real traffic; null without any. */
	errorRate: z.number().nullable(),
	latencyMsP50: z.number().nullable(),
	requests: z.int(),
	check: z
		.strictObject({
			status: z.enum(["ok", "failed"]),
			message: z.string(),
			latencyMs: z.int(),
			at: instant,
		})
		.nullable(),
});

export const providerSchema = z
	.strictObject({
		id: z.string(),
		kind: z.string(),
		kindTitle: z.string(),
		title: z.string(),
		/** Without secrets. */
		settings: z.record(z.string(), z.unknown()),
		/** Names of the secret settings that have a value. */
		secretsSet: z.array(z.string()),
		models: z.array(z.string()),
		/** Models without a price in the catalogue: their cost is recorded as unknown. */
		unpricedModels: z.array(z.string()),
		origin: z.enum(["console", "environment", "built-in"]),
		isEnabled: z.boolean(),
		health: providerHealth,
		createdAt: instant,
		updatedAt: instant,
	})
	.meta({ id: "Provider" });
export type Provider = z.infer<typeof providerSchema>;

export const providerInput = z
	.strictObject({
		kind: z.string().min(1).max(64),
		title: z.string().trim().min(1).max(80).meta({ title: "Title" }),
		/** Secrets left out keep their stored value on update. */
		settings: z.record(z.string(), z.unknown()),
		models: z
			.array(z.string().trim().min(1).max(200))
			.max(1000)
			.meta({ title: "Models", ui: { control: "list" } }),
		isEnabled: z.boolean().default(true),
	})
	.meta({ id: "ProviderInput" });

export const slug = z
	.string()
	.min(1)
	.max(40)
	.regex(/^[a-z0-9][a-z0-9-]*$/, "Lower-case letters, digits and hyphens");

export const listProviderKinds = defineEndpoint({
	method: "GET",
	path: "/api/v1/provider-kinds",
	access: "registry:read",
	summary: "List the kinds of provider that can be added",
	query: nothing,
	body: nothing,
	answer: z.strictObject({ items: z.array(providerKind) }),
});

export const listProviders = defineEndpoint({
	method: "GET",
	path: "/api/v1/providers",
	access: "registry:read",
	summary: "List configured providers with their health",
	query: nothing,
	body: nothing,
	answer: z.strictObject({ items: z.array(providerSchema) }),
});

export const createProvider = defineEndpoint({
	method: "POST",
	path: "/api/v1/providers",
	access: "registry:write",
	summary: "Add a provider",
	query: nothing,
	body: providerInput.extend({
		id: slug.meta({ title: "Name", description: "The first part of provider/model." }),
	}),
	answer: providerSchema,
});

export const updateProvider = defineEndpoint({
	method: "PATCH",
	path: "/api/v1/providers/[id]",
	access: "registry:write",
	summary: "Change a provider",
	query: nothing,
	body: providerInput,
	answer: providerSchema,
});

export const deleteProvider = defineEndpoint({
	method: "DELETE",
	path: "/api/v1/providers/[id]",
	access: "registry:delete",
	summary: "Remove a provider",
	query: nothing,
	body: nothing,
	answer: nothing,
});

export const connectionReport = z.strictObject({
	ok: z.boolean(),
	message: z.string(),
	latencyMs: z.int(),
	models: z.array(z.string()),
});

/** Tests settings that were not saved yet; secrets left out are taken from the stored provider `id`, if given. */
export const testProvider = defineEndpoint({
	method: "POST",
	path: "/api/v1/providers/test",
	access: "registry:write",
	summary: "Ask a provider for its models with the given settings",
	query: nothing,
	body: z.strictObject({
		id: slug.optional(),
		kind: z.string(),
		settings: z.record(z.string(), z.unknown()),
	}),
	answer: connectionReport,
});

/** Probes a saved provider and remembers the result. */
export const checkProvider = defineEndpoint({
	method: "POST",
	path: "/api/v1/providers/[id]/check",
	access: "registry:write",
	summary: "Test the connection of a configured provider",
	query: nothing,
	body: nothing,
	answer: connectionReport,
});

/** A server that answered the scan. It is not added by that. */
export const foundServer = z.strictObject({
	kind: z.string(),
	kindTitle: z.string(),
	baseUrl: z.string(),
	models: z.array(z.string()),
	latencyMs: z.int(),
	/** Name of the provider that has this address already; null when none has. */
	configuredAs: z.string().nullable(),
	/** The address is outside what the operator allows; null when it can be added as it is. */
	blockedBy: z.string().nullable(),
});
export type FoundServer = z.output<typeof foundServer>;

/** Asks the usual ports of local model servers on this machine and on hosts that the operator allows. */
export const scanProviders = defineEndpoint({
	method: "POST",
	path: "/api/v1/providers/scan",
	access: "registry:write",
	summary: "Look for model servers on this machine; adds nothing",
	query: nothing,
	body: nothing,
	answer: z.strictObject({
		items: z.array(foundServer),
		/** Addresses that were asked, `host:port`. */
		asked: z.array(z.string()),
	}),
});
