import * as z from "zod";
import { settingsSchema } from "../../proxy-core/contract/settings.ts";
import { defineEndpoint } from "./endpoint.ts";
import { permissions, roles } from "./permissions.ts";
import { instant, nothing } from "./shapes.ts";

export const sessionSchema = z
	.strictObject({
		user: z.strictObject({
			id: z.string(),
			email: z.string(),
			name: z.string(),
			role: z.enum(roles),
		}),
		permissions: z.array(
			z.enum(permissions as [(typeof permissions)[number], ...(typeof permissions)[number][]]),
		),
		/** Where applications reach the gateway, without a trailing slash: `http://host:port/v1`. */
		gatewayUrl: z.string(),
		version: z.string(),
	})
	.meta({ id: "Session" });
export type SessionInfo = z.infer<typeof sessionSchema>;

export const getSession = defineEndpoint({
	method: "GET",
	path: "/api/v1/session",
	access: "signed-in",
	summary: "Who is signed in, and what they may do",
	query: nothing,
	body: nothing,
	answer: sessionSchema,
});

export const getSetup = defineEndpoint({
	method: "GET",
	path: "/api/v1/setup",
	access: "public",
	summary: "Whether the first administrator still has to be made",
	query: nothing,
	body: nothing,
	answer: z.strictObject({ needsAdmin: z.boolean() }),
});

export const password = z
	.string()
	.min(12, "Use at least 12 characters")
	.max(200)
	.meta({ title: "Password", ui: { control: "secret" } });

export const createFirstAdmin = defineEndpoint({
	method: "POST",
	path: "/api/v1/setup/admin",
	access: "public",
	summary: "Make the first administrator; needs the one-time token of the setup link",
	query: nothing,
	body: z.strictObject({
		token: z.string().min(1).max(200),
		email: z.email().max(200).meta({ title: "E-mail" }),
		name: z.string().trim().min(1).max(80).meta({ title: "Name" }),
		password,
	}),
	answer: z.strictObject({ email: z.string() }),
});

export const killSwitchState = settingsSchema.shape.killSwitch.unwrap();

export const getKillSwitch = defineEndpoint({
	method: "GET",
	path: "/api/v1/kill-switch",
	access: "signed-in",
	summary: "Whether model traffic is stopped, by whom and why",
	query: nothing,
	body: nothing,
	answer: killSwitchState,
});

export const setKillSwitch = defineEndpoint({
	method: "PUT",
	path: "/api/v1/kill-switch",
	access: "proxy:toggle",
	summary: "Stop all model traffic on every node, or let it flow again",
	query: nothing,
	body: z.strictObject({
		engaged: z.boolean(),
		reason: z.string().trim().min(3, "Say why in a few words").max(500),
	}),
	answer: killSwitchState,
});

/** What operators can edit as a form; the kill switch has an endpoint of its own. */
export const editableSettings = settingsSchema.omit({ killSwitch: true });

export const settingsAnswer = z.strictObject({
	version: z.int(),
	value: editableSettings,
	/** JSON Schema of `value` with titles, units and `ui` hints. */
	schema: z.record(z.string(), z.unknown()),
	changedBy: z.string().nullable(),
	changedAt: instant.nullable(),
});

export const getSettings = defineEndpoint({
	method: "GET",
	path: "/api/v1/settings",
	access: "registry:read",
	summary: "The settings in force",
	query: nothing,
	body: nothing,
	answer: settingsAnswer,
});

type Sections = (typeof editableSettings)["shape"];

/** The sections without the defaults that stand for a whole one, so that one can be left out. */
const sentSettings = z.strictObject(
	Object.fromEntries(
		Object.entries(editableSettings.shape).map(([name, section]) => [
			name,
			section.unwrap().optional(),
		]),
	) as { [Name in keyof Sections]: z.ZodOptional<ReturnType<Sections[Name]["unwrap"]>> },
);

export const putSettings = defineEndpoint({
	method: "PUT",
	path: "/api/v1/settings",
	access: "proxy:config",
	summary:
		"Replace sections of the settings, the others stay; refused when somebody changed them meanwhile",
	query: nothing,
	body: z.strictObject({ version: z.int(), value: sentSettings }),
	answer: settingsAnswer,
});

/**
 * Takes the body of `/v1/chat/completions` and answers like it, headers included, with the signed-in
 * person as the caller. Not JSON in, JSON out: `components/playground` reads the stream itself.
 */
export const playgroundChat = defineEndpoint({
	method: "POST",
	path: "/api/v1/playground/chat",
	access: "chat:use",
	summary: "A chat completion in the name of the signed-in person",
	query: nothing,
	body: z.looseObject({ model: z.string() }),
	answer: z.unknown(),
});
