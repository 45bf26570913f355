import type { ChatEvent, Frame } from "../../contract/chat.ts";
import { leavesOf } from "../../dialects/responses/leaves.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import type { JsonPath } from "../../text/json-scan.ts";
import { createFrameBuilder } from "../shared/frame-builder.ts";
import type { Loose } from "../shared/read-json.ts";
import { parseObject, readList, readObject, readText } from "../shared/read-json.ts";
import { errorOf } from "./decode.ts";
import { kindOf } from "./responses-kinds.ts";
import type { ResponseFields } from "./responses-speech.ts";
import { createSpeech, endReasonOf, usageOf } from "./responses-speech.ts";

/** A whole `response` object. Throws `upstream.malformed`. */
export function decodeResponse(body: string): Frame {
	const response = parseObject<ResponseFields | "output_text">(body);
	const builder = createFrameBuilder("responses");
	const error = response.error ?? undefined;
	// First, so that a failure with status 200 is taken for one before anything was said.
	if (error !== undefined) builder.add(errorOf(error));
	else if (!Array.isArray(response.output)) throw new GatewayError("upstream.malformed");
	builder.add(startOf(response));
	const speech = createSpeech();
	for (const [outputIndex, item] of readList(response.output).entries()) {
		speech.item(builder, item, outputIndex);
		const type = readObject<"type">(item)?.type;
		for (const { path, text } of leavesOf(item, { tooDeep })) {
			speech.say(builder, {
				kind: kindOf(type, path),
				text,
				outputIndex,
				run: runOf(outputIndex, path),
				place: {
					paths: [["output", outputIndex, ...path]],
					// The text again: token by token, and in a field that some servers add for convenience.
					clears: [["output", outputIndex, ...logprobsBeside(path)], ["output_text"]],
				},
			});
		}
	}
	const usage = usageOf(response.usage);
	if (usage !== undefined) builder.add({ type: "usage", usage });
	const reason = endReasonOf(response, speech.hasCalls());
	if (reason !== undefined) builder.add({ type: "end", choice: 0, reason });
	return builder.build(body, []);
}

export const tooDeep = "upstream.malformed";

/** A run of text is a leaf of an output item. */
export function runOf(outputIndex: number, path: JsonPath): string {
	return [outputIndex, ...path].join(".");
}

export function logprobsBeside(path: JsonPath): JsonPath {
	return [...path.slice(0, -1), "logprobs"];
}

export function startOf(response: Loose<ResponseFields>): ChatEvent {
	const id = readText(response.id);
	const model = readText(response.model);
	return { type: "start", ...(id !== undefined && { id }), ...(model !== undefined && { model }) };
}
