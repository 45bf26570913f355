import type { EndReason, TextEvent } from "../../contract/chat.ts";
import type { JsonPath } from "../../text/json-scan.ts";
import type { FrameBuilder } from "../shared/frame-builder.ts";
import type { Loose } from "../shared/read-json.ts";
import { readList, readObject, readText } from "../shared/read-json.ts";
import type { CalledFields, MessageFields, ToolCallFields } from "./wire.ts";

/** Which tool calls of an answer have begun, by choice and the upstream's index. */
export interface ToolSlots {
	readonly byKey: Map<string, { readonly index: number; readonly id: string | undefined }>;
	readonly counts: Map<number, number>;
}

export function createToolSlots(): ToolSlots {
	return { byKey: new Map(), counts: new Map() };
}

export interface MessageInput {
	/** A `message` or a `delta`. */
	readonly message: unknown;
	readonly path: JsonPath;
	readonly choice: number;
	readonly slots: ToolSlots;
}

/** Adds the events of one message or delta, each text with its places in the JSON. */
export function addMessage(builder: FrameBuilder, input: MessageInput): void {
	const message = readObject<MessageFields>(input.message);
	if (message === undefined) return;
	addReasoning(builder, { ...input, message });
	addContent(builder, { ...input, message });
	addLeaf(builder, "refusal", {
		...input,
		text: message.refusal,
		path: [...input.path, "refusal"],
	});
	const audio = readObject<"transcript">(message.audio);
	if (audio !== undefined)
		addLeaf(builder, "text", {
			...input,
			text: audio.transcript,
			path: [...input.path, "audio", "transcript"],
		});
	for (const [position, call] of readList(message.tool_calls).entries())
		addToolCall(builder, {
			...input,
			call,
			position,
			path: [...input.path, "tool_calls", position],
		});
	const legacy = readObject(message.function_call);
	if (legacy !== undefined)
		addToolCall(builder, {
			...input,
			call: { index: 0, id: "function_call", function: legacy },
			position: 0,
			path: [...input.path, "function_call"],
			isLegacy: true,
		});
}

interface Leaf {
	readonly text: unknown;
	readonly path: JsonPath;
	readonly choice: number;
}

type Spoken = "text" | "reasoning" | "refusal";

function addLeaf(builder: FrameBuilder, type: Spoken, leaf: Leaf): void {
	const text = readText(leaf.text);
	if (text === undefined) return;
	builder.addText(
		{ type, choice: leaf.choice, text },
		{ paths: [leaf.path], clears: clearsOf(leaf.path) },
	);
}

/** `choices[i].logprobs` spells the text out token by token, so it goes when the text is edited. */
function clearsOf(path: JsonPath): JsonPath[] {
	return [[...path.slice(0, 2), "logprobs"]];
}

interface Holder {
	readonly message: Loose<MessageFields>;
	readonly path: JsonPath;
	readonly choice: number;
}

/** Text, or a list of parts as Mistral's reasoning models send it. */
function addContent(builder: FrameBuilder, { message, path, choice }: Holder): void {
	const at = [...path, "content"];
	addLeaf(builder, "text", { text: message.content, path: at, choice });
	for (const [index, item] of readList(message.content).entries()) {
		const part = readObject<"text" | "thinking">(item);
		addLeaf(builder, "text", { text: part?.text, path: [...at, index, "text"], choice });
		for (const [inner, thought] of readList(part?.thinking).entries())
			addLeaf(builder, "reasoning", {
				text: readObject<"text">(thought)?.text,
				path: [...at, index, "thinking", inner, "text"],
				choice,
			});
	}
}

/** Reasoning has three customary places, and some upstreams fill several with the same text. */
function addReasoning(builder: FrameBuilder, { message, path, choice }: Holder): void {
	const places = new Map<string, JsonPath[]>();
	const note = (value: unknown, at: JsonPath) => {
		const text = readText(value);
		if (text === undefined) return;
		const known = places.get(text);
		if (known === undefined) places.set(text, [at]);
		else known.push(at);
	};
	note(message.reasoning_content, [...path, "reasoning_content"]);
	note(message.reasoning, [...path, "reasoning"]);
	for (const [index, item] of readList(message.reasoning_details).entries()) {
		const detail = readObject<"text" | "summary">(item);
		note(detail?.text, [...path, "reasoning_details", index, "text"]);
		note(detail?.summary, [...path, "reasoning_details", index, "summary"]);
	}
	for (const [text, paths] of places)
		builder.addText({ type: "reasoning", choice, text }, { paths, clears: clearsOf(path) });
}

interface CallInput {
	readonly call: unknown;
	readonly position: number;
	readonly path: JsonPath;
	readonly choice: number;
	readonly slots: ToolSlots;
	readonly isLegacy?: boolean;
}

function addToolCall(builder: FrameBuilder, input: CallInput): void {
	const call = readObject<ToolCallFields>(input.call);
	if (call === undefined) return;
	const isCustom = readObject(call.custom) !== undefined;
	const called = readObject<CalledFields>(isCustom ? call.custom : call.function);
	const name = readText(called?.name);
	const index = slotOf(builder, { ...input, tool: call, name });
	const text = readText(isCustom ? called?.input : called?.arguments);
	if (text === undefined) return;
	const inner = isCustom ? ["custom", "input"] : ["function", "arguments"];
	const path = input.isLegacy ? [...input.path, "arguments"] : [...input.path, ...inner];
	const event: TextEvent = { type: "tool-arguments", choice: input.choice, index, text };
	builder.addText(event, { paths: [path], clears: clearsOf(path) });
}

interface SlotInput {
	readonly tool: Loose<ToolCallFields>;
	readonly name: string | undefined;
	readonly position: number;
	readonly choice: number;
	readonly slots: ToolSlots;
}

/**
 * The call's index, announcing it when it is new. Upstreams differ: some leave the index out, some
 * repeat id and name in every delta, some give every call index 0 with an id of its own.
 */
function slotOf(builder: FrameBuilder, { tool, name, position, choice, slots }: SlotInput): number {
	const id = readText(tool.id);
	const key = `${choice}/${typeof tool.index === "number" ? tool.index : position}`;
	const known = slots.byKey.get(key);
	if (known !== undefined && (id === undefined || known.id === undefined || id === known.id))
		return known.index;
	const index = slots.counts.get(choice) ?? 0;
	slots.counts.set(choice, index + 1);
	slots.byKey.set(key, { index, id });
	const signature = readText(
		readObject<"thought_signature">(readObject<"google">(tool.extra_content)?.google)
			?.thought_signature,
	);
	builder.add({
		type: "tool-start",
		choice,
		index,
		id: id ?? `call_${choice}_${index}`,
		name: name ?? "",
		...(signature !== undefined && { signature }),
	});
	return index;
}

/** Undefined while the choice goes on. Unknown reasons are ordinary ends. */
export function endReasonOf(value: unknown): EndReason | undefined {
	switch (value) {
		case undefined:
		case null:
		case "":
			return undefined;
		case "length":
		case "max_tokens":
		case "model_length":
			return "length";
		case "tool_calls":
		case "function_call":
			return "tool-calls";
		case "content_filter":
			return "filtered";
		default:
			return "stop";
	}
}
