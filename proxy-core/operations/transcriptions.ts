import type { TextSegment } from "../contract/verdict.ts";
import type { RequestFacts } from "../pipeline/context.ts";
import type { RequestFile } from "../providers/define-provider.ts";
import { audioMsOf } from "./audio-duration.ts";
import type { Json } from "./define-operation.ts";
import { defineOperation } from "./define-operation.ts";
import { collectOthers, collectTexts, flagOf, invalid, modelOf } from "./read-fields.ts";
import type { TextLeaf, TextRun } from "./text-run.ts";

/** Tokens that a second of sound is to a model, and that are said in it by a fast speaker, at most. */
const tokensPerSecond = { heard: 10, said: 8 } as const;

/** Sound → text in its own language. */
export const transcriptions = defineOperation({
	id: "audio.transcriptions",
	path: "/v1/audio/transcriptions",
	accepts: "multipart",
	fileFields: ["file"],
	read: readRecording,
	answerRuns: transcriptRuns,
	echoes: transcriptEchoes,
});

/** Sound → English text. */
export const translations = defineOperation({
	id: "audio.translations",
	path: "/v1/audio/translations",
	accepts: "multipart",
	fileFields: ["file"],
	read: readRecording,
	answerRuns: transcriptRuns,
	echoes: transcriptEchoes,
});

function readRecording(json: Json, files: readonly RequestFile[]): RequestFacts {
	const [file, second] = files;
	if (file === undefined || second !== undefined) throw invalid("file", "one file");
	const segments: TextSegment[] = [];
	collectTexts(segments, json["prompt"], { source: "user", path: ["prompt"] });
	// Voices to compare with come as sound in a data URL, which means nothing as text.
	const references = ["known_speaker_references", "known_speaker_references[]"];
	collectOthers(segments, json, ["prompt", ...references.filter((name) => isSound(json[name]))]);
	const audioMs = audioMsOf(file.bytes);
	const seconds = audioMs / 1000;
	return {
		model: modelOf(json),
		isStreaming: flagOf(json, "stream"),
		wantsUsage: true,
		outputTokensMax: Math.ceil(seconds * tokensPerSecond.said) + 64,
		choices: 1,
		segments,
		units: { audioMs, inputTokens: Math.ceil(seconds * tokensPerSecond.heard) },
	};
}

function isSound(value: unknown): boolean {
	const values: readonly unknown[] = Array.isArray(value) ? value : [value];
	return values.every(
		(entry) => typeof entry === "string" && /^data:audio\/[\w.+-]+;base64,/.test(entry),
	);
}

/** The transcript, and the same once more in segments and in words. */
function transcriptRuns(answer: Json): readonly TextRun[] {
	const whole = leavesOf([answer], "text").map(({ text }) => ({ path: ["text"], text }));
	const segments = leavesOf(answer["segments"], "text", "segments");
	const words = leavesOf(answer["words"], "word", "words");
	return [
		{ leaves: whole, separator: "" },
		{ leaves: segments, separator: "" },
		{ leaves: words, separator: " " },
	].filter(({ leaves }) => leaves.length > 0);
}

function leavesOf(list: unknown, member: string, name = ""): readonly TextLeaf[] {
	if (!Array.isArray(list)) return [];
	return list.flatMap((item: Json | null, index) => {
		const text = item?.[member];
		return typeof text === "string" ? [{ path: [name, index, member], text }] : [];
	});
}

/** Probabilities and token ids spell the text out again. */
function transcriptEchoes(answer: Json): readonly (readonly (string | number)[])[] {
	const segments = Array.isArray(answer["segments"]) ? answer["segments"] : [];
	return [
		...("logprobs" in answer ? [["logprobs"]] : []),
		...segments.flatMap((segment: Json | null, index) =>
			segment?.["tokens"] === undefined ? [] : [["segments", index, "tokens"]],
		),
	];
}
