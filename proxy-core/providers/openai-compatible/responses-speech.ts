import type { EndReason, TextEvent, Usage } from "../../contract/chat.ts";
import type { FrameBuilder } from "../shared/frame-builder.ts";
import type { Loose } from "../shared/read-json.ts";
import { readCount, readObject, readText } from "../shared/read-json.ts";
import type { LeafKind } from "./responses-kinds.ts";

type ItemFields = "id" | "type" | "call_id" | "name";
type UsageFields =
	| "input_tokens"
	| "output_tokens"
	| "input_tokens_details"
	| "output_tokens_details";
type DetailFields = "cached_tokens" | "cache_write_tokens" | "reasoning_tokens";
export type ResponseFields =
	| "id"
	| "model"
	| "status"
	| "output"
	| "usage"
	| "error"
	| "incomplete_details";

/** A text of an answer with its place among the output items. */
export interface Spoken {
	readonly kind: LeafKind;
	readonly text: string;
	readonly outputIndex: number;
	/** Names the run of text that this one belongs to; unique in the answer. */
	readonly run: string;
	readonly place: Parameters<FrameBuilder["addText"]>[1];
}

/** Puts what one answer says into canonical events. Holds the answer's state. */
export interface Speech {
	/** Announces calls of tools; everything else begins with its text. */
	readonly item: (builder: FrameBuilder, item: unknown, outputIndex: number) => void;
	/** Returns the event that holds the text. */
	readonly say: (builder: FrameBuilder, spoken: Spoken) => TextEvent;
	readonly hasCalls: () => boolean;
}

/**
 * All words of an answer are one canonical text, so a blank line stands between two of its runs: a
 * guard must not read the end of one message and the start of the next as one word.
 */
export function createSpeech(): Speech {
	const calls = new Map<number, number>();
	const asides = new Map<string, number>();
	const lastRuns = new Map<LeafKind, string>();

	const callOf = (outputIndex: number): number => {
		const index = calls.get(outputIndex) ?? calls.size;
		calls.set(outputIndex, index);
		return index;
	};
	const asideOf = (run: string): number => {
		const index = asides.get(run) ?? asides.size;
		asides.set(run, index);
		return firstAside + index;
	};
	const eventOf = ({ kind, text, outputIndex, run }: Spoken): TextEvent => {
		if (kind === "arguments")
			return { type: "tool-arguments", choice: 0, index: callOf(outputIndex), text };
		if (kind === "aside") return { type: "tool-arguments", choice: 0, index: asideOf(run), text };
		return { type: kind, choice: 0, text };
	};
	return {
		item: (builder, value, outputIndex) => {
			const item = readObject<ItemFields>(value);
			if (item?.type !== "function_call" && item?.type !== "custom_tool_call") return;
			if (calls.has(outputIndex)) return;
			const index = callOf(outputIndex);
			const id = readText(item.call_id) ?? readText(item.id) ?? `call_${index}`;
			builder.add({ type: "tool-start", choice: 0, index, id, name: readText(item.name) ?? "" });
		},
		say: (builder, spoken) => {
			const { kind, run } = spoken;
			if (kind === "text" || kind === "reasoning" || kind === "refusal") {
				const last = lastRuns.get(kind);
				lastRuns.set(kind, run);
				if (last !== undefined && last !== run)
					builder.addText({ type: kind, choice: 0, text: "\n\n" }, { paths: [] });
			}
			const event = eventOf(spoken);
			builder.addText(event, spoken.place);
			return event;
		},
		hasCalls: () => calls.size > 0,
	};
}

/** Texts beside the conversation get an index of their own each, far from those of real calls. */
const firstAside = 1_000_000;

/** Undefined while the answer goes on, and when it failed. */
export function endReasonOf(
	response: Loose<ResponseFields>,
	hasCalls: boolean,
): EndReason | undefined {
	switch (response.status) {
		case "completed":
			return hasCalls ? "tool-calls" : "stop";
		case "incomplete": {
			const details = readObject<"reason">(response.incomplete_details);
			return details?.reason === "content_filter" ? "filtered" : "length";
		}
		case "cancelled":
			return "stop";
		default:
			return undefined;
	}
}

/** Usage in the project's convention, or undefined when input or output was not reported. */
export function usageOf(value: unknown): Usage | undefined {
	const usage = readObject<UsageFields>(value);
	const inputTokens = readCount(usage?.input_tokens);
	const outputTokens = readCount(usage?.output_tokens);
	if (usage === undefined || inputTokens === undefined || outputTokens === undefined)
		return undefined;
	const input = readObject<DetailFields>(usage.input_tokens_details);
	const cached = readCount(input?.cached_tokens);
	const written = readCount(input?.cache_write_tokens);
	const reasoning = readCount(
		readObject<DetailFields>(usage.output_tokens_details)?.reasoning_tokens,
	);
	return {
		inputTokens,
		outputTokens,
		...(cached !== undefined && { cachedInputTokens: cached }),
		...(written !== undefined && { cacheWriteTokens: written }),
		...(reasoning !== undefined && { reasoningTokens: reasoning }),
		estimated: false,
	};
}
