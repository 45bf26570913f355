import { accountFor } from "../accounting/account.ts";
import type { Frame, WireFrame } from "../contract/chat.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import { describeError } from "../errors/to-wire.ts";
import { closingComment, costUsd, limitHeaders, servedHeaders } from "../http/answer-headers.ts";
import { sendError } from "../http/send-error.ts";
import type {
	Budgeted,
	Dispatched,
	Judged,
	Limited,
	Parsed,
	Received,
	Remembered,
	Responded,
} from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import { throwErrorEvent } from "../upstream/error-event.ts";

type Needs = Received & Parsed & Limited & Budgeted & Remembered & Dispatched & Judged;

/** Bytes of a stretch of sound that wait until the request was recorded. */
const lastBytes = 512;

/**
 * Frames → body. As with conversations, everything but the last bytes is sent here; those follow when
 * the request has been recorded.
 */
export const respondOperation: Stage<Needs, Responded> = {
	name: "respond",
	run: async (context) => {
		const frames: Frame[] = [];
		let first: WireFrame | undefined;
		while (first === undefined) {
			const more = await context.judged.next();
			if (more === undefined) throw new GatewayError("upstream.interrupted");
			frames.push(...more);
			first = frames.find((frame) => frame.wire !== undefined)?.wire;
		}
		return first.media?.form === "whole"
			? respondWhole(context, first)
			: respondStream(context, frames, first);
	},
};

async function respondWhole(
	context: Readonly<Needs>,
	{ data, media }: WireFrame,
): Promise<Responded> {
	const { judged, exchange } = context;
	// Whoever remembers this answer wants to see its end.
	while ((await judged.next()) !== undefined);
	const bytesLeft = Buffer.byteLength(data);
	const headers = {
		"content-type": media?.contentType ?? "application/json",
		"content-length": String(bytesLeft),
		...limitHeaders(context),
		...servedHeaders(context),
		"x-llmproxy-cost-usd": costUsd(accountFor(context)),
	};
	return {
		status: 200,
		bytesLeft,
		finish: () => {
			exchange.outgoing.begin(200, headers);
			exchange.outgoing.end(data);
		},
		fail: (error) => sendError(context, error),
	};
}

async function respondStream(
	context: Readonly<Needs>,
	frames: readonly Frame[],
	first: WireFrame,
): Promise<Responded> {
	const { judged, exchange, target, trace } = context;
	const { outgoing } = exchange;
	const isEvents = first.media?.form === "event";
	const last = isEvents ? createEventTail() : createByteTail();
	const begin = (): void => {
		if (!outgoing.hasBegun()) outgoing.begin(200, streamHeaders(context, first));
	};
	let cutBy: unknown;
	try {
		let batch: readonly Frame[] | undefined = frames;
		while (batch !== undefined) {
			throwErrorEvent(batch, target);
			for (const frame of batch) {
				const ready = last.push(frame);
				if (ready === undefined) continue;
				begin();
				const full = outgoing.write(ready);
				if (full !== undefined) await trace.waitFor(full);
			}
			batch = await judged.next();
		}
	} catch (error) {
		if (!outgoing.hasBegun()) throw error;
		cutBy = error;
	}
	const failed = (error: unknown): void => endBroken(context, { error, isEvents });
	const closing = isEvents ? closingComment(context, accountFor(context)) : undefined;
	const tail = cutBy === undefined ? last.rest(closing) : "";
	return {
		status: 200,
		bytesLeft: Buffer.byteLength(tail),
		...(cutBy === undefined ? {} : { cutBy }),
		finish: () => {
			if (cutBy !== undefined) return failed(cutBy);
			begin();
			outgoing.end(exchange.incoming.signal.aborted ? undefined : tail);
		},
		fail: (error) => {
			if (outgoing.hasBegun()) failed(error);
			else sendError(context, error);
		},
	};
}

/** What of a stream may leave now, and what waits for the record. */
interface Tail {
	readonly push: (frame: Frame) => string | Uint8Array | undefined;
	readonly rest: (closing: string | undefined) => string | Uint8Array;
}

/** From its last event on, a stream of events waits. */
function createEventTail(): Tail {
	let waiting: string | undefined;
	return {
		push: ({ events, wire }) => {
			if (wire === undefined) return undefined;
			const isLast = events.some((event) => event.type === "end");
			if (!isLast && waiting === undefined) return wire.data;
			waiting = (waiting ?? "") + wire.data;
			return undefined;
		},
		rest: (closing = "") => closing + (waiting ?? ""),
	};
}

function createByteTail(): Tail {
	let waiting: Buffer = Buffer.alloc(0);
	return {
		push: ({ wire }) => {
			if (wire === undefined) return undefined;
			const all = Buffer.concat([waiting, Buffer.from(wire.data, "latin1")]);
			const cut = Math.max(0, all.length - lastBytes);
			waiting = all.subarray(cut);
			return cut === 0 ? undefined : all.subarray(0, cut);
		},
		rest: () => waiting,
	};
}

function streamHeaders(context: Readonly<Needs>, { media }: WireFrame) {
	const isEvents = media?.form === "event";
	return {
		"content-type": media?.contentType ?? "application/octet-stream",
		...(isEvents && { "cache-control": "no-cache", "x-accel-buffering": "no" }),
		...limitHeaders(context),
		...servedHeaders(context),
		// What sound costs is known from the text that is to be read.
		...(!isEvents && { "x-llmproxy-cost-usd": costUsd(accountFor(context)) }),
	};
}

/** A stream of events says what broke it; sound that just ended would pass for all of it. */
function endBroken(
	{ exchange, dialect, requestId }: Readonly<Needs>,
	{ error, isEvents }: { readonly error: unknown; readonly isEvents: boolean },
): void {
	const { outgoing, incoming } = exchange;
	if (incoming.signal.aborted) outgoing.end();
	else if (isEvents) {
		outgoing.end(`event: error\ndata: ${dialect.encodeError(describeError(error, requestId))}\n\n`);
	} else outgoing.abort();
}
