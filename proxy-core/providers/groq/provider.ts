import { openaiCompatible } from "../openai-compatible/openai-compatible.ts";

export const provider = openaiCompatible({
	id: "groq",
	title: "Groq",
	baseUrl: "https://api.groq.com/openai/v1",
	credentialsUrl: "https://console.groq.com/keys",
	suggestedModels: ["llama-3.3-70b-versatile", "openai/gpt-oss-120b"],
	operations: { offered: ["audio.speech", "audio.transcriptions", "audio.translations"] },
});
