import type { JsonPath } from "../../text/json-scan.ts";
import type { FrameBuilder } from "../shared/frame-builder.ts";
import type { Loose } from "../shared/read-json.ts";
import { readList, readObject, readText } from "../shared/read-json.ts";
import type { CallFields, FunctionFields, MessageFields, PartFields } from "./wire.ts";

interface MessageInput {
	/** A whole message, or the message of one delta. */
	readonly message: Loose<MessageFields> | undefined;
	readonly path: JsonPath;
}

/** The texts of a message: the plan before tool calls, thinking, and what is said. */
export function addMessage(builder: FrameBuilder, { message, path }: MessageInput): void {
	const plan = readText(message?.tool_plan);
	if (plan !== undefined)
		builder.addText(
			{ type: "reasoning", choice: 0, text: plan },
			{ paths: [[...path, "tool_plan"]] },
		);
	const content = message?.content;
	// A list in whole answers; one object, or a bare text, in the deltas of a stream.
	if (typeof content === "string") addSaid(builder, { text: content, at: [...path, "content"] });
	else if (Array.isArray(content))
		for (const [index, item] of readList(content).entries())
			addPart(builder, item, [...path, "content", index]);
	else addPart(builder, content, [...path, "content"]);
}

function addPart(builder: FrameBuilder, value: unknown, path: JsonPath): void {
	const part = readObject<PartFields>(value);
	const thinking = readText(part?.thinking);
	if (thinking !== undefined)
		builder.addText(
			{ type: "reasoning", choice: 0, text: thinking },
			{ paths: [[...path, "thinking"]] },
		);
	addSaid(builder, { text: part?.text, at: [...path, "text"] });
}

function addSaid(builder: FrameBuilder, { text, at }: { text: unknown; at: JsonPath }): void {
	const said = readText(text);
	if (said !== undefined) builder.addText({ type: "text", choice: 0, text: said }, { paths: [at] });
}

interface CallInput {
	readonly call: unknown;
	readonly index: number;
	readonly path: JsonPath;
	/** The call was announced before. */
	readonly isKnown?: boolean;
}

/** A tool call, or the next piece of one. True when it brought a piece of the arguments. */
export function addToolCall(builder: FrameBuilder, input: CallInput): boolean {
	const { index, path, isKnown = false } = input;
	const call = readObject<CallFields>(input.call);
	const called = readObject<FunctionFields>(call?.function);
	const id = readText(call?.id) ?? `call_0_${index}`;
	if (!isKnown)
		builder.add({ type: "tool-start", choice: 0, index, id, name: readText(called?.name) ?? "" });
	const text = readText(called?.arguments);
	if (text === undefined) return false;
	builder.addText(
		{ type: "tool-arguments", choice: 0, index, text },
		{ paths: [[...path, "function", "arguments"]] },
	);
	return true;
}

/** A call without arguments brings none, but a caller who parses them needs an object. */
export function addNoArguments(builder: FrameBuilder, index: number): void {
	builder.add({ type: "tool-arguments", choice: 0, index, text: "{}" });
}
