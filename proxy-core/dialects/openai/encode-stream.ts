import type { Dialect, Frame } from "../../contract/chat.ts";
import type { AnswerIdentity } from "./encode-answer.ts";
import { encodeChunks, encodeUsageChunk } from "./encode-answer.ts";

export interface StreamEncoder {
	/** Frames as server-sent events, without `[DONE]`. */
	readonly encode: (frames: readonly Frame[]) => string;
	/** Ends every choice that has begun, or the first, as filtered. */
	readonly cut: () => string;
}

export function createStreamEncoder(options: {
	readonly dialect: Dialect;
	readonly identity: AnswerIdentity;
	readonly wantsUsage: boolean;
}): StreamEncoder {
	const { dialect, identity, wantsUsage } = options;
	const started = new Set<number>();
	const ended = new Set<number>();

	const own = ({ events }: Frame): string => {
		const chunks = [...encodeChunks(events, identity, started)];
		if (wantsUsage) {
			for (const event of events) {
				if (event.type === "usage") chunks.push(encodeUsageChunk(event.usage, identity));
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
			return encodeChunks(events, identity, started).map(asEvent).join("");
		},
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
