import type { Dispatcher } from "undici";
import type { Settings } from "../contract/settings.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { WireRequest } from "../providers/define-provider.ts";
import type { Target } from "../snapshot.ts";
import { openAuthorised } from "./authorised-answer.ts";
import { connectorHttp } from "./connector-http.ts";
import { openLocally } from "./local-answer.ts";
import { openSocket } from "./socket-answer.ts";

export interface UpstreamHead {
	readonly status: number;
	/** Lower-case names. */
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	/** What has arrived of the body since the last call; `undefined` after its end. */
	readonly next: () => Promise<Uint8Array | undefined>;
	/** The whole body at once; for answers that are not streamed. */
	readonly text: () => Promise<string>;
}

/** An answer under way, whoever makes it. `abort` rejects whatever is waited for with its reason. */
export interface OpenAnswer {
	readonly head: Promise<UpstreamHead>;
	readonly abort: (reason: Error) => void;
}

/** One request to one provider, from opening to its last byte or its cancellation. */
export interface UpstreamCall {
	readonly head: Promise<UpstreamHead>;
	/** Counts as time waited for the provider. */
	readonly waitFor: <T>(work: Promise<T>) => Promise<T>;
	/** Why the call was ended from this side, if it was. */
	readonly endedBecause: () => GatewayError | undefined;
	/** The answer is complete: timers and listeners go. */
	readonly finished: () => void;
	readonly cancel: () => void;
}

export interface CallInput {
	readonly target: Target;
	readonly request: WireRequest;
	readonly dispatcher: Dispatcher;
	readonly timeouts: Settings["timeouts"];
	readonly callerSignal: AbortSignal;
	readonly waited: (ms: number) => void;
}

function openAnswer(input: CallInput): OpenAnswer {
	const { answerLocally, authorize } = input.target.connector;
	if (answerLocally !== undefined) return openLocally(answerLocally, input.request);
	if (authorize === undefined) return openSocket(input);
	const authorised = authorize(input.request, connectorHttp(input.dispatcher));
	return openAuthorised(authorised, (request) => openSocket({ ...input, request }));
}

/** Throws nothing: whatever goes wrong rejects `head`. */
export function openUpstreamCall(input: CallInput): UpstreamCall {
	const { timeouts, callerSignal } = input;
	const answer = openAnswer(input);
	let reason: GatewayError | undefined;
	let isOver = false;
	const finished = (): void => {
		isOver = true;
		clearTimeout(timer);
		callerSignal.removeEventListener("abort", hungUp);
	};
	const end = (because: GatewayError): void => {
		if (isOver) return;
		reason ??= because;
		finished();
		answer.abort(reason);
	};
	const hungUp = (): void => end(new GatewayError("request.cancelled"));
	const timer = setTimeout(() => {
		const message = `The whole answer took longer than ${timeouts.totalMs} ms.`;
		end(new GatewayError("upstream.timeout", { message }));
	}, timeouts.totalMs);
	if (callerSignal.aborted) hungUp();
	else callerSignal.addEventListener("abort", hungUp, { once: true });

	const waitFor = async <T>(work: Promise<T>): Promise<T> => {
		const startedAt = performance.now();
		try {
			return await work;
		} finally {
			input.waited(performance.now() - startedAt);
		}
	};
	return {
		head: waitFor(answer.head),
		waitFor,
		endedBecause: () => reason,
		finished,
		cancel: hungUp,
	};
}
