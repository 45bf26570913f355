import { accountFor } from "../accounting/account.ts";
import type { Frame } from "../contract/chat.ts";
import type { AnswerIdentity } from "../dialects/define-dialect.ts";
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

/** A silent stream is taken for dead by proxies in between. */
const heartbeatMs = 15_000;

/**
 * Frames → the caller's wire. Everything but the last bytes is sent here; those follow when the
 * request has been recorded, so nobody holds a complete answer that the ledger does not know.
 */
export const respond: Stage<Needs, Responded> = {
	name: "respond",
	run: (context) => (context.request.isStreaming ? respondStream(context) : respondJson(context)),
};

async function respondJson(context: Readonly<Needs>): Promise<Responded> {
	const { judged, dialect, exchange, request } = context;
	const frames: Frame[] = [];
	for (let batch = await judged.next(); batch !== undefined; batch = await judged.next()) {
		frames.push(...batch);
	}
	const [only] = frames;
	const body =
		only?.wire?.dialect === dialect.id && frames.length === 1
			? only.wire.data
			: dialect.encodeAnswer(
					frames.flatMap((frame) => frame.events),
					{ identity: identityOf(context), request: request.json },
				);
	const bytesLeft = Buffer.byteLength(body);
	const headers = Object.assign(limitHeaders(context), servedHeaders(context), {
		"content-type": "application/json",
		"content-length": String(bytesLeft),
		"x-llmproxy-cost-usd": costUsd(accountFor(context)),
	});
	return {
		status: 200,
		bytesLeft,
		finish: () => {
			exchange.outgoing.begin(200, headers);
			exchange.outgoing.end(body);
		},
		fail: (error) => sendError(context, error),
	};
}

async function respondStream(context: Readonly<Needs>): Promise<Responded> {
	const { judged, dialect, exchange, request, target, trace } = context;
	const { outgoing } = exchange;
	const encoder = dialect.createStreamEncoder({
		identity: identityOf(context),
		wantsUsage: request.wantsUsage,
		request: request.json,
	});
	const { streamForm } = dialect;
	const hasComments = streamForm === undefined;
	const begin = (): void =>
		outgoing.begin(200, {
			"content-type":
				streamForm === "json-array" ? "application/json" : "text/event-stream; charset=utf-8",
			"cache-control": "no-cache",
			"x-accel-buffering": "no",
			...limitHeaders(context),
			...servedHeaders(context),
		});
	const failed = (error: unknown): string => encoder.fail(describeError(error, context.requestId));
	const heartbeat = setInterval(() => {
		if (hasComments && outgoing.hasBegun()) void outgoing.write(": ping\n\n");
	}, heartbeatMs);
	let cutBy: unknown;
	let last: string | undefined;
	try {
		for (let frames = await judged.next(); frames !== undefined; frames = await judged.next()) {
			const text = encoder.encode(frames);
			if (text !== "") {
				if (!outgoing.hasBegun()) begin();
				const full = outgoing.write(text);
				if (full !== undefined) await trace.waitFor(full);
			}
			throwErrorEvent(frames, target);
		}
	} catch (error) {
		// Before the first byte an error is a real status; afterwards it is the stream's last event.
		if (!outgoing.hasBegun()) throw error;
		cutBy = error;
		// A stream that was withheld ends like one that the model's own filter cut.
		if (isBlocked(error)) void outgoing.write(encoder.cut());
		else last = failed(error);
	} finally {
		clearInterval(heartbeat);
	}
	last ??= (hasComments ? closingComment(context, accountFor(context)) : "") + encoder.end();
	return {
		status: 200,
		bytesLeft: Buffer.byteLength(last),
		...(cutBy === undefined ? {} : { cutBy }),
		finish: () => {
			if (!outgoing.hasBegun()) begin();
			outgoing.end(exchange.incoming.signal.aborted ? undefined : last);
		},
		fail: (error) => {
			if (outgoing.hasBegun()) outgoing.end(failed(error));
			else sendError(context, error);
		},
	};
}

function isBlocked(error: unknown): error is GatewayError {
	return GatewayError.is(error) && error.code === "guard.answer_blocked";
}

function identityOf({ requestId, receivedAt, target }: Readonly<Needs>): AnswerIdentity {
	return {
		requestId,
		model: target.model,
		createdAtSeconds: Math.floor(receivedAt / 1000),
	};
}
