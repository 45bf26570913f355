import type { FrameSource } from "../streams/frame-source.ts";
import type { UpstreamCall } from "./upstream-call.ts";
import { upstreamError } from "./upstream-error.ts";

/** A source over an open call: what breaks it is one of our errors, and ends the call. */
export function guardedSource(call: UpstreamCall, next: FrameSource["next"]): FrameSource {
	return {
		cancel: call.cancel,
		next: async () => {
			try {
				return await next();
			} catch (cause) {
				const error = upstreamError(cause, call);
				call.cancel();
				throw error;
			}
		},
	};
}
