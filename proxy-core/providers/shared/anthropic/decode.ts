import type { ChatEvent, EndReason, Frame } from "../../../contract/chat.ts";
import { GatewayError } from "../../../errors/gateway-error.ts";
import { createSseParser } from "../../../streams/sse-parser.ts";
import { sliceJson } from "../../../text/json-splice.ts";
import type { StreamDecoder } from "../../define-provider.ts";
import type { FrameBuilder } from "../frame-builder.ts";
import { createFrameBuilder } from "../frame-builder.ts";
import type { Loose } from "../read-json.ts";
import { parseObject, readObject, readText } from "../read-json.ts";
import { createUsageTally } from "./decode-usage.ts";
import type { BlockFields, DeltaFields, EventFields, MessageFields } from "./wire.ts";

/** A whole message. Throws `upstream.malformed`. */
export function decodeMessage(body: string): Frame {
	const message = parseObject<MessageFields>(body);
	const builder = createFrameBuilder("anthropic");
	if (message.type === "error") {
		builder.add(errorOf(message.error));
		return builder.build(body, []);
	}
	if (!Array.isArray(message.content)) throw new GatewayError("upstream.malformed");
	builder.add(startOf(message));
	let tools = 0;
	for (const [position, item] of message.content.entries()) {
		const block = readObject<BlockFields>(item);
		const path = ["content", position];
		if (block?.type === "tool_use") {
			const index = tools++;
			builder.add(toolStart(block, index));
			builder.addText(
				{
					type: "tool-arguments",
					choice: 0,
					index,
					text: sliceJson(body, [...path, "input"]) ?? "{}",
				},
				{ paths: [[...path, "input"]], isJson: true },
			);
		} else addSpoken(builder, { block, path });
	}
	addEnd(builder, message);
	const tally = createUsageTally();
	tally.note(message.usage);
	addUsage(builder, tally.usage());
	return builder.build(body, [["usage"]]);
}

/** Messages events from `message_start` to `message_stop`. */
export function createMessageDecoder(): StreamDecoder {
	const parser = createSseParser();
	const state = { tools: new Map<unknown, OpenTool>(), tally: createUsageTally(), complete: false };
	const framesOf = (events: ReturnType<typeof parser.push>): Frame[] =>
		events.flatMap(({ data }) => (data === "" || state.complete ? [] : [decodeEvent(data, state)]));
	return {
		push: (bytes) => framesOf(parser.push(bytes)),
		end: () => ({ frames: framesOf(parser.end()), complete: state.complete }),
	};
}

interface OpenTool {
	readonly index: number;
	/** The arguments of a call that streams none; some come whole with the block's start. */
	readonly input: unknown;
	hasText: boolean;
}

interface State {
	readonly tools: Map<unknown, OpenTool>;
	readonly tally: ReturnType<typeof createUsageTally>;
	complete: boolean;
}

function decodeEvent(data: string, state: State): Frame {
	const event = parseObject<EventFields>(data);
	const builder = createFrameBuilder("anthropic");
	switch (event.type) {
		case "message_start": {
			const message = readObject<MessageFields>(event.message);
			builder.add(startOf(message ?? {}));
			state.tally.note(message?.usage);
			break;
		}
		case "content_block_start":
			startBlock(builder, event, state);
			break;
		case "content_block_delta":
			addDelta(builder, event, state);
			break;
		case "content_block_stop":
			stopBlock(builder, state.tools.get(event.index));
			break;
		case "message_delta": {
			addEnd(builder, readObject<DeltaFields>(event.delta));
			state.tally.note(event.usage);
			addUsage(builder, state.tally.usage());
			return builder.build(data, [["usage"]]);
		}
		case "message_stop":
			state.complete = true;
			break;
		case "error":
			builder.add(errorOf(event.error));
			break;
		// `ping`, and whatever the API adds: its versioning policy asks clients to pass over it.
		default:
	}
	return builder.build(data, []);
}

function startBlock(builder: FrameBuilder, event: Loose<EventFields>, state: State): void {
	const block = readObject<BlockFields>(event.content_block);
	if (block?.type !== "tool_use") {
		addSpoken(builder, { block, path: ["content_block"] });
		return;
	}
	const tool = { index: state.tools.size, input: block.input, hasText: false };
	state.tools.set(event.index, tool);
	builder.add(toolStart(block, tool.index));
}

function addDelta(builder: FrameBuilder, event: Loose<EventFields>, state: State): void {
	const delta = readObject<DeltaFields>(event.delta);
	const tool = state.tools.get(event.index);
	const text = readText(delta?.partial_json);
	if (delta?.type === "input_json_delta" && tool !== undefined && text !== undefined) {
		tool.hasText = true;
		builder.addText(
			{ type: "tool-arguments", choice: 0, index: tool.index, text },
			{ paths: [["delta", "partial_json"]] },
		);
	} else addSpoken(builder, { block: delta, path: ["delta"] });
}

/** A call without arguments streams none, but a caller who parses them needs an object. */
function stopBlock(builder: FrameBuilder, tool: OpenTool | undefined): void {
	if (tool === undefined || tool.hasText) return;
	tool.hasText = true;
	const text = JSON.stringify(readObject(tool.input) ?? {});
	builder.add({ type: "tool-arguments", choice: 0, index: tool.index, text });
}

interface Spoken {
	readonly block: Loose<"type" | "text" | "thinking" | "signature" | "data"> | undefined;
	readonly path: readonly (string | number)[];
}

function addSpoken(builder: FrameBuilder, { block, path }: Spoken): void {
	const text = readText(block?.text);
	const thinking = readText(block?.thinking);
	if (text !== undefined)
		builder.addText({ type: "text", choice: 0, text }, { paths: [[...path, "text"]] });
	if (thinking !== undefined)
		builder.addText(
			{ type: "reasoning", choice: 0, text: thinking },
			{ paths: [[...path, "thinking"]] },
		);
	addProof(builder, block);
}

/** Signed and encrypted thinking, which the API wants back in the next turn as it was. */
function addProof(builder: FrameBuilder, block: Spoken["block"]): void {
	const isRedacted = block?.type === "redacted_thinking";
	const signature = readText(isRedacted ? block.data : block?.signature);
	if (signature === undefined) return;
	builder.add({
		type: "reasoning-signature",
		choice: 0,
		signature,
		...(isRedacted && { isRedacted }),
	});
}

function addEnd(
	builder: FrameBuilder,
	delta: Loose<"stop_reason" | "stop_sequence"> | undefined,
): void {
	const reason = endReasonOf(delta?.stop_reason);
	if (reason === undefined) return;
	const stopSequence = readText(delta?.stop_sequence);
	builder.add({
		type: "end",
		choice: 0,
		reason,
		...(stopSequence !== undefined && { stopSequence }),
	});
}

function startOf(message: Loose<MessageFields>): ChatEvent {
	const id = readText(message.id);
	const model = readText(message.model);
	return { type: "start", ...(id !== undefined && { id }), ...(model !== undefined && { model }) };
}

function toolStart(block: Loose<BlockFields>, index: number): ChatEvent {
	const id = readText(block.id) ?? `call_0_${index}`;
	return { type: "tool-start", choice: 0, index, id, name: readText(block.name) ?? "" };
}

function addUsage(builder: FrameBuilder, usage: ReturnType<State["tally"]["usage"]>): void {
	if (usage !== undefined) builder.add({ type: "usage", usage });
}

function errorOf(value: unknown): ChatEvent {
	const error = readObject<"type" | "message">(value);
	const code = readText(error?.type);
	return {
		type: "error",
		message: readText(error?.message) ?? "The provider reported an error.",
		...(code !== undefined && { code }),
	};
}

function endReasonOf(value: unknown): EndReason | undefined {
	switch (value) {
		case undefined:
		case null:
			return undefined;
		case "max_tokens":
		case "model_context_window_exceeded":
			return "length";
		case "tool_use":
			return "tool-calls";
		case "refusal":
			return "filtered";
		default:
			return "stop";
	}
}
