import type { TextSegment } from "../contract/verdict.ts";
import type { Json } from "./define-operation.ts";
import { defineOperation } from "./define-operation.ts";
import { collectOthers, invalid, modelOf } from "./read-fields.ts";

/** Texts → vectors. Input that is tokens already carries no text that a guard could read, but counts. */
export const embeddings = defineOperation({
	id: "embeddings",
	path: "/v1/embeddings",
	accepts: "json",
	fileFields: [],
	read: (json) => {
		const segments: TextSegment[] = [];
		const tokens = readInput(segments, json);
		collectOthers(segments, json, ["input"]);
		return {
			model: modelOf(json),
			isStreaming: false,
			wantsUsage: true,
			outputTokensMax: 0,
			choices: 1,
			segments,
			...(tokens > 0 && { units: { inputTokens: tokens } }),
		};
	},
});

/** Collects the texts of `input`; returns how many tokens it has in other form. */
function readInput(segments: TextSegment[], json: Json): number {
	const { input } = json;
	if (typeof input === "string" && input !== "") {
		segments.push({ source: "user", path: ["input"], text: input });
		return 0;
	}
	if (!Array.isArray(input) || input.length === 0) {
		throw invalid("input", "a non-empty string or a non-empty array");
	}
	if (input.every(isToken)) return input.length;
	let tokens = 0;
	for (const [index, item] of input.entries()) {
		if (typeof item === "string" && item !== "") {
			segments.push({ source: "user", path: ["input", index], text: item });
		} else if (Array.isArray(item) && item.length > 0 && item.every(isToken)) {
			tokens += item.length;
		} else throw invalid(`input[${index}]`, "a non-empty string or an array of token ids");
	}
	return tokens;
}

function isToken(value: unknown): boolean {
	return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
