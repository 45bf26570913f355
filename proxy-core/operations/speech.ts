import type { TextSegment } from "../contract/verdict.ts";
import type { Json } from "./define-operation.ts";
import { defineOperation } from "./define-operation.ts";
import { collectOthers, collectTexts, invalid, modelOf, textOf } from "./read-fields.ts";

/**
 * Audio tokens per character of text read aloud, at most: fifteen Latin characters take about a second,
 * three or four ideograms as long, and a second of sound is some twenty tokens. Twice that, because a
 * model can be told to speak slowly.
 */
const tokensPerCharacter = { latin: 3, other: 12 } as const;

/** Text → sound. */
export const speech = defineOperation({
	id: "audio.speech",
	path: "/v1/audio/speech",
	accepts: "json",
	fileFields: [],
	read: (json) => {
		const input = textOf(json, "input");
		if (input === undefined || input === "") throw invalid("input", "a non-empty string");
		const segments: TextSegment[] = [];
		collectTexts(segments, input, { source: "user", path: ["input"] });
		const instructions = textOf(json, "instructions");
		collectTexts(segments, instructions, { source: "user", path: ["instructions"] });
		collectOthers(segments, json, ["input", "instructions"]);
		return {
			model: modelOf(json),
			isStreaming: json["stream_format"] === "sse",
			wantsUsage: true,
			outputTokensMax: Math.ceil(audioTokens(input) / slowness(json)),
			choices: 1,
			segments,
			units: { characters: input.length },
		};
	},
});

function audioTokens(text: string): number {
	let tokens = 0;
	for (let at = 0; at < text.length; at++) {
		tokens += text.charCodeAt(at) < 0x250 ? tokensPerCharacter.latin : tokensPerCharacter.other;
	}
	return tokens;
}

/** Half the speed is twice the sound; faster speech is not assumed to be cheaper. */
function slowness(json: Json): number {
	const { speed } = json;
	if (speed === undefined || speed === null) return 1;
	if (typeof speed !== "number" || !(speed > 0)) throw invalid("speed", "a number above 0");
	return Math.max(0.05, Math.min(1, speed));
}
