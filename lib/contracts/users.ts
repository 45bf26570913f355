import * as z from "zod";
import { defineEndpoint } from "./endpoint.ts";
import { roles } from "./permissions.ts";
import { instant, nothing } from "./shapes.ts";
import { password } from "./system.ts";

export const userSchema = z
	.strictObject({
		id: z.string(),
		email: z.string(),
		name: z.string(),
		role: z.enum(roles),
		isDisabled: z.boolean(),
		lastSignInAt: instant.nullable(),
		createdAt: instant,
	})
	.meta({ id: "User" });
export type User = z.infer<typeof userSchema>;

export const listUsers = defineEndpoint({
	method: "GET",
	path: "/api/v1/users",
	access: "users:manage",
	summary: "List the people who can sign in",
	query: nothing,
	body: nothing,
	answer: z.strictObject({ items: z.array(userSchema) }),
});

export const createUser = defineEndpoint({
	method: "POST",
	path: "/api/v1/users",
	access: "users:manage",
	summary: "Add a person with a password",
	query: nothing,
	body: z.strictObject({
		email: z.email().max(200).meta({ title: "E-mail" }),
		name: z.string().trim().min(1).max(80).meta({ title: "Name" }),
		role: z.enum(roles).default("viewer").meta({ title: "Role" }),
		password,
	}),
	answer: userSchema,
});

export const updateUser = defineEndpoint({
	method: "PATCH",
	path: "/api/v1/users/[id]",
	access: "users:manage",
	summary: "Change a person's role, or disable them and end their sessions",
	query: nothing,
	body: z.strictObject({
		role: z.enum(roles).optional(),
		isDisabled: z.boolean().optional(),
		name: z.string().trim().min(1).max(80).optional(),
	}),
	answer: userSchema,
});

export const teamSchema = z
	.strictObject({
		id: z.string(),
		name: z.string(),
		createdAt: instant,
		/** Bytes of text in a request of its keys; null: as in the settings. */
		textBytesMax: z.int().nullable(),
		/** Messages of a conversation; null: as in the settings. */
		messagesMax: z.int().nullable(),
	})
	.meta({ id: "Team" });
export type Team = z.infer<typeof teamSchema>;

export const listTeams = defineEndpoint({
	method: "GET",
	path: "/api/v1/teams",
	access: "keys:own",
	summary: "List teams",
	query: nothing,
	body: nothing,
	answer: z.strictObject({ items: z.array(teamSchema) }),
});

export const createTeam = defineEndpoint({
	method: "POST",
	path: "/api/v1/teams",
	access: "keys:manage",
	summary: "Add a team",
	query: nothing,
	body: z.strictObject({ name: z.string().trim().min(1).max(80).meta({ title: "Name" }) }),
	answer: teamSchema,
});

export const updateTeam = defineEndpoint({
	method: "PATCH",
	path: "/api/v1/teams/[id]",
	access: "guards:write",
	summary: "Set how large the requests of a team's keys may be",
	query: nothing,
	body: z.strictObject({
		textBytesMax: z.int().min(0).max(268_435_456).nullable().optional().meta({
			title: "Most text in a request",
			description: "Empty: as in the settings. 0: no limit.",
			unit: "bytes",
		}),
		messagesMax: z.int().min(0).max(1_000_000).nullable().optional().meta({
			title: "Most messages in a conversation",
			description: "Empty: as in the settings. 0: no limit.",
			unit: "messages",
		}),
	}),
	answer: teamSchema,
});
