import { openaiCompatible } from "../openai-compatible/openai-compatible.ts";

export const provider = openaiCompatible({
	id: "deepseek",
	title: "DeepSeek",
	baseUrl: "https://api.deepseek.com",
	credentialsUrl: "https://platform.deepseek.com/api_keys",
	suggestedModels: ["deepseek-flash", "deepseek-v4-pro"],
	outputLimit: "max_tokens",
});
