import * as z from "zod";
import { defineProvider } from "../define-provider.ts";
import { apiKeyField, baseUrlField } from "../shared/settings-fields.ts";
import { openaiConnector } from "./openai-compatible.ts";

/** Any server that speaks OpenAI's wire: vLLM, llama.cpp, LM Studio, another gateway. */
export const provider = defineProvider({
	id: "openai-compatible",
	title: "OpenAI-compatible server",
	settings: z.strictObject({ baseUrl: baseUrlField, apiKey: apiKeyField.optional() }),
	suggestedModels: [],
	connect: ({ baseUrl, apiKey }) =>
		openaiConnector({
			baseUrl,
			headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
			secret: apiKey,
			chatPath: () => "/chat/completions",
			modelsPath: "/models",
		}),
});
