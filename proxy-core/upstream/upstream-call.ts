import type { Dispatcher } from "undici";
import { request as send } from "undici";
import type { Settings } from "../contract/settings.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { WireRequest } from "../providers/define-provider.ts";
import type { Target } from "../snapshot.ts";

export interface UpstreamHead {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly body: AsyncIterable<Uint8Array>;
	/** The whole body at once; for answers that are not streamed. */
	readonly text: () => Promise<string>;
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

interface CallInput {
	readonly target: Target;
	readonly request: WireRequest;
	readonly dispatcher: Dispatcher;
	readonly timeouts: Settings["timeouts"];
	readonly callerSignal: AbortSignal;
	readonly waited: (ms: number) => void;
}

export function openUpstreamCall(input: CallInput): UpstreamCall {
	const { timeouts, callerSignal } = input;
	const controller = new AbortController();
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
		controller.abort(reason);
	};
	const hungUp = (): void => end(new GatewayError("request.cancelled"));
	const timer = setTimeout(
		() => end(timedOut(`The whole answer took longer than ${timeouts.totalMs} ms.`)),
		timeouts.totalMs,
	);
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
		head: waitFor(open(input, controller.signal)),
		waitFor,
		endedBecause: () => reason,
		finished,
		cancel: () => end(new GatewayError("request.cancelled")),
	};
}

function timedOut(message: string): GatewayError {
	return new GatewayError("upstream.timeout", { message });
}

function open(input: CallInput, signal: AbortSignal): Promise<UpstreamHead> {
	const { connector } = input.target;
	return connector.answerLocally === undefined
		? openSocket(input, signal)
		: openLocally(connector.answerLocally, input.request, signal);
}

async function openSocket(
	{ target, request, dispatcher, timeouts }: CallInput,
	signal: AbortSignal,
): Promise<UpstreamHead> {
	const answer = await send(target.connector.baseUrl + request.path, {
		method: request.method,
		headers: request.headers,
		body: request.body ?? null,
		dispatcher,
		signal,
		headersTimeout: timeouts.firstByteMs,
		bodyTimeout: timeouts.idleMs,
	});
	return {
		status: answer.statusCode,
		headers: answer.headers,
		body: answer.body,
		text: () => answer.body.text(),
	};
}

async function openLocally(
	answerLocally: NonNullable<Target["connector"]["answerLocally"]>,
	request: WireRequest,
	signal: AbortSignal,
): Promise<UpstreamHead> {
	const answer = await answerLocally(request, signal);
	return { ...answer, text: () => wholeText(answer.body) };
}

async function wholeText(body: AsyncIterable<Uint8Array>): Promise<string> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of body) chunks.push(chunk);
	return Buffer.concat(chunks).toString("utf8");
}
