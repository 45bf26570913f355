import type { Frame } from "../../contract/chat.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import type { StreamDecoder } from "../define-provider.ts";
import type { FrameBuilder } from "../shared/frame-builder.ts";
import { createFrameBuilder } from "../shared/frame-builder.ts";
import type { Loose } from "../shared/read-json.ts";
import { parseObject, readObject, readText } from "../shared/read-json.ts";
import { addEnd, addSpoken, toolStart } from "./decode.ts";
import { usageOf } from "./decode-usage.ts";
import type { EventStreamMessage } from "./event-stream.ts";
import { createEventStreamParser } from "./event-stream.ts";
import type { BlockFields, EventFields, ToolUseFields } from "./wire.ts";

interface OpenTool {
	readonly index: number;
	hasText: boolean;
}

interface State {
	/** By the upstream's number of the block. */
	readonly tools: Map<unknown, OpenTool>;
	complete: boolean;
}

/**
 * ConverseStream's events from `messageStart` to `messageStop` and `metadata`. A frame's JSON is the
 * event under its name, as AWS's own SDKs show it; on the wire the name is a binary header.
 */
export function createConverseDecoder(): StreamDecoder {
	const parser = createEventStreamParser();
	const state: State = { tools: new Map(), complete: false };
	return {
		push: (bytes) => parser.push(bytes).map((message) => decodeMessage(message, state)),
		end: () => ({ frames: [], complete: state.complete && !parser.isCut() }),
	};
}

function decodeMessage({ headers, payload }: EventStreamMessage, state: State): Frame {
	const text = textOf(payload);
	switch (headers.get(":message-type")) {
		case "exception":
			return failure(headers.get(":exception-type"), messageIn(text));
		case "error":
			return failure(headers.get(":error-code"), headers.get(":error-message"));
		default: {
			const name = headers.get(":event-type");
			if (name === undefined) throw new GatewayError("upstream.malformed");
			return decodeEvent(name, text, state);
		}
	}
}

const decoder = new TextDecoder("utf-8", { fatal: true });

function textOf(payload: Uint8Array): string {
	try {
		return decoder.decode(payload);
	} catch (cause) {
		throw new GatewayError("upstream.malformed", { cause });
	}
}

/** Exceptions carry a JSON object; one that does not is still an exception. */
function messageIn(text: string): string | undefined {
	try {
		return readText(parseObject<"message">(text).message);
	} catch {
		return undefined;
	}
}

function failure(code: string | undefined, message: string | undefined): Frame {
	const fallback = "The provider reported an error.";
	return {
		events: [{ type: "error", message: message ?? fallback, ...(code !== undefined && { code }) }],
	};
}

function decodeEvent(name: string, text: string, state: State): Frame {
	const event = parseObject<EventFields>(text);
	const data = `{${JSON.stringify(name)}:${text}}`;
	const builder = createFrameBuilder("bedrock");
	switch (name) {
		case "messageStart":
			builder.add({ type: "start" });
			break;
		case "contentBlockStart":
			startTool(builder, event, state);
			break;
		case "contentBlockDelta":
			addDelta(builder, event, state);
			break;
		case "contentBlockStop":
			stopTool(builder, state.tools.get(event.contentBlockIndex));
			break;
		case "messageStop":
			state.complete = true;
			addEnd(builder, event.stopReason);
			break;
		case "metadata": {
			const usage = usageOf(event.usage);
			if (usage !== undefined) builder.add({ type: "usage", usage });
			return builder.build(data, [[name, "usage"]]);
		}
		// Whatever the API adds.
		default:
	}
	return builder.build(data, []);
}

function startTool(builder: FrameBuilder, event: Loose<EventFields>, state: State): void {
	const toolUse = readObject<ToolUseFields>(readObject<"toolUse">(event.start)?.toolUse);
	if (toolUse === undefined) return;
	const tool = { index: state.tools.size, hasText: false };
	state.tools.set(event.contentBlockIndex, tool);
	builder.add(toolStart(toolUse, tool.index));
}

function addDelta(builder: FrameBuilder, event: Loose<EventFields>, state: State): void {
	const delta = readObject<BlockFields>(event.delta);
	const path = ["contentBlockDelta", "delta"];
	const tool = state.tools.get(event.contentBlockIndex);
	const text = readText(readObject<ToolUseFields>(delta?.toolUse)?.input);
	if (tool !== undefined && text !== undefined) {
		tool.hasText = true;
		builder.addText(
			{ type: "tool-arguments", choice: 0, index: tool.index, text },
			{ paths: [[...path, "toolUse", "input"]] },
		);
	}
	addSpoken(builder, { block: delta, path });
}

/** A call without arguments streams none, but a caller who parses them needs an object. */
function stopTool(builder: FrameBuilder, tool: OpenTool | undefined): void {
	if (tool === undefined || tool.hasText) return;
	tool.hasText = true;
	builder.add({ type: "tool-arguments", choice: 0, index: tool.index, text: "{}" });
}
