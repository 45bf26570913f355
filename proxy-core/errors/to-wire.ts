import { errorCatalogue } from "../contract/errors.ts";
import { GatewayError } from "./gateway-error.ts";

export interface WireError {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	/** JSON text in OpenAI's shape. */
	readonly body: string;
	readonly code: string;
}

/** Anything thrown → what the caller gets. Unknown throwables say nothing but their request id. */
export function toWire(thrown: unknown, requestId: string): WireError {
	const error = GatewayError.is(thrown) ? thrown : new GatewayError("internal.unexpected");
	const { code, openaiType, retryable } = errorCatalogue[error.code];
	const { param, retryAfterMs, headers } = error.detail;
	return {
		status: error.status,
		code,
		headers: {
			"content-type": "application/json",
			"x-request-id": requestId,
			"request-id": requestId,
			...(retryable ? {} : { "x-should-retry": "false" }),
			...(retryAfterMs === undefined ? {} : retryAfter(retryAfterMs)),
			...headers,
		},
		body: JSON.stringify({
			error: {
				message: error.message,
				type: openaiType,
				param: param ?? null,
				code,
				request_id: requestId,
			},
		}),
	};
}

function retryAfter(ms: number): Readonly<Record<string, string>> {
	return {
		"retry-after": String(Math.max(1, Math.ceil(ms / 1000))),
		"retry-after-ms": String(Math.ceil(ms)),
	};
}
