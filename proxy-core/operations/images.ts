import type { TextSegment } from "../contract/verdict.ts";
import type { RequestFacts } from "../pipeline/context.ts";
import type { Json } from "./define-operation.ts";
import { defineOperation } from "./define-operation.ts";
import { imageBounds, inputTokensPerImage } from "./image-cost.ts";
import {
	collectOthers,
	collectTexts,
	flagOf,
	invalid,
	modelOf,
	refuseSecondModel,
	textOf,
} from "./read-fields.ts";
import type { TextRun } from "./text-run.ts";
import { runOf } from "./text-run.ts";

/** A prompt → images. */
export const imageGenerations = defineOperation({
	id: "images.generations",
	path: "/v1/images/generations",
	accepts: "json",
	fileFields: [],
	read: readImages,
	answerRuns: revisedPrompts,
});

/** Images and a prompt → images. */
export const imageEdits = defineOperation({
	id: "images.edits",
	path: "/v1/images/edits",
	accepts: "multipart",
	fileFields: ["image", "image[]", "mask", "markup"],
	read: (json, files) => {
		const images = files.filter(({ field }) => field === "image" || field === "image[]");
		if (images.length === 0) throw invalid("image", "at least one file");
		const facts = readImages(json);
		return { ...facts, units: { ...facts.units, inputTokens: files.length * inputTokensPerImage } };
	},
	answerRuns: revisedPrompts,
});

function readImages(json: Json): RequestFacts {
	const prompt = textOf(json, "prompt");
	if (prompt === undefined || prompt === "") throw invalid("prompt", "a non-empty string");
	refuseSecondModel(json, "svg");
	const segments: TextSegment[] = [];
	collectTexts(segments, prompt, { source: "user", path: ["prompt"] });
	collectOthers(segments, json, ["prompt"]);
	return {
		model: modelOf(json),
		isStreaming: flagOf(json, "stream"),
		wantsUsage: true,
		choices: 1,
		segments,
		...imageBounds(json),
	};
}

/** What some models made of the prompt before they drew. */
function revisedPrompts(answer: Json): readonly TextRun[] {
	const images = Array.isArray(answer["data"]) ? answer["data"] : [];
	return images.flatMap((image: Json | null, index) => {
		const text = image?.["revised_prompt"];
		return typeof text === "string"
			? [runOf({ path: ["data", index, "revised_prompt"], text })]
			: [];
	});
}
