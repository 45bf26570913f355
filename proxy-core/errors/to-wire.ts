import type { ErrorCode } from "../contract/errors.ts";
import { errorCatalogue } from "../contract/errors.ts";
import { GatewayError } from "./gateway-error.ts";

/** What a caller may know of an error, before it is put into the shape of its dialect. */
export interface DescribedError {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	/** Stable; see the catalogue. */
	readonly code: string;
	readonly type: (typeof errorCatalogue)[ErrorCode]["openaiType"];
	readonly message: string;
	readonly param: string | undefined;
	readonly requestId: string;
}

export interface WireError {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	/** JSON text. */
	readonly body: string;
	readonly code: string;
}

/** Anything thrown → what the caller may know. Unknown throwables say nothing but their request id. */
export function describeError(thrown: unknown, requestId: string): DescribedError {
	const error = GatewayError.is(thrown) ? thrown : new GatewayError("internal.unexpected");
	const { code, openaiType, retryable } = errorCatalogue[error.code];
	const { param, retryAfterMs, headers } = error.detail;
	return {
		status: error.status,
		code,
		type: openaiType,
		message: error.message,
		param,
		requestId,
		headers: {
			"content-type": "application/json",
			"x-request-id": requestId,
			"request-id": requestId,
			...(retryable ? {} : { "x-should-retry": "false" }),
			...(retryAfterMs === undefined ? {} : retryAfter(retryAfterMs)),
			...headers,
		},
	};
}

/** OpenAI's shape, which everybody but Anthropic's callers expects. */
export function encodeOpenAiError({
	message,
	type,
	param,
	code,
	requestId,
}: DescribedError): string {
	return JSON.stringify({
		error: { message, type, param: param ?? null, code, request_id: requestId },
	});
}

/** Anything thrown → status, headers and body; `encode` is the caller's dialect's. */
export function toWire(
	thrown: unknown,
	requestId: string,
	encode: (error: DescribedError) => string = encodeOpenAiError,
): WireError {
	const error = describeError(thrown, requestId);
	return { status: error.status, headers: error.headers, body: encode(error), code: error.code };
}

function retryAfter(ms: number): Readonly<Record<string, string>> {
	return {
		"retry-after": String(Math.max(1, Math.ceil(ms / 1000))),
		"retry-after-ms": String(Math.ceil(ms)),
	};
}
