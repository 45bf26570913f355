import type { TextSegment } from "../contract/verdict.ts";
import { unsupported } from "../providers/shared/refuse.ts";
import type { Json } from "./define-operation.ts";
import { defineOperation } from "./define-operation.ts";
import { invalid, textOf } from "./read-fields.ts";

/** The name in every answer; nobody else's model is asked. */
export const moderationModel = "llmproxy-moderation";

/** What this installation's guards say about texts. Nothing leaves the process, and nothing is charged. */
export const moderations = defineOperation({
	id: "moderations",
	path: "/v1/moderations",
	accepts: "json",
	fileFields: [],
	read: (json) => ({
		// Whatever classifier a caller's code names, the answer comes from here and says so.
		model: textOf(json, "model") ?? moderationModel,
		isStreaming: false,
		wantsUsage: false,
		outputTokensMax: 0,
		choices: 1,
		segments: moderationInputs(json).flat(),
	}),
});

/** The texts of each result to be given: one per string, or one for a list of parts. */
export function moderationInputs(json: Json): readonly (readonly TextSegment[])[] {
	const { input } = json;
	if (typeof input === "string") return [[segment(input, ["input"])]];
	if (!Array.isArray(input) || input.length === 0) {
		throw invalid("input", "a string or a non-empty array");
	}
	if (input.every((item) => typeof item === "string")) {
		return input.map((text, index) => [segment(text, ["input", index])]);
	}
	return [input.map(partOf)];
}

function partOf(part: unknown, index: number): TextSegment {
	const { type, text } = { ...(part as Json | null) };
	if (type === "text" && typeof text === "string") return segment(text, ["input", index, "text"]);
	if (type === "image_url") {
		throw unsupported(`input[${index}]`, "No guard of this gateway looks at images.");
	}
	throw invalid(`input[${index}]`, "a part of type text");
}

function segment(text: string, path: TextSegment["path"]): TextSegment {
	return { source: "user", text, path };
}
