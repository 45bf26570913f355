import { openaiCompatible } from "../openai-compatible/openai-compatible.ts";

export const provider = openaiCompatible({
	id: "novita",
	title: "Novita AI",
	baseUrl: "https://api.novita.ai/openai/v1",
	credentialsUrl: "https://novita.ai/settings/key-management",
	suggestedModels: ["deepseek/deepseek-v3.1", "meta-llama/llama-3.3-70b-instruct"],
	outputLimit: "max_tokens",
	operations: { offered: ["embeddings", "rerank"] },
});
