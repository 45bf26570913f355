import { openaiCompatible } from "../openai-compatible/openai-compatible.ts";

export const provider = openaiCompatible({
	id: "hyperbolic",
	title: "Hyperbolic",
	baseUrl: "https://api.hyperbolic.xyz/v1",
	credentialsUrl: "https://app.hyperbolic.ai/settings",
	suggestedModels: ["meta-llama/Llama-3.3-70B-Instruct", "deepseek-ai/DeepSeek-V3"],
	outputLimit: "max_tokens",
});
