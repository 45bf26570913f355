import type { TextSegment } from "../../contract/verdict.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import type { RequestFacts } from "../../pipeline/context.ts";
import { collectOthers, collectTexts } from "../collect-texts.ts";
import type { Json } from "../openai/read-field.ts";
import { fieldsOf, invalid } from "../openai/read-field.ts";

/**
 * Checks what the gateway itself relies on and extracts every text. Throws `request.invalid`;
 * `request.unsupported` for prompts that are lists of tokens, because no guard could read them.
 */
export function readTextRequest(json: Json): RequestFacts {
	const field = fieldsOf(json, "");
	const model = field.string("model");
	if (model === undefined || model === "") throw invalid("model", "must be a non-empty string");
	const options = fieldsOf(field.object("stream_options") ?? {}, "stream_options");
	const prompts = promptsOf(json["prompt"]);
	field.string("suffix");
	return {
		model,
		isStreaming: field.boolean("stream") === true,
		wantsUsage: options.boolean("include_usage") === true,
		outputTokensMax: limitOf(json["max_tokens"]),
		// All that are written are paid for, also those that `best_of` throws away.
		choices: Math.max(
			1,
			prompts.length * Math.max(limitOf(json["n"]) ?? 1, limitOf(json["best_of"]) ?? 1),
		),
		segments: segmentsOf(json, prompts),
	};
}

const known: ReadonlySet<string> = new Set(["prompt", "suffix"]);

function segmentsOf(json: Json, prompts: readonly TextSegment[]): readonly TextSegment[] {
	const segments = [...prompts];
	collectTexts(segments, { source: "user", path: ["suffix"], value: json["suffix"] });
	collectOthers(segments, json, known);
	return segments;
}

function limitOf(value: unknown): number | undefined {
	return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

function promptsOf(prompt: unknown): readonly TextSegment[] {
	if (prompt === undefined || prompt === null) return [];
	if (typeof prompt === "string") return [{ source: "user", path: ["prompt"], text: prompt }];
	if (!Array.isArray(prompt)) throw invalid("prompt", "must be a string or an array of strings");
	return prompt.map((text, index) => {
		if (typeof text === "string") return { source: "user", path: ["prompt", index], text };
		throw new GatewayError("request.unsupported", {
			param: `prompt[${index}]`,
			message: "A prompt of tokens cannot be inspected; send it as text.",
		});
	});
}
