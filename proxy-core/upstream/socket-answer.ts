import type { Dispatcher } from "undici";
import { GatewayError } from "../errors/gateway-error.ts";
import { createChunkQueue } from "./chunk-queue.ts";
import type { CallInput, OpenAnswer, UpstreamHead } from "./upstream-call.ts";

/** Bytes that may wait for a slow reader before the provider is told to pause. */
const queuedBytesMax = 256 * 1024;

/**
 * Sends a request through undici's dispatch interface. Its `request` would do the same with a stream
 * object per answer, which costs more than all of the gateway's own stages together.
 */
export function openSocket(input: CallInput): OpenAnswer {
	const { target, request, dispatcher, timeouts } = input;
	const head = Promise.withResolvers<UpstreamHead>();
	const { origin, prefix } = splitBaseUrl(target.connector.baseUrl);
	let controller: Dispatcher.DispatchController | undefined;
	let abortedBy: Error | undefined;
	const queue = createChunkQueue({
		bytesMax: queuedBytesMax,
		pause: () => controller?.pause(),
		resume: () => controller?.resume(),
	});
	let connectTimer: ReturnType<typeof setTimeout> | undefined;
	const fail = (error: Error): void => {
		clearTimeout(connectTimer);
		head.reject(error);
		queue.fail(error);
	};
	const abort = (reason: Error): void => {
		abortedBy = reason;
		controller?.abort(reason);
		fail(reason);
	};
	dispatcher.dispatch(
		{
			origin,
			path: prefix + request.path,
			method: request.method,
			headers: request.headers,
			body: request.body ?? null,
			headersTimeout: timeouts.firstByteMs,
			bodyTimeout: timeouts.idleMs,
		},
		{
			onRequestStart: (started) => {
				controller = started;
				clearTimeout(connectTimer);
				if (abortedBy !== undefined) started.abort(abortedBy);
			},
			onResponseStart: (_, status, headers) => {
				// Informational answers come before the real one.
				if (status >= 200) head.resolve({ status, headers, next: queue.next, text: queue.text });
			},
			onResponseData: (_, chunk) => queue.push(chunk),
			onResponseEnd: () => queue.end(),
			onResponseError: (_, error) => fail(error),
		},
	);
	// On a kept connection the request has been started by now. The dispatcher's own limit is the longest
	// of all targets'; this one is the target's.
	if (controller === undefined) {
		const message = `No connection was made within ${timeouts.connectMs} ms.`;
		const late = () => abort(new GatewayError("upstream.timeout", { message }));
		connectTimer = setTimeout(late, timeouts.connectMs);
	}
	return { head: head.promise, abort };
}

/** `https://host:port/base` → origin and path; the connector's schema has checked its form. */
function splitBaseUrl(baseUrl: string): { readonly origin: string; readonly prefix: string } {
	const slash = baseUrl.indexOf("/", baseUrl.indexOf("://") + 3);
	return slash === -1
		? { origin: baseUrl, prefix: "" }
		: { origin: baseUrl.slice(0, slash), prefix: baseUrl.slice(slash) };
}
