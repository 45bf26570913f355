import { openaiCompatible } from "../openai-compatible/openai-compatible.ts";
import { operations } from "./operations.ts";

export const provider = openaiCompatible({
	id: "mistral",
	title: "Mistral",
	baseUrl: "https://api.mistral.ai/v1",
	credentialsUrl: "https://console.mistral.ai/api-keys",
	suggestedModels: ["mistral-large-latest", "mistral-small-latest"],
	outputLimit: "max_tokens",
	operations,
});
