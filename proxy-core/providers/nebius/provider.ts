import { openaiCompatible } from "../openai-compatible/openai-compatible.ts";

export const provider = openaiCompatible({
	id: "nebius",
	title: "Nebius Token Factory",
	baseUrl: "https://api.tokenfactory.nebius.com/v1",
	credentialsUrl: "https://tokenfactory.nebius.com",
	suggestedModels: ["meta-llama/Llama-3.3-70B-Instruct", "Qwen/Qwen3-235B-A22B-Instruct-2507"],
	outputLimit: "max_tokens",
	operations: { offered: ["embeddings", "images.generations"] },
});
