import { openaiCompatible } from "../openai-compatible/openai-compatible.ts";

export const provider = openaiCompatible({
	id: "fireworks",
	title: "Fireworks AI",
	baseUrl: "https://api.fireworks.ai/inference/v1",
	credentialsUrl: "https://app.fireworks.ai/settings/users/api-keys",
	suggestedModels: [
		"accounts/fireworks/models/deepseek-v3p1",
		"accounts/fireworks/models/gpt-oss-120b",
	],
	outputLimit: "max_tokens",
	textPath: "/completions",
	operations: { offered: ["embeddings", "rerank"] },
});
