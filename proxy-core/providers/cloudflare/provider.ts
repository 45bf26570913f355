import * as z from "zod";
import { defineProvider } from "../define-provider.ts";
import { openaiConnector } from "../openai-compatible/openai-compatible.ts";
import { parseObject, readModelIds, readObject, readText } from "../shared/read-json.ts";
import { apiKeyField, baseUrlField } from "../shared/settings-fields.ts";

/** Cloudflare Workers AI. The account stands in the path; its list of models has a shape of its own. */
export const provider = defineProvider({
	id: "cloudflare",
	title: "Cloudflare Workers AI",
	credentialsUrl: "https://dash.cloudflare.com/profile/api-tokens",
	settings: z.strictObject({
		accountId: z
			.string()
			.trim()
			.regex(/^[A-Za-z0-9_-]{1,64}$/, "Must be an account's id: letters and digits.")
			.meta({
				title: "Account ID",
				description: "32 characters, shown beside the account's name.",
			}),
		apiKey: apiKeyField.meta({
			title: "API token",
			description: "With the permission Workers AI: Read.",
			ui: { control: "secret" },
		}),
		baseUrl: baseUrlField.default("https://api.cloudflare.com/client/v4").meta({
			title: "Base URL",
			description:
				"Where Cloudflare's API begins; the account and the rest of the path are appended.",
		}),
	}),
	suggestedModels: ["@cf/meta/llama-3.3-70b-instruct-fp8-fast", "@cf/openai/gpt-oss-120b"],
	connect: ({ accountId, apiKey, baseUrl }) =>
		openaiConnector({
			baseUrl,
			headers: { authorization: `Bearer ${apiKey}` },
			secret: apiKey,
			chatPath: () => `/accounts/${accountId}/ai/v1/chat/completions`,
			modelsPath: `/accounts/${accountId}/ai/models/search?per_page=100`,
			parseModels: (body) =>
				readModelIds(parseObject<"result">(body).result, (entry) =>
					readText(readObject<"name">(entry)?.name),
				),
			outputLimit: "max_tokens",
			operations: {
				offered: ["embeddings"],
				pathOf: () => `/accounts/${accountId}/ai/v1/embeddings`,
			},
		}),
});
