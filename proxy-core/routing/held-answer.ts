import type { Frame } from "../contract/chat.ts";
import type { Target } from "../snapshot.ts";
import type { FrameSource } from "../streams/frame-source.ts";
import { throwErrorEvent } from "../upstream/error-event.ts";
import type { Flight } from "./flight.ts";
import { judgeTrouble } from "./trouble.ts";

/** The same frames; the flight ends with them, and hears when they break off. */
export function heldAnswer(
	source: FrameSource,
	flight: Pick<Flight, "failed" | "ended">,
	target: Target,
): FrameSource {
	const broken = (error: unknown): void => flight.failed(judgeTrouble(error, {}).failure);
	const came = (frames: readonly Frame[] | undefined) => {
		if (frames === undefined) flight.ended();
		else noticeError(frames, target, broken);
		return frames;
	};
	const brokeOff = (error: unknown): never => {
		broken(error);
		throw error;
	};
	return {
		cancel: () => {
			flight.ended();
			source.cancel();
		},
		next: () => source.next().then(came, brokeOff),
	};
}

/** An error event is delivered like any other frame, and nobody may ask for what follows it. */
function noticeError(
	frames: Parameters<typeof throwErrorEvent>[0],
	target: Target,
	broken: (error: unknown) => void,
): void {
	try {
		throwErrorEvent(frames, target);
	} catch (error) {
		broken(error);
	}
}
