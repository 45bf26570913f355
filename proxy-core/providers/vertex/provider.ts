import * as z from "zod";
import { defineProvider } from "../define-provider.ts";
import { apiKeyField, baseUrlField } from "../shared/settings-fields.ts";
import type { VertexAccess } from "./connect.ts";
import { vertexConnector } from "./connect.ts";
import { parseServiceAccount } from "./service-account.ts";

const settings = z
	.strictObject({
		project: z
			.string()
			.trim()
			.regex(/^[a-z0-9][a-z0-9.:-]{0,99}$/, "Must be a project's id, such as my-project-123.")
			.meta({ title: "Project", description: "The Google Cloud project that pays." }),
		location: z
			.string()
			.trim()
			.regex(/^[a-z]+(-[a-z]+\d{1,2})?$/, "Must be a location such as global or europe-west4.")
			.default("global")
			.meta({
				title: "Location",
				description: "global, us, eu, or a region such as europe-west4.",
			}),
		serviceAccountKey: z
			.string()
			.trim()
			.max(20_000)
			.refine(
				(text) => parseServiceAccount(text) !== undefined,
				"Must be the JSON key file of a service account.",
			)
			.optional()
			.meta({
				title: "Service account key",
				description:
					"The content of the JSON key file; access tokens are made and renewed from it.",
				ui: { control: "secret" },
			}),
		accessToken: apiKeyField.optional().meta({
			title: "Access token",
			description: "Instead of a service account, for a short while: it expires within hours.",
			ui: { control: "secret" },
		}),
		apiKey: apiKeyField.optional().meta({
			title: "API key",
			description: "Instead of a service account; for Google's own models only.",
			ui: { control: "secret" },
		}),
		baseUrl: baseUrlField.optional().meta({
			title: "Base URL",
			description: "Only for a private endpoint or a proxy; without /v1.",
		}),
	})
	.refine((given) => accessOf(given) !== undefined, {
		path: ["serviceAccountKey"],
		error: "Give a service account's key, an access token or an API key.",
	});

interface Credentials {
	readonly serviceAccountKey?: string | undefined;
	readonly accessToken?: string | undefined;
	readonly apiKey?: string | undefined;
}

function accessOf(given: Credentials): VertexAccess | undefined {
	const { serviceAccountKey, accessToken, apiKey } = given;
	const account =
		serviceAccountKey === undefined ? undefined : parseServiceAccount(serviceAccountKey);
	if (account !== undefined) return { kind: "account", account };
	if (accessToken !== undefined) return { kind: "token", accessToken };
	return apiKey === undefined ? undefined : { kind: "api-key", apiKey };
}

export const provider = defineProvider({
	id: "vertex",
	title: "Google Vertex AI",
	credentialsUrl: "https://console.cloud.google.com/iam-admin/serviceaccounts",
	settings,
	suggestedModels: ["gemini-2.5-pro", "gemini-2.5-flash", "claude-sonnet-4-5@20250929"],
	connect: (given) => {
		const access = accessOf(given);
		// The settings' own check made sure of one.
		if (access === undefined) throw new TypeError("vertex settings without a credential");
		const { project, location, baseUrl } = given;
		return vertexConnector({ project, location, access, baseUrl, now: Date.now });
	},
});
