import { openaiCompatible } from "../openai-compatible/openai-compatible.ts";

export const provider = openaiCompatible({
	id: "aimlapi",
	title: "AI/ML API",
	baseUrl: "https://api.aimlapi.com/v1",
	credentialsUrl: "https://aimlapi.com/app/keys",
	suggestedModels: ["gpt-4o", "deepseek/deepseek-chat"],
	outputLimit: "max_tokens",
	operations: { offered: ["embeddings", "images.generations"] },
});
