import * as z from "zod";
import { endpointIds, modelEndpointIds } from "../../proxy-core/contract/settled-record.ts";
import { defineEndpoint } from "./endpoint.ts";
import { instant, nothing } from "./shapes.ts";

export const keyStatuses = ["active", "expired", "revoked"] as const;

export const keySchema = z
	.strictObject({
		id: z.string(),
		name: z.string(),
		/** How the token starts, for recognising it: `sk-llmproxy-<id>-`. */
		prefix: z.string(),
		origin: z.enum(["console", "environment", "starter"]),
		status: z.enum(keyStatuses),
		owner: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
		team: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
		allowedModels: z.array(z.string()),
		allowedEndpoints: z.array(z.enum(endpointIds)),
		requestsPerMinute: z.int().nullable(),
		expiresAt: instant.nullable(),
		revokedAt: instant.nullable(),
		rotatedAt: instant.nullable(),
		/** Until when the secret before the last rotation still works. */
		graceUntil: instant.nullable(),
		lastUsedAt: instant.nullable(),
		createdAt: instant,
	})
	.meta({ id: "Key" });
export type Key = z.infer<typeof keySchema>;

const modelPattern = z
	.string()
	.trim()
	.min(1)
	.max(200)
	.regex(/^[\w.:@*/+-]+$/, "Use letters, digits, and . : @ / + - _; * stands for anything");

export const keyInput = z
	.strictObject({
		name: z
			.string()
			.trim()
			.min(1)
			.max(80)
			.meta({ title: "Name", description: "What or who uses this key." }),
		ownerId: z.uuid().nullable().default(null).meta({ title: "Owner" }),
		teamId: z.uuid().nullable().default(null).meta({ title: "Team" }),
		allowedModels: z
			.array(modelPattern)
			.max(200)
			.default([])
			.meta({
				title: "Models",
				description: "Names or patterns such as openai/*; none means every model.",
				ui: { control: "list" },
			}),
		allowedEndpoints: z
			.array(z.enum(endpointIds))
			.min(1)
			.default([...modelEndpointIds])
			.meta({ title: "Endpoints" }),
		requestsPerMinute: z.int().min(0).max(10_000_000).nullable().default(null).meta({
			title: "Rate limit",
			description: "Empty: the installation's default. 0: no limit.",
			unit: "requests/min",
		}),
		expiresAt: instant.nullable().default(null).meta({ title: "Expires" }),
	})
	.meta({ id: "KeyInput" });

/** The token is in this answer and nowhere else, ever. */
export const keyWithToken = z
	.strictObject({ key: keySchema, token: z.string() })
	.meta({ id: "KeyWithToken" });

export const listKeys = defineEndpoint({
	method: "GET",
	path: "/api/v1/keys",
	access: "keys:own",
	summary: "List keys",
	query: nothing,
	body: nothing,
	answer: z.strictObject({ items: z.array(keySchema) }),
});

export const createKey = defineEndpoint({
	method: "POST",
	path: "/api/v1/keys",
	access: "keys:own",
	summary: "Create a key; the token is shown in this answer only",
	query: nothing,
	body: keyInput,
	answer: keyWithToken,
});

export const updateKey = defineEndpoint({
	method: "PATCH",
	path: "/api/v1/keys/[id]",
	access: "keys:own",
	summary: "Change a key's name, owner or limits",
	query: nothing,
	body: keyInput,
	answer: keySchema,
});

export const rotateKey = defineEndpoint({
	method: "POST",
	path: "/api/v1/keys/[id]/rotate",
	access: "keys:own",
	summary: "Give a key a new secret; the old one works on for the grace period",
	query: nothing,
	body: z.strictObject({
		graceSeconds: z
			.int()
			.min(0)
			.max(2_592_000)
			.default(86_400)
			.meta({ title: "Grace period", unit: "s" }),
	}),
	answer: keyWithToken,
});

export const revokeKey = defineEndpoint({
	method: "POST",
	path: "/api/v1/keys/[id]/revoke",
	access: "keys:own",
	summary: "Revoke a key at once, on every node",
	query: nothing,
	body: nothing,
	answer: keySchema,
});
