import type { Frame } from "../contract/chat.ts";
import type { Tally } from "../pipeline/context.ts";
import type { FrameSource } from "../streams/frame-source.ts";

export function createTally(): Tally {
	return {
		usage: undefined,
		answerCharacters: 0,
		ends: [],
		sideCostMicroUsd: 0,
		firstByteMs: undefined,
	};
}

/** The same frames, counted as they pass. */
export function tallied(source: FrameSource, tally: Tally): FrameSource {
	return {
		cancel: source.cancel,
		next: async () => {
			const frames = await source.next();
			if (frames !== undefined) for (const frame of frames) count(frame, tally);
			return frames;
		},
	};
}

function count(frame: Frame, tally: Tally): void {
	for (const event of frame.events) {
		if ("text" in event) tally.answerCharacters += event.text.length;
		else if (event.type === "usage") tally.usage = event.usage;
		else if (event.type === "end") tally.ends.push(event);
	}
}
