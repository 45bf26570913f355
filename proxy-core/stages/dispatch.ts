import type { Frame } from "../contract/chat.ts";
import type { Egress } from "../egress/egress.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { Dispatched, Parsed, Received, Routed, Shielded, Tally } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import { rounded } from "../pipeline/trace.ts";
import type { Target } from "../snapshot.ts";
import type { FrameSource } from "../streams/frame-source.ts";
import { errorOfEvent } from "../upstream/error-event.ts";
import { receiveAnswer } from "../upstream/receive-answer.ts";
import { openUpstreamCall } from "../upstream/upstream-call.ts";
import { upstreamError } from "../upstream/upstream-error.ts";

type Needs = Received & Parsed & Shielded & Routed;

/**
 * The only stage that opens sockets. Tries the targets in order until one has begun to answer;
 * a failure before the first byte is a real status for the caller, or the next target's chance.
 */
export function dispatch(egress: Pick<Egress, "dispatcher">): Stage<Needs, Dispatched> {
	return {
		name: "dispatch",
		run: async (context) => {
			let lastError: unknown;
			for (const target of context.targets) {
				try {
					return await attempt(context, target, egress);
				} catch (error) {
					lastError = error;
					if (!mayTryNext(error) || context.exchange.incoming.signal.aborted) throw error;
				}
			}
			throw lastError;
		},
	};
}

/** A refusal of the request itself would be repeated everywhere; trouble at one provider is not. */
function mayTryNext(error: unknown): boolean {
	return (
		GatewayError.is(error) &&
		error.code.startsWith("upstream.") &&
		error.code !== "upstream.rejected"
	);
}

async function attempt(
	context: Readonly<Needs>,
	target: Target,
	egress: Pick<Egress, "dispatcher">,
): Promise<Dispatched> {
	const { trace, request, cleared, exchange, snapshot } = context;
	const tally: Tally = { usage: undefined, answerCharacters: 0, ends: [], firstByteMs: undefined };
	const { connector } = target;
	const wire = connector.wires?.(target.model)[context.dialect.id] ?? connector;
	const wireRequest = wire.encode({
		model: target.model,
		stream: request.isStreaming,
		dialect: context.dialect.id,
		body: cleared.text,
		json: cleared.json,
		call: () => context.dialect.toChatCall(cleared.json),
	});
	const call = openUpstreamCall({
		target,
		request: wireRequest,
		dispatcher: egress.dispatcher,
		timeouts: snapshot.settings.timeouts,
		callerSignal: exchange.incoming.signal,
		waited: trace.waited,
	});
	const startMs = trace.elapsedMs();
	let status: number | null = null;
	try {
		const head = await call.head;
		status = head.status;
		const source = await receiveAnswer({ call, head, target, wire, isStreaming: request.isStreaming });
		const answer = await afterFirstFrame(source, target);
		tally.firstByteMs = trace.elapsedMs();
		record(context, { target, startMs, status });
		trace.note(`${target.id} answered with status ${status}`);
		return { target, tally, answer: tallied(answer, tally), isPaid: () => false };
	} catch (cause) {
		const error = upstreamError(cause, call);
		call.cancel();
		record(context, { target, startMs, status, error: error.code });
		throw error;
	}
}

function record(
	{ trace }: Readonly<Received>,
	outcome: { target: Target; startMs: number; status: number | null; error?: string },
): void {
	const { target, startMs, status, error } = outcome;
	trace.attempts.push({
		provider: target.providerId,
		model: target.model,
		startMs: rounded(startMs),
		durationMs: rounded(trace.elapsedMs() - startMs),
		status,
		...(error === undefined ? {} : { error }),
	});
}

/** Pulls once, so that a provider that fails with status 200 and an error event still gets a real status. */
async function afterFirstFrame(source: FrameSource, target: Target): Promise<FrameSource> {
	let first = await source.next();
	while (first?.every((frame) => frame.events.length === 0)) {
		const more = await source.next();
		first = more === undefined ? undefined : [...first, ...more];
	}
	if (first === undefined) throw new GatewayError("upstream.interrupted");
	throwEarlyError(first, target);
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

/** An error before anything was said; a later one belongs to the answer that had begun. */
function throwEarlyError(frames: readonly Frame[], target: Target): void {
	const said = frames.flatMap((frame) => frame.events).find((event) => event.type !== "start");
	if (said?.type === "error") throw errorOfEvent(said, target);
}

function tallied(source: FrameSource, tally: Tally): FrameSource {
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
