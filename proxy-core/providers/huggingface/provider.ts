import { defineProvider } from "../define-provider.ts";
import { openaiCompatible } from "../openai-compatible/openai-compatible.ts";
import { huggingfaceOperations } from "./operations.ts";

const router = openaiCompatible({
	id: "huggingface",
	title: "Hugging Face",
	baseUrl: "https://router.huggingface.co/v1",
	credentialsUrl: "https://huggingface.co/settings/tokens",
	suggestedModels: ["openai/gpt-oss-120b", "meta-llama/Llama-3.3-70B-Instruct"],
	outputLimit: "max_tokens",
});

/** The router in front of several inference providers; `model:provider` picks one of them. */
export const provider = defineProvider({
	...router,
	connect: (settings) => ({
		...router.connect(settings),
		operations: huggingfaceOperations(settings),
	}),
});
