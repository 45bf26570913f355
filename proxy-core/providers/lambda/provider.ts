import { openaiCompatible } from "../openai-compatible/openai-compatible.ts";

export const provider = openaiCompatible({
	id: "lambda",
	title: "Lambda",
	baseUrl: "https://api.lambda.ai/v1",
	credentialsUrl: "https://cloud.lambda.ai/api-keys",
	suggestedModels: ["llama3.3-70b-instruct-fp8", "deepseek-v3-0324"],
	baseUrlHint:
		"Lambda is winding its hosted Inference API down; enter the address of a server on your own instances.",
	outputLimit: "max_tokens",
});
