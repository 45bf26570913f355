import { openaiCompatible } from "../openai-compatible/openai-compatible.ts";

export const provider = openaiCompatible({
	id: "xai",
	title: "xAI",
	baseUrl: "https://api.x.ai/v1",
	credentialsUrl: "https://console.x.ai",
	suggestedModels: ["grok-4"],
	operations: { offered: ["images.generations"] },
});
