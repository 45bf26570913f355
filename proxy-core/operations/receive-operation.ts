import type { Frame, Usage } from "../contract/chat.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { OperationInput, OperationWire, StreamDecoder } from "../providers/define-provider.ts";
import type { Target } from "../snapshot.ts";
import type { FrameSource } from "../streams/frame-source.ts";
import { throwErrorEvent } from "../upstream/error-event.ts";
import { guardedSource } from "../upstream/guarded-source.ts";
import type { UpstreamCall, UpstreamHead } from "../upstream/upstream-call.ts";
import { faultError } from "../upstream/upstream-error.ts";

/** Largest answer that is read as a whole: ten images of the finest quality fit in. */
const bodyBytesMax = 128 * 1024 * 1024;

interface ReceiveInput {
	readonly call: UpstreamCall;
	readonly head: UpstreamHead;
	readonly target: Target;
	readonly wire: OperationWire;
	/** What the request was encoded from. */
	readonly input: OperationInput;
	/** Counts until the provider says something else. */
	readonly usage: Usage;
}

/**
 * A provider's answer as frames with `media`: one for a whole body, one for each server-sent event, one
 * for each stretch of sound. Throws what a status of 400 or more says, before anything has begun.
 */
export async function receiveOperation(received: ReceiveInput): Promise<FrameSource> {
	const { call, head, target, wire } = received;
	if (head.status >= 400) {
		const body = await call.waitFor(head.text());
		call.finished();
		throw faultError(head, target.connector.decodeFault(head.status, body));
	}
	if (head.status >= 300) {
		throw new GatewayError("upstream.malformed", {
			message: "The model's provider answered with a redirect, which is never followed.",
		});
	}
	const contentType = String(head.headers["content-type"] ?? "application/octet-stream");
	if (wire.decodeStream !== undefined && /^text\/event-stream\b/i.test(contentType)) {
		return afterFirstFrames(events(received, wire.decodeStream()), target);
	}
	const media = soundType.exec(contentType)?.[0];
	if (wire.isPassedThrough === true && media !== undefined) return sound(received, media);
	return whole(received, contentType);
}

async function whole(received: ReceiveInput, contentType: string): Promise<FrameSource> {
	const { call, wire, input, usage } = received;
	const body = await readWhole(received);
	call.finished();
	const answer = wire.decode({ contentType, body }, input);
	const isText = typeof answer.body === "string";
	const data = isText ? answer.body : Buffer.from(answer.body).toString("latin1");
	const frame: Frame = {
		events: [{ type: "usage", usage: answer.usage ?? usage }, ended],
		wire: {
			dialect: "openai",
			data,
			rewrite: () => data,
			media: { contentType: answer.contentType, form: isText ? "whole" : "bytes" },
		},
	};
	return ready([frame], { next: () => Promise.resolve(undefined), cancel: call.cancel });
}

/** Types of sound; anything else that is passed on unread could be made to mean something to a browser. */
const soundType = /^(audio\/[\w.+-]+|(application|binary)\/octet-stream|application\/ogg)/i;

const ended = { type: "end", choice: 0, reason: "stop" } as const;

async function readWhole({ call, head }: ReceiveInput): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for (;;) {
		const chunk = await call.waitFor(head.next());
		if (chunk === undefined) return Buffer.concat(chunks);
		size += chunk.length;
		if (size > bodyBytesMax) {
			throw new GatewayError("upstream.malformed", {
				message: `The model's provider sent more than ${bodyBytesMax} bytes.`,
			});
		}
		chunks.push(chunk);
	}
}

/** Sound is passed on as it comes. Its usage is known from the request: no provider tells it here. */
function sound({ call, head, usage }: ReceiveInput, contentType: string): FrameSource {
	const frameOf = (chunk: Uint8Array): Frame => {
		const data = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString("latin1");
		return {
			events: [],
			wire: {
				dialect: "openai",
				data,
				rewrite: () => data,
				media: { contentType, form: "bytes" },
			},
		};
	};
	return ready(
		[{ events: [{ type: "usage", usage }] }],
		guardedSource(call, async () => {
			const chunk = await call.waitFor(head.next());
			if (chunk !== undefined) return [frameOf(chunk)];
			call.finished();
			return undefined;
		}),
	);
}

function events({ call, head, usage }: ReceiveInput, decoder: StreamDecoder): FrameSource {
	let isOver = false;
	let isBroken = false;
	const next = async (): Promise<readonly Frame[] | undefined> => {
		if (isBroken) throw new GatewayError("upstream.interrupted");
		if (isOver) return undefined;
		const chunk = await call.waitFor(head.next());
		if (chunk !== undefined) return decoder.push(chunk);
		isOver = true;
		call.finished();
		const { frames, complete } = decoder.end();
		// What came before the break is delivered first; the break itself is the next pull's error.
		isBroken = !complete;
		return frames;
	};
	// A stream that is cut off before its last event has been paid for all the same.
	return ready([{ events: [{ type: "usage", usage }] }], guardedSource(call, next));
}

/** Pulls once, so that a provider that fails with status 200 and an error event still gets a real status. */
async function afterFirstFrames(source: FrameSource, target: Target): Promise<FrameSource> {
	const first: Frame[] = [];
	while (first.every((frame) => frame.wire === undefined)) {
		const more = await source.next();
		if (more === undefined) throw new GatewayError("upstream.interrupted");
		throwErrorEvent(more, target);
		first.push(...more);
	}
	return ready(first, source);
}

function ready(frames: readonly Frame[], rest: FrameSource): FrameSource {
	let pending: readonly Frame[] | undefined = frames;
	return {
		cancel: rest.cancel,
		next: () => {
			const now = pending;
			pending = undefined;
			return now === undefined ? rest.next() : Promise.resolve(now);
		},
	};
}
