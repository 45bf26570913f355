import type { JsonEdit } from "../../text/json-splice.ts";
import type { OpenaiWire } from "../openai-compatible/openai-compatible.ts";
import { unsupported } from "../shared/refuse.ts";

/** Images are measured in two numbers and returned as `base64`, where OpenAI says `b64_json`. */
export const operations: NonNullable<OpenaiWire["operations"]> = {
	offered: [
		"embeddings",
		"images.generations",
		"audio.speech",
		"audio.transcriptions",
		"audio.translations",
		"rerank",
	],
	adapt: (operation, { json }) => {
		if (operation !== "images.generations") return [];
		const { size, response_format: format } = json;
		const edits: JsonEdit[] = [];
		if (format === "b64_json") edits.push({ path: ["response_format"], value: "base64" });
		if (size === undefined || size === null || size === "auto") return edits;
		const [, width, height] = /^(\d{1,5})x(\d{1,5})$/.exec(String(size)) ?? [];
		if (width === undefined || height === undefined)
			throw unsupported("size", "Together takes sizes such as 1024x768.");
		return [
			...edits,
			{ path: ["size"], value: undefined },
			{ path: ["width"], value: Number(width) },
			{ path: ["height"], value: Number(height) },
		];
	},
};
