import { openaiCompatible } from "../openai-compatible/openai-compatible.ts";

export const provider = openaiCompatible({
	id: "openai",
	title: "OpenAI",
	baseUrl: "https://api.openai.com/v1",
	credentialsUrl: "https://platform.openai.com/api-keys",
	suggestedModels: ["gpt-5", "gpt-5-mini", "gpt-4.1", "gpt-4o-mini"],
	responsesPath: "/responses",
	textPath: "/completions",
	isTextModel: (model) => /instruct|(^|:)(davinci|babbage)/.test(model),
	operations: {
		offered: [
			"embeddings",
			"images.generations",
			"images.edits",
			"audio.speech",
			"audio.transcriptions",
			"audio.translations",
		],
	},
});
