import type { ChatEvent, Dialect, Frame, Usage } from "../../contract/chat.ts";
import { encodeOpenAiError } from "../../errors/to-wire.ts";
import type { StreamEncoder, StreamEncoderOptions } from "../define-dialect.ts";
import { createChunkState, encodeChunks, encodeUsageChunk } from "./encode-answer.ts";

export function createStreamEncoder({ identity, wantsUsage }: StreamEncoderOptions): StreamEncoder {
	const state = createChunkState();
	return createChunkEncoder({
		dialect: "openai",
		wantsUsage,
		started: state.started,
		chunksOf: (events) => encodeChunks(events, identity, state),
		usageChunk: (usage) => encodeUsageChunk(usage, identity),
	});
}

export interface ChunkEncoderOptions {
	readonly dialect: Dialect;
	readonly wantsUsage: boolean;
	/** Choices that have begun; `chunksOf` adds to it. */
	readonly started: Set<number>;
	/** Canonical events as chunks, one JSON text each. */
	readonly chunksOf: (events: readonly ChatEvent[]) => readonly string[];
	readonly usageChunk: (usage: Usage) => string;
}

/** Streams of chunks up to `[DONE]`, of chat completions and of the older completions. */
export function createChunkEncoder(options: ChunkEncoderOptions): StreamEncoder {
	const { dialect, wantsUsage, started, chunksOf, usageChunk } = options;
	const ended = new Set<number>();

	const own = ({ events }: Frame): string => {
		const chunks = [...chunksOf(events)];
		if (wantsUsage) {
			for (const event of events) {
				if (event.type === "usage") chunks.push(usageChunk(event.usage));
			}
		}
		return chunks.map(asEvent).join("");
	};

	const forwarded = (frame: Frame, wire: NonNullable<Frame["wire"]>): string => {
		const { events } = frame;
		const hasUsage = events.some((event) => event.type === "usage");
		for (const event of events) if ("choice" in event) started.add(event.choice);
		if (wantsUsage) return asEvent(wire.data);
		if (!hasUsage) return asEvent(withoutNullUsage(events, wire));
		return events.every((event) => event.type === "usage" || event.type === "start")
			? ""
			: asEvent(wire.rewrite(events, false));
	};

	return {
		encode: (frames) => {
			let text = "";
			for (const frame of frames) {
				for (const event of frame.events) if (event.type === "end") ended.add(event.choice);
				// An upstream's error event is answered in our own shape, by whoever reads it next.
				if (frame.events.some((event) => event.type === "error")) continue;
				text += frame.wire?.dialect === dialect ? forwarded(frame, frame.wire) : own(frame);
			}
			return text;
		},
		cut: () => {
			const open = [...started].filter((choice) => !ended.has(choice));
			const events = (open.length === 0 ? [0] : open).map(
				(choice) => ({ type: "end", choice, reason: "filtered" }) as const,
			);
			return chunksOf(events).map(asEvent).join("");
		},
		end: () => "data: [DONE]\n\n",
		// No `[DONE]`: a client that waits for it must not take a broken answer for a whole one.
		fail: (error) => asEvent(encodeOpenAiError(error)),
	};
}

const nullUsage = ',"usage":null}';

/** Providers that were asked for usage put `"usage": null` into every other chunk. */
function withoutNullUsage(
	events: Frame["events"],
	{ data, rewrite }: NonNullable<Frame["wire"]>,
): string {
	if (data.endsWith(nullUsage)) return `${data.slice(0, -nullUsage.length)}}`;
	return /"usage"\s*:\s*null/.test(data) ? rewrite(events, false) : data;
}

/** JSON that came over several `data:` lines goes out over as many. */
function asEvent(data: string): string {
	return data.includes("\n")
		? `data: ${data.replaceAll("\n", "\ndata: ")}\n\n`
		: `data: ${data}\n\n`;
}
