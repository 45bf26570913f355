import { openaiCompatible } from "../openai-compatible/openai-compatible.ts";

export const provider = openaiCompatible({
	id: "sambanova",
	title: "SambaNova",
	baseUrl: "https://api.sambanova.ai/v1",
	credentialsUrl: "https://cloud.sambanova.ai/apis",
	suggestedModels: ["Meta-Llama-3.3-70B-Instruct", "DeepSeek-V3.1"],
	outputLimit: "max_tokens",
	operations: { offered: ["embeddings", "audio.transcriptions", "audio.translations"] },
});
