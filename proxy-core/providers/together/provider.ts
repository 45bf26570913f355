import { openaiCompatible } from "../openai-compatible/openai-compatible.ts";
import { operations } from "./operations.ts";

export const provider = openaiCompatible({
	id: "together",
	title: "Together AI",
	baseUrl: "https://api.together.xyz/v1",
	credentialsUrl: "https://api.together.ai/settings/api-keys",
	suggestedModels: ["meta-llama/Llama-3.3-70B-Instruct-Turbo"],
	outputLimit: "max_tokens",
	textPath: "/completions",
	operations,
});
