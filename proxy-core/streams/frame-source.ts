import type { Frame } from "../contract/chat.ts";

/**
 * An answer, pulled as its reader can take it. Frames come in batches, one per network chunk,
 * so that a chunk with ten events costs one turn of the event loop and not ten.
 */
export interface FrameSource {
	/** `undefined` after the last frame. Throws `upstream.interrupted`, `upstream.malformed`, `upstream.timeout`. */
	readonly next: () => Promise<readonly Frame[] | undefined>;
	/** Stops the provider; frees the connection. Safe to call at any time, more than once. */
	readonly cancel: () => void;
}
