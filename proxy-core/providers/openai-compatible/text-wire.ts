import type { Frame } from "../../contract/chat.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import { createSseParser } from "../../streams/sse-parser.ts";
import type { JsonEdit } from "../../text/json-splice.ts";
import { spliceJson } from "../../text/json-splice.ts";
import type { ChatWire, StreamDecoder } from "../define-provider.ts";
import type { FrameBuilder } from "../shared/frame-builder.ts";
import { createFrameBuilder } from "../shared/frame-builder.ts";
import type { Loose } from "../shared/read-json.ts";
import { parseObject, readCount, readList, readObject, readText } from "../shared/read-json.ts";
import { errorOf, startOf } from "./decode.ts";
import { endReasonOf } from "./decode-message.ts";
import { usageOf } from "./decode-usage.ts";
import type { NativeWire } from "./responses-wire.ts";
import type { CompletionFields } from "./wire.ts";

/** OpenAI's older Completions as an upstream speaks them: forwarded as sent but for model and usage. */
export function textWire({ path, headers }: NativeWire): ChatWire {
	return {
		dialect: "openai-text",
		encode: (input) => {
			const edits: JsonEdit[] = [{ path: ["model"], value: input.model }];
			// Asked for always, so that every stream can be accounted for; whoever did not ask never sees it.
			if (input.stream) edits.push({ path: ["stream_options", "include_usage"], value: true });
			return {
				method: "POST",
				path,
				headers: {
					...headers,
					"content-type": "application/json",
					accept: input.stream ? "text/event-stream" : "application/json",
				},
				body: spliceJson(input.body, edits),
			};
		},
		decode: (body) => {
			const completion = parseObject<CompletionFields>(body);
			const builder = createFrameBuilder("openai-text");
			if (isPresent(completion.error)) builder.add(errorOf(completion.error));
			else if (!Array.isArray(completion.choices)) throw new GatewayError("upstream.malformed");
			builder.add(startOf(completion));
			addChoices(builder, completion);
			addUsage(builder, completion);
			return builder.build(body, usagePaths(completion));
		},
		decodeStream: createTextDecoder,
	};
}

function createTextDecoder(): StreamDecoder {
	const parser = createSseParser();
	const open = new Set<number>();
	let hasStarted = false;
	let sawEnd = false;
	let isDone = false;

	const decodeChunk = (data: string): Frame => {
		const chunk = parseObject<CompletionFields>(data);
		const builder = createFrameBuilder("openai-text");
		if (isPresent(chunk.error)) builder.add(errorOf(chunk.error));
		if (!hasStarted) builder.add(startOf(chunk));
		hasStarted = true;
		for (const { choice, hasEnded } of addChoices(builder, chunk)) {
			sawEnd ||= hasEnded;
			if (hasEnded) open.delete(choice);
			else open.add(choice);
		}
		addUsage(builder, chunk);
		return builder.build(data, usagePaths(chunk));
	};
	const framesOf = (events: ReturnType<typeof parser.push>): Frame[] => {
		const frames: Frame[] = [];
		for (const { data } of events) {
			if (isDone || data === "") continue;
			if (data === "[DONE]") isDone = true;
			else frames.push(decodeChunk(data));
		}
		return frames;
	};
	return {
		push: (bytes) => framesOf(parser.push(bytes)),
		end: () => {
			const frames = framesOf(parser.end());
			return { frames, complete: isDone || (sawEnd && open.size === 0) };
		},
	};
}

interface ChoiceStep {
	readonly choice: number;
	readonly hasEnded: boolean;
}

function addChoices(builder: FrameBuilder, completion: Loose<CompletionFields>): ChoiceStep[] {
	return readList(completion.choices).map((item, position) => {
		const fields = readObject<"index" | "text" | "finish_reason">(item);
		if (fields === undefined) throw new GatewayError("upstream.malformed");
		const choice = readCount(fields.index) ?? position;
		const text = readText(fields.text);
		if (text !== undefined)
			builder.addText(
				{ type: "text", choice, text },
				{
					paths: [["choices", position, "text"]],
					// They spell the text out again, token by token.
					clears: [["choices", position, "logprobs"]],
				},
			);
		const reason = endReasonOf(fields.finish_reason);
		if (reason !== undefined) builder.add({ type: "end", choice, reason });
		return { choice, hasEnded: reason !== undefined };
	});
}

function addUsage(builder: FrameBuilder, completion: Loose<CompletionFields>): void {
	const usage = usageOf(completion.usage);
	if (usage !== undefined) builder.add({ type: "usage", usage });
}

function usagePaths(completion: Loose<CompletionFields>): string[][] {
	return "usage" in completion ? [["usage"]] : [];
}

function isPresent(value: unknown): boolean {
	return value !== undefined && value !== null;
}
