import * as z from "zod";
import { defineProvider } from "../define-provider.ts";
import { openaiConnector } from "../openai-compatible/openai-compatible.ts";
import { everyOperation, operationPath } from "../openai-compatible/operations.ts";
import { pathSegment } from "../shared/refuse.ts";
import { apiKeyField, baseUrlField } from "../shared/settings-fields.ts";

/**
 * Azure OpenAI. A model is a deployment's name; it becomes part of the address, so `pathSegment`
 * admits nothing that could change the address. The API's version `v1` names it in the body instead.
 */
export const provider = defineProvider({
	id: "azure",
	title: "Azure OpenAI",
	credentialsUrl: "https://ai.azure.com",
	settings: z.strictObject({
		baseUrl: baseUrlField.meta({
			title: "Resource endpoint",
			description: "Such as https://my-resource.openai.azure.com, without a path.",
		}),
		apiKey: apiKeyField,
		apiVersion: z
			.string()
			.regex(/^(v1|\d{4}-\d{2}-\d{2}(-preview)?)$/, "Must be a date such as 2024-10-21, or v1.")
			.default("2024-10-21")
			.meta({
				title: "API version",
				description: "A dated version addresses deployments by path; v1 is Azure's undated API.",
			}),
	}),
	suggestedModels: [],
	connect: ({ baseUrl, apiKey, apiVersion }) =>
		openaiConnector({
			baseUrl,
			headers: { "api-key": apiKey },
			secret: apiKey,
			chatPath: ({ model }) =>
				apiVersion === "v1"
					? "/openai/v1/chat/completions"
					: `/openai/deployments/${pathSegment(model)}/chat/completions?api-version=${apiVersion}`,
			modelsPath:
				apiVersion === "v1" ? "/openai/v1/models" : `/openai/models?api-version=${apiVersion}`,
			...responsesOf(apiVersion),
			operations: {
				offered: everyOperation.filter((operation) => operation !== "rerank"),
				pathOf: (operation, model) =>
					apiVersion === "v1"
						? `/openai/v1${operationPath(operation)}`
						: `/openai/deployments/${pathSegment(model)}${operationPath(operation)}?api-version=${apiVersion}`,
			},
		}),
});

/** Responses name the deployment in the body; the first version that has them is 2025-03-01-preview. */
function responsesOf(apiVersion: string): { readonly responsesPath?: string } {
	if (apiVersion === "v1") return { responsesPath: "/openai/v1/responses" };
	if (apiVersion < "2025-03-01") return {};
	return { responsesPath: `/openai/responses?api-version=${apiVersion}` };
}
