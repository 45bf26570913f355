import { createTally, tallied } from "../accounting/tally.ts";
import type { Egress } from "../egress/egress.ts";
import type { Dispatched, Received } from "../pipeline/context.ts";
import { rounded } from "../pipeline/trace.ts";
import type { WireRequest } from "../providers/define-provider.ts";
import type { Target } from "../snapshot.ts";
import type { FrameSource } from "../streams/frame-source.ts";
import type { UpstreamCall, UpstreamHead } from "./upstream-call.ts";
import { openUpstreamCall } from "./upstream-call.ts";
import { upstreamError } from "./upstream-error.ts";

export interface TargetCall {
	readonly target: Target;
	readonly request: WireRequest;
	readonly egress: Pick<Egress, "dispatcher">;
	/** Aborted when nobody waits for the answer any more. */
	readonly signal: AbortSignal;
	/** Resolves when the answer has begun. */
	readonly receive: (call: UpstreamCall, head: UpstreamHead) => Promise<FrameSource>;
	readonly omitted: () => readonly string[];
}

/** One try of one target, remembered in the trace whatever becomes of it. Throws a `GatewayError`. */
export async function callTarget(
	{ trace }: Readonly<Received>,
	{ target, request, egress, signal, receive, omitted }: TargetCall,
): Promise<Dispatched> {
	const call = openUpstreamCall({
		target,
		request,
		dispatcher: egress.dispatcher,
		timeouts: target.timeouts,
		callerSignal: signal,
		waited: trace.waited,
	});
	const startMs = trace.elapsedMs();
	let status: number | null = null;
	const record = (error?: string): void => {
		trace.attempts.push({
			provider: target.providerId,
			model: target.model,
			startMs: rounded(startMs),
			durationMs: rounded(trace.elapsedMs() - startMs),
			status,
			...(error === undefined ? {} : { error }),
		});
	};
	try {
		const head = await call.head;
		status = head.status;
		const source = await receive(call, head);
		const tally = createTally();
		tally.firstByteMs = trace.elapsedMs();
		record();
		trace.note(`${target.id} answered with status ${status}`);
		return {
			target,
			tally,
			answer: tallied(source, tally),
			omitted: omitted(),
			isPaid: () => false,
		};
	} catch (cause) {
		const error = upstreamError(cause, call);
		call.cancel();
		record(error.code);
		throw error;
	}
}
