import type { Frame } from "../contract/chat.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { Target } from "../snapshot.ts";
import type { FrameSource } from "../streams/frame-source.ts";
import { errorOfEvent } from "./error-event.ts";

interface FirstFramesOptions {
	readonly target: Target;
	/** Whether an answer that the provider withheld is an error, because somebody else can be asked. */
	readonly refusesBlocked: boolean;
}

/**
 * Pulls until the answer has begun, so that a provider that fails with status 200 and an error event
 * still gets a real status. Throws what that event says, `upstream.interrupted` for an empty answer,
 * and `upstream.content_policy` for one that was withheld before a word was said.
 */
export async function afterFirstFrames(
	source: FrameSource,
	{ target, refusesBlocked }: FirstFramesOptions,
): Promise<FrameSource> {
	let first = await source.next();
	while (first !== undefined && !hasBegun(first, refusesBlocked)) {
		const more = await source.next();
		// What came is the whole answer; it is empty only when nothing did.
		if (more === undefined) break;
		first = [...first, ...more];
	}
	if (first === undefined || first.every((frame) => frame.events.length === 0)) {
		throw new GatewayError("upstream.interrupted");
	}
	throwEarlyError(first, target);
	if (refusesBlocked && isWithheld(first)) throw new GatewayError("upstream.content_policy");
	let pending: readonly Frame[] | undefined = first;
	return {
		next: () => {
			const ready = pending;
			pending = undefined;
			return ready === undefined ? source.next() : Promise.resolve(ready);
		},
		cancel: source.cancel,
	};
}

/** Whether a block shows only in the first event that is more than an opening. */
function hasBegun(frames: readonly Frame[], refusesBlocked: boolean): boolean {
	return frames.some(({ events }) => (refusesBlocked ? events.some(isSaid) : events.length > 0));
}

function isSaid({ type }: Frame["events"][number]): boolean {
	return type !== "start" && type !== "usage";
}

/** An error before anything was said; a later one belongs to the answer that had begun. */
function throwEarlyError(frames: readonly Frame[], target: Target): void {
	const said = frames.flatMap((frame) => frame.events).find((event) => event.type !== "start");
	if (said?.type === "error") throw errorOfEvent(said, target);
}

function isWithheld(frames: readonly Frame[]): boolean {
	const said = frames.flatMap((frame) => frame.events).filter(isSaid);
	return (
		said.length > 0 && said.every((event) => event.type === "end" && event.reason === "filtered")
	);
}
