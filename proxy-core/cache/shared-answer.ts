import type { Frame } from "../contract/chat.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { Target } from "../snapshot.ts";
import type { FrameSource } from "../streams/frame-source.ts";

/** A complete answer, as its provider gave it: before any guard saw it, so that it is judged anew each time. */
export interface KeptAnswer {
	readonly target: Target;
	/** See `Dispatched.omitted`. */
	readonly omitted: readonly string[];
	/** One batch per pull of the first reader, so that a stream is replayed as a stream. */
	readonly batches: readonly (readonly Frame[])[];
	/** About how much memory it takes. */
	readonly bytes: number;
}

export interface AnswerReader {
	readonly source: FrameSource;
	/** Whether somebody else pays for this answer. May change while others hang up. */
	readonly isPaid: () => boolean;
}

/** One answer under way that several requests read, each at its own pace. */
export interface SharedAnswer {
	readonly target: Target;
	readonly omitted: readonly string[];
	/** The first reader pays; when it hangs up, the next one does. */
	readonly join: (signal: AbortSignal) => AnswerReader;
}

interface SharedInput {
	readonly target: Target;
	readonly omitted: readonly string[];
	readonly source: FrameSource;
	/** Called once when the answer has come whole. */
	readonly completed: (answer: KeptAnswer) => void;
	/** Called once when it never will. */
	readonly abandoned: () => void;
}

/** Frames are pulled when the fastest reader needs them and kept for the slower ones. */
export function shareAnswer(input: SharedInput): SharedAnswer {
	const { target, omitted, source, completed, abandoned } = input;
	const batches: (readonly Frame[])[] = [];
	const readers: symbol[] = [];
	let bytes = 0;
	let state: "open" | "complete" | "broken" = "open";
	let brokenBy: unknown;
	let pulling: Promise<void> | undefined;

	const breakOff = (error: unknown): void => {
		if (state !== "open") return;
		state = "broken";
		brokenBy = error;
		abandoned();
	};
	const pullOnce = async (): Promise<void> => {
		try {
			const frames = await source.next();
			if (frames === undefined) {
				state = "complete";
				completed({ target, omitted, batches, bytes });
				return;
			}
			batches.push(frames);
			bytes += sizeOf(frames);
		} catch (error) {
			breakOff(error);
		} finally {
			pulling = undefined;
		}
	};
	const pull = (): Promise<void> => {
		pulling ??= pullOnce();
		return pulling;
	};
	const leave = (reader: symbol): void => {
		const at = readers.indexOf(reader);
		if (at === -1) return;
		// Who leaves an answer that nobody else reads ends it, and pays for what came.
		if (readers.length === 1) {
			breakOff(new GatewayError("request.cancelled"));
			source.cancel();
		} else readers.splice(at, 1);
	};

	const cancelUnread = (): void => {
		if (readers.length > 0) return;
		breakOff(new GatewayError("request.cancelled"));
		source.cancel();
	};

	return {
		target,
		omitted,
		join: (signal) => {
			const reader = Symbol("reader");
			// Whoever has hung up already takes no place; whoever comes next pays.
			if (signal.aborted) setImmediate(cancelUnread);
			else readers.push(reader);
			let goOn: (() => void) | undefined;
			signal.addEventListener("abort", () => {
				leave(reader);
				goOn?.();
			});
			/** A reader that hangs up while others read on must not wait for them. */
			const pulledOrHungUp = (): Promise<void> =>
				new Promise((resolve) => {
					goOn = resolve;
					void pull().then(resolve);
				});
			let at = 0;
			const next = async (): Promise<readonly Frame[] | undefined> => {
				while (at >= batches.length && state === "open" && !signal.aborted) {
					await pulledOrHungUp();
				}
				if (signal.aborted) throw new GatewayError("request.cancelled");
				if (at >= batches.length && state === "broken") throw brokenBy;
				return batches[at++];
			};
			return {
				isPaid: () => readers[0] !== reader,
				source: { next, cancel: () => leave(reader) },
			};
		},
	};
}

/** A kept answer as if it came from its provider now. */
export function replay({ batches }: KeptAnswer): FrameSource {
	let at = 0;
	return { next: () => Promise.resolve(batches[at++]), cancel: () => {} };
}

/** A character of text takes up to two bytes; a frame with the parsed JSON behind it about this much more. */
const frameBytes = 1100;

function sizeOf(frames: readonly Frame[]): number {
	let bytes = 0;
	for (const { wire, events } of frames) {
		bytes += frameBytes + (wire?.data.length ?? 0) * 2;
		for (const event of events) bytes += 80 + ("text" in event ? event.text.length * 2 : 0);
	}
	return bytes;
}
