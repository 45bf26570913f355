import * as z from "zod";
import { defineProvider } from "../define-provider.ts";
import { apiKeyField, baseUrlField } from "../shared/settings-fields.ts";
import { openaiConnector } from "./openai-compatible.ts";
import { everyOperation } from "./operations.ts";

/** Any server that speaks OpenAI's wire: vLLM, llama.cpp, LM Studio, another gateway. */
export const provider = defineProvider({
	id: "openai-compatible",
	title: "OpenAI-compatible server",
	settings: z.strictObject({
		baseUrl: baseUrlField,
		apiKey: apiKeyField.optional(),
		speaksResponses: z.boolean().default(false).meta({
			title: "Speaks Responses",
			description: "The server has /responses: such requests are forwarded instead of translated.",
		}),
		speaksCompletions: z.boolean().default(false).meta({
			title: "Speaks the older Completions",
			description:
				"The server has /completions: such requests are forwarded instead of translated.",
		}),
	}),
	suggestedModels: [],
	connect: ({ baseUrl, apiKey, speaksResponses, speaksCompletions }) =>
		openaiConnector({
			baseUrl,
			headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
			secret: apiKey,
			chatPath: () => "/chat/completions",
			modelsPath: "/models",
			// Whatever such a server knows; what it does not know it says itself.
			operations: { offered: everyOperation },
			...(speaksResponses && { responsesPath: "/responses" }),
			...(speaksCompletions && { textPath: "/completions" }),
		}),
});
