import type { Frame } from "../contract/chat.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { ChatWire } from "../providers/define-provider.ts";
import type { Target } from "../snapshot.ts";
import type { FrameSource } from "../streams/frame-source.ts";
import { guardedSource } from "./guarded-source.ts";
import type { UpstreamCall, UpstreamHead } from "./upstream-call.ts";
import { faultError } from "./upstream-error.ts";

interface AnswerInput {
	readonly call: UpstreamCall;
	readonly head: UpstreamHead;
	readonly target: Target;
	/** The one that the request was put into. */
	readonly wire: ChatWire;
	readonly isStreaming: boolean;
}

/** The provider's answer as frames. Throws what its status says when that is 400 or more. */
export async function receiveAnswer(input: AnswerInput): Promise<FrameSource> {
	const { call, head, target, wire, isStreaming } = input;
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
	if (isStreaming && !isWholeJson(head, wire)) return streamed(input);
	const body = await call.waitFor(head.text());
	call.finished();
	const frame = wire.decode(body);
	// A stream was asked for but one JSON document came: its wire form is not what the caller expects.
	return once(isStreaming ? { events: frame.events } : frame, call);
}

/** Servers that know no streaming answer a streaming request with one JSON document. */
function isWholeJson(head: UpstreamHead, wire: ChatWire): boolean {
	const type = head.headers["content-type"];
	return (
		wire.dialect !== "ollama" &&
		typeof type === "string" &&
		type.toLowerCase().startsWith("application/json")
	);
}

function once(frame: Frame, call: UpstreamCall): FrameSource {
	let pending: readonly Frame[] | undefined = [frame];
	return {
		next: () => {
			const ready = pending;
			pending = undefined;
			return Promise.resolve(ready);
		},
		cancel: call.cancel,
	};
}

function streamed({ call, head, wire }: AnswerInput): FrameSource {
	const decoder = wire.decodeStream();
	let isOver = false;

	const finish = (): readonly Frame[] => {
		isOver = true;
		call.finished();
		const { frames, complete } = decoder.end();
		// What came before the break is delivered first; the break itself is the next pull's error.
		if (!complete) broken = new GatewayError("upstream.interrupted");
		return frames;
	};
	let broken: GatewayError | undefined;

	const pull = async (): Promise<readonly Frame[] | undefined> => {
		if (broken !== undefined) throw broken;
		if (isOver) return undefined;
		const chunk = await call.waitFor(head.next());
		const frames = chunk === undefined ? finish() : decoder.push(chunk);
		return chunk === undefined && frames.length === 0 ? pull() : frames;
	};
	return guardedSource(call, pull);
}
