import type { Script } from "./upstream-script.ts";
import { sendJson } from "./upstream-script.ts";

interface AnalyzeRequest {
	readonly text: string;
	readonly language: string;
	readonly score_threshold?: number;
}

/**
 * Answers `POST /analyze` as Presidio's analyzer documents it, offsets in code points. It knows the
 * given words and nothing else.
 */
export function analyzing(words: Readonly<Record<string, string>>): Script {
	return (response, seen) => {
		const {
			text,
			language,
			score_threshold: threshold = 0,
		} = JSON.parse(seen.body) as AnalyzeRequest;
		if (seen.path !== "/v1/analyze" || language !== "en") {
			return sendJson({ error: "No matching recognizers were found to serve the request." }, 500)(
				response,
				seen,
			);
		}
		const points = [...text];
		const results = Object.entries(words).flatMap(([word, type]) => {
			const letters = [...word];
			return points.flatMap((_, start) =>
				letters.every((letter, index) => points[start + index] === letter)
					? [
							{
								analysis_explanation: null,
								end: start + letters.length,
								entity_type: type,
								recognition_metadata: {
									recognizer_identifier: "SpacyRecognizer_140094861343664",
									recognizer_name: "SpacyRecognizer",
								},
								score: 0.85,
								start,
							},
						]
					: [],
			);
		});
		return sendJson(results.filter(({ score }) => score >= threshold))(response, seen);
	};
}
