import { openaiCompatible } from "../openai-compatible/openai-compatible.ts";

export const provider = openaiCompatible({
	id: "cerebras",
	title: "Cerebras",
	baseUrl: "https://api.cerebras.ai/v1",
	credentialsUrl: "https://cloud.cerebras.ai",
	suggestedModels: ["gpt-oss-120b", "llama-3.3-70b"],
	// Cerebras fails a request for the presence of any of these.
	unsupported: ["frequency_penalty", "presence_penalty", "logit_bias"],
});
