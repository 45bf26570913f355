import { openaiCompatible } from "../openai-compatible/openai-compatible.ts";

export const provider = openaiCompatible({
	id: "openrouter",
	title: "OpenRouter",
	baseUrl: "https://openrouter.ai/api/v1",
	credentialsUrl: "https://openrouter.ai/settings/keys",
	suggestedModels: ["openrouter/auto"],
	// Other models by another name would escape the key's permissions and the price.
	unsupported: ["models", "route"],
	operations: { offered: ["embeddings", "rerank"] },
});
