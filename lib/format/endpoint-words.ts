import type { EndpointId } from "../../proxy-core/contract/settled-record.ts";

/** What each endpoint is, for people; the path as SDKs call it. */
export const endpointWords: Readonly<
	Record<EndpointId, { readonly label: string; readonly path: string }>
> = {
	"chat.completions": { label: "Chat", path: "/v1/chat/completions" },
	completions: { label: "Completions", path: "/v1/completions" },
	responses: { label: "Responses", path: "/v1/responses" },
	messages: { label: "Messages", path: "/v1/messages" },
	"messages.count_tokens": { label: "Count tokens", path: "/v1/messages/count_tokens" },
	generate_content: {
		label: "Generate content",
		path: "/v1beta/models/{model}:generateContent",
	},
	"generate_content.count_tokens": {
		label: "Count tokens (Google)",
		path: "/v1beta/models/{model}:countTokens",
	},
	embeddings: { label: "Embeddings", path: "/v1/embeddings" },
	moderations: { label: "Moderations", path: "/v1/moderations" },
	"images.generations": { label: "Images", path: "/v1/images/generations" },
	"images.edits": { label: "Image edits", path: "/v1/images/edits" },
	"audio.speech": { label: "Speech", path: "/v1/audio/speech" },
	"audio.transcriptions": { label: "Transcriptions", path: "/v1/audio/transcriptions" },
	"audio.translations": { label: "Translations", path: "/v1/audio/translations" },
	rerank: { label: "Rerank", path: "/v1/rerank" },
	models: { label: "Models", path: "/v1/models" },
	metrics: { label: "Metrics", path: "/metrics" },
};
