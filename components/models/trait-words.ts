import type { Traits } from "../../lib/contracts/prices.ts";

export const purposeWords: Readonly<Record<Traits["purpose"], string>> = {
	chat: "Chat",
	completion: "Completion",
	embedding: "Embedding",
	image: "Image",
	speech: "Speech",
	transcription: "Transcription",
	rerank: "Rerank",
	moderation: "Moderation",
};

export const capabilityWords: Readonly<Record<Traits["capabilities"][number], string>> = {
	tools: "tools",
	vision: "vision",
	audio: "audio",
	"json-schema": "JSON schema",
	reasoning: "reasoning",
	"prompt-caching": "caching",
};
