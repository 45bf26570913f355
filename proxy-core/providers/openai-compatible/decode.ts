import type { ChatEvent, Frame } from "../../contract/chat.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import { createSseParser } from "../../streams/sse-parser.ts";
import { spliceJson } from "../../text/json-splice.ts";
import type { StreamDecoder } from "../define-provider.ts";
import type { FrameBuilder } from "../shared/frame-builder.ts";
import { createFrameBuilder } from "../shared/frame-builder.ts";
import { codeOf } from "../shared/read-fault.ts";
import type { Loose } from "../shared/read-json.ts";
import { parseObject, readCount, readList, readObject, readText } from "../shared/read-json.ts";
import type { ToolSlots } from "./decode-message.ts";
import { addMessage, createToolSlots, endReasonOf } from "./decode-message.ts";
import { usageOf } from "./decode-usage.ts";
import type { ChoiceFields, CompletionFields } from "./wire.ts";

/** A whole chat completion. Throws `upstream.malformed`. */
export function decodeCompletion(body: string): Frame {
	const completion = parseObject<CompletionFields>(body);
	const builder = createFrameBuilder("openai");
	const failed = isPresent(completion.error);
	if (failed) builder.add(errorOf(completion.error));
	else if (!Array.isArray(completion.choices)) throw new GatewayError("upstream.malformed");
	builder.add(startOf(completion));
	const slots = createToolSlots();
	for (const [position, item] of readList(completion.choices).entries())
		addChoice(builder, { item, position, key: "message", slots });
	addUsage(builder, completion);
	return builder.build(body, "usage" in completion ? [["usage"]] : []);
}

interface ChoiceInput {
	readonly item: unknown;
	readonly position: number;
	readonly key: "message" | "delta";
	readonly slots: ToolSlots;
}

/** The choice's number and whether it has ended. */
function addChoice(builder: FrameBuilder, { item, position, key, slots }: ChoiceInput) {
	const choice = readObject<ChoiceFields>(item);
	if (choice === undefined) throw new GatewayError("upstream.malformed");
	const number = readCount(choice.index) ?? position;
	if (isPresent(choice.error)) builder.add(errorOf(choice.error));
	const path = ["choices", position, key];
	addMessage(builder, { message: choice[key], path, choice: number, slots });
	const reason = endReasonOf(choice.finish_reason);
	if (reason !== undefined) builder.add({ type: "end", choice: number, reason });
	return { number, hasEnded: reason !== undefined };
}

/** `chat.completion.chunk` events up to `[DONE]`. */
export function createChunkDecoder(): StreamDecoder {
	const parser = createSseParser();
	const slots = createToolSlots();
	const open = new Set<number>();
	let started = false;
	let sawEnd = false;
	let done = false;

	const decodeChunk = (received: string, eventName: string | undefined): Frame => {
		const chunk = parseObject<CompletionFields>(received);
		const data = withoutEchoes(received, chunk);
		const builder = createFrameBuilder("openai");
		const error = chunk.error ?? (eventName === "error" ? chunk : undefined);
		if (isPresent(error)) builder.add(errorOf(error));
		// Azure's first chunk has neither id nor model; the next one begins the answer.
		const start = startOf(chunk);
		if (!started && ("id" in start || "model" in start)) {
			started = true;
			builder.add(start);
		}
		for (const [position, item] of readList(chunk.choices).entries()) {
			const { number, hasEnded } = addChoice(builder, { item, position, key: "delta", slots });
			sawEnd ||= hasEnded;
			if (hasEnded) open.delete(number);
			else open.add(number);
		}
		addUsage(builder, chunk);
		return builder.build(data, "usage" in chunk ? [["usage"]] : []);
	};

	const framesOf = (events: ReturnType<typeof parser.push>): Frame[] => {
		const frames: Frame[] = [];
		for (const { data, event } of events) {
			if (done || data === "") continue;
			if (data === "[DONE]") done = true;
			else frames.push(decodeChunk(data, event));
		}
		return frames;
	};

	return {
		push: (bytes) => framesOf(parser.push(bytes)),
		end: () => {
			const frames = framesOf(parser.end());
			// Some servers that copy the wire leave `[DONE]` out; an end for every choice says the same.
			return { frames, complete: done || (sawEnd && open.size === 0) };
		},
	};
}

/**
 * Perplexity repeats the whole answer so far beside each delta. Callers read the delta; the repetition
 * would carry text past the guards that edit it.
 */
function withoutEchoes(data: string, chunk: Loose<CompletionFields>): string {
	const echoes = readList(chunk.choices).flatMap((item, position) => {
		const choice = readObject<ChoiceFields>(item);
		if (choice === undefined || !isPresent(choice.message)) return [];
		return [{ path: ["choices", position, "message"], value: undefined }];
	});
	return spliceJson(data, echoes);
}

export function startOf(completion: Loose<CompletionFields>): ChatEvent {
	const id = readText(completion.id);
	const model = readText(completion.model);
	return { type: "start", ...(id !== undefined && { id }), ...(model !== undefined && { model }) };
}

function isPresent(value: unknown): boolean {
	return value !== undefined && value !== null;
}

function addUsage(builder: FrameBuilder, completion: Loose<CompletionFields>): void {
	const usage = usageOf(completion.usage);
	if (usage !== undefined) builder.add({ type: "usage", usage });
}

/** What an error inside an answer says, in any of the shapes in use. */
export function errorOf(value: unknown): ChatEvent {
	const error = readObject<"message" | "code" | "type">(value);
	const code = codeOf(error?.code) ?? readText(error?.type);
	return {
		type: "error",
		message: readText(error?.message) ?? readText(value) ?? "The provider reported an error.",
		...(code !== undefined && { code }),
	};
}
