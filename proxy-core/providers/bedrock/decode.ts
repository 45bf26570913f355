import type { ChatEvent, EndReason, Frame } from "../../contract/chat.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import { sliceJson } from "../../text/json-splice.ts";
import type { FrameBuilder } from "../shared/frame-builder.ts";
import { createFrameBuilder } from "../shared/frame-builder.ts";
import type { Loose } from "../shared/read-json.ts";
import { parseObject, readObject, readText } from "../shared/read-json.ts";
import { usageOf } from "./decode-usage.ts";
import type { AnswerFields, BlockFields, ReasoningFields, ToolUseFields } from "./wire.ts";

/** A whole Converse answer. Throws `upstream.malformed`. */
export function decodeAnswer(body: string): Frame {
	const answer = parseObject<AnswerFields>(body);
	const message = readObject<"content">(readObject<"message">(answer.output)?.message);
	if (!Array.isArray(message?.content)) throw new GatewayError("upstream.malformed");
	const builder = createFrameBuilder("bedrock");
	builder.add({ type: "start" });
	let tools = 0;
	for (const [position, item] of message.content.entries()) {
		const block = readObject<BlockFields>(item);
		const path = ["output", "message", "content", position];
		const toolUse = readObject<ToolUseFields>(block?.toolUse);
		if (toolUse === undefined) addSpoken(builder, { block, path });
		else {
			const index = tools++;
			const at = [...path, "toolUse", "input"];
			builder.add(toolStart(toolUse, index));
			builder.addText(
				{ type: "tool-arguments", choice: 0, index, text: sliceJson(body, at) ?? "{}" },
				{ paths: [at], isJson: true },
			);
		}
	}
	addEnd(builder, answer.stopReason);
	const usage = usageOf(answer.usage);
	if (usage !== undefined) builder.add({ type: "usage", usage });
	return builder.build(body, [["usage"]]);
}

interface Spoken {
	/** A block of a whole answer, or the delta of one. */
	readonly block: Loose<BlockFields> | undefined;
	readonly path: readonly (string | number)[];
}

/** Text, and reasoning, which stands one level deeper in whole answers than in deltas. */
export function addSpoken(builder: FrameBuilder, { block, path }: Spoken): void {
	const text = readText(block?.text);
	if (text !== undefined)
		builder.addText({ type: "text", choice: 0, text }, { paths: [[...path, "text"]] });
	addReasoning(builder, { block, path: [...path, "reasoningContent"] });
}

function addReasoning(builder: FrameBuilder, { block, path }: Spoken): void {
	const reasoning = readObject<ReasoningFields>(block?.reasoningContent);
	const inner = readObject<"text" | "signature">(reasoning?.reasoningText);
	const text = readText(reasoning?.text) ?? readText(inner?.text);
	const at = inner === undefined ? ["text"] : ["reasoningText", "text"];
	if (text !== undefined)
		builder.addText({ type: "reasoning", choice: 0, text }, { paths: [[...path, ...at]] });
	const signature = readText(reasoning?.signature) ?? readText(inner?.signature);
	if (signature !== undefined) builder.add({ type: "reasoning-signature", choice: 0, signature });
	const redacted = readText(reasoning?.redactedContent);
	if (redacted !== undefined)
		builder.add({
			type: "reasoning-signature",
			choice: 0,
			signature: redacted,
			isRedacted: true,
		});
}

export function toolStart(toolUse: Loose<ToolUseFields>, index: number): ChatEvent {
	const id = readText(toolUse.toolUseId) ?? `call_0_${index}`;
	return { type: "tool-start", choice: 0, index, id, name: readText(toolUse.name) ?? "" };
}

export function addEnd(builder: FrameBuilder, value: unknown): void {
	const reason = readText(value);
	if (reason === undefined) return;
	const end = endOf(reason);
	if (end !== undefined) builder.add({ type: "end", choice: 0, reason: end });
	else builder.add({ type: "error", message: `The model ended with ${reason}.`, code: reason });
}

/** Undefined for ends that are failures of the model, not answers. */
function endOf(reason: string): EndReason | undefined {
	switch (reason) {
		case "max_tokens":
		case "model_context_window_exceeded":
			return "length";
		case "tool_use":
			return "tool-calls";
		case "guardrail_intervened":
		case "content_filtered":
			return "filtered";
		case "malformed_model_output":
		case "malformed_tool_use":
			return undefined;
		// end_turn, stop_sequence, and whatever the API adds.
		default:
			return "stop";
	}
}
