import type { ChatEvent, EndReason, Frame, Usage } from "../../contract/chat.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import { createSseParser } from "../../streams/sse-parser.ts";
import type { StreamDecoder } from "../define-provider.ts";
import type { FrameBuilder } from "../shared/frame-builder.ts";
import { createFrameBuilder } from "../shared/frame-builder.ts";
import { parseObject, readCount, readList, readObject, readText } from "../shared/read-json.ts";
import { addMessage, addNoArguments, addToolCall } from "./decode-message.ts";
import type { AnswerFields, CountFields, DeltaFields, EventFields, UsageFields } from "./wire.ts";

/** A whole answer of `/v2/chat`. Throws `upstream.malformed`. */
export function decodeAnswer(body: string): Frame {
	const answer = parseObject<AnswerFields>(body);
	const message = readObject<"tool_calls">(answer.message);
	if (message === undefined) throw new GatewayError("upstream.malformed");
	const builder = createFrameBuilder("cohere");
	const id = readText(answer.id);
	builder.add({ type: "start", ...(id !== undefined && { id }) });
	addMessage(builder, { message, path: ["message"] });
	for (const [index, call] of readList(message.tool_calls).entries())
		if (!addToolCall(builder, { call, index, path: ["message", "tool_calls", index] }))
			addNoArguments(builder, index);
	addEnd(builder, answer.finish_reason, undefined);
	addUsage(builder, answer.usage);
	return builder.build(body, [["usage"]]);
}

/** Events from `message-start` to `message-end`. */
export function createAnswerDecoder(): StreamDecoder {
	const parser = createSseParser();
	const state: State = { calls: new Map(), complete: false };
	const framesOf = (events: ReturnType<typeof parser.push>): Frame[] =>
		events.flatMap(({ data }) =>
			// `[DONE]` and the like after the last event say nothing.
			data === "" || state.complete ? [] : [decodeEvent(data, state)],
		);
	return {
		push: (bytes) => framesOf(parser.push(bytes)),
		end: () => ({ frames: framesOf(parser.end()), complete: state.complete }),
	};
}

interface State {
	/** By the upstream's index. */
	readonly calls: Map<unknown, { readonly index: number; hasText: boolean }>;
	complete: boolean;
}

function decodeEvent(data: string, state: State): Frame {
	const event = parseObject<EventFields>(data);
	const builder = createFrameBuilder("cohere");
	const delta = readObject<DeltaFields>(event.delta);
	const message = readObject<"tool_calls">(delta?.message);
	const path = ["delta", "message"];
	switch (event.type) {
		case "message-start": {
			const id = readText(event.id);
			builder.add({ type: "start", ...(id !== undefined && { id }) });
			break;
		}
		case "content-start":
		case "content-delta":
		case "tool-plan-delta":
			addMessage(builder, { message, path });
			break;
		case "tool-call-start":
		case "tool-call-delta": {
			const known = state.calls.get(event.index);
			const open = known ?? { index: state.calls.size, hasText: false };
			const input = { call: message?.tool_calls, index: open.index, isKnown: known !== undefined };
			if (addToolCall(builder, { ...input, path: [...path, "tool_calls"] })) open.hasText = true;
			state.calls.set(event.index, open);
			break;
		}
		case "tool-call-end": {
			const open = state.calls.get(event.index);
			if (open?.hasText === false) addNoArguments(builder, open.index);
			break;
		}
		case "message-end":
			state.complete = true;
			addEnd(builder, delta?.finish_reason, delta?.error);
			addUsage(builder, delta?.usage);
			return builder.build(data, [["delta", "usage"]]);
		// Citations, ends of parts, and whatever the API adds.
		default:
			// An error that comes as an event has a message and no type.
			if (event.type === undefined) builder.add(errorOf(readText(event.message)));
	}
	return builder.build(data, []);
}

function addEnd(builder: FrameBuilder, value: unknown, error: unknown): void {
	const reason = readText(value);
	if (reason === undefined) return;
	const end = endOf(reason);
	if (end !== undefined) builder.add({ type: "end", choice: 0, reason: end });
	else builder.add(errorOf(readText(error) ?? `The model ended with ${reason}.`, reason));
}

/** Undefined for ends that are failures, not answers. */
function endOf(reason: string): EndReason | undefined {
	switch (reason) {
		case "MAX_TOKENS":
			return "length";
		case "TOOL_CALL":
			return "tool-calls";
		case "ERROR_TOXIC":
			return "filtered";
		case "ERROR":
		case "TIMEOUT":
			return undefined;
		// COMPLETE, STOP_SEQUENCE, and whatever the API adds.
		default:
			return "stop";
	}
}

function errorOf(message: string | undefined, code?: string): ChatEvent {
	const fallback = "The provider reported an error.";
	return { type: "error", message: message ?? fallback, ...(code !== undefined && { code }) };
}

function addUsage(builder: FrameBuilder, value: unknown): void {
	const usage = usageOf(value);
	if (usage !== undefined) builder.add({ type: "usage", usage });
}

/**
 * The billed counts, because `tokens` includes the prompt's template, which nobody pays for. A count
 * that is not billed is left out of `billed_units`.
 */
function usageOf(value: unknown): Usage | undefined {
	const usage = readObject<UsageFields>(value);
	const billed = readObject<CountFields>(usage?.billed_units);
	const counted = readObject<CountFields>(usage?.tokens);
	const inputTokens = readCount(billed?.input_tokens) ?? readCount(counted?.input_tokens);
	const outputTokens = readCount(billed?.output_tokens) ?? readCount(counted?.output_tokens);
	if (inputTokens === undefined || outputTokens === undefined) return undefined;
	const cached = readCount(usage?.cached_tokens);
	return {
		inputTokens,
		outputTokens,
		// The count is of the whole prompt, template included, and must not exceed what it is part of.
		...(cached !== undefined && { cachedInputTokens: Math.min(cached, inputTokens) }),
		estimated: false,
	};
}
