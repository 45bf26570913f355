import type { LLMock } from "@copilotkit/aimock";
import { redPixel } from "./prompts.ts";

/** What the mock says where no conversation is asked for. */
export const operationAnswers = {
	embedding: [0.25, -0.5, 0.125],
	/** Not a sound that anybody could play; the gateway hands it on as it is. */
	speech: Buffer.from("ID3 sound of the conformance suite"),
	transcript: "What was heard.",
	translation: "What was heard, in English.",
	ranking: [
		{ index: 1, relevance_score: 0.9 },
		{ index: 0, relevance_score: 0.2 },
	],
} as const;

export function addOperations(mock: LLMock): void {
	const { embedding, speech, transcript, translation, ranking } = operationAnswers;
	mock.onEmbedding(/./, { embedding: [...embedding] });
	mock.onImage(/./, { image: { b64Json: redPixel } });
	mock.onSpeech(/./, { audio: speech.toString("base64"), format: "mp3" });
	mock.onRerank(/./, [...ranking]);
	mock.onTranscription({ transcription: { text: transcript, duration: 1.5, language: "en" } });
	mock.onTranslation({ transcription: { text: translation, duration: 1.5, language: "en" } });
}
