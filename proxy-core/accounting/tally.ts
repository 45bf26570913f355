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
	const counted = (frames: readonly Frame[] | undefined) => {
		if (frames !== undefined) for (const frame of frames) count(frame, tally);
		return frames;
	};
	return { cancel: source.cancel, next: () => source.next().then(counted) };
}

function count(frame: Frame, tally: Tally): void {
	for (const event of frame.events) {
		if ("text" in event) tally.answerCharacters += event.text.length;
		else if (event.type === "usage") tally.usage = event.usage;
		else if (event.type === "end") tally.ends.push(event);
	}
}
