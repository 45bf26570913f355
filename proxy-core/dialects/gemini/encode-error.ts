import type { DescribedError } from "../../errors/to-wire.ts";

/** Google's word for each status that is not simply wrong. */
const statusNames: Readonly<Record<number, string>> = {
	401: "UNAUTHENTICATED",
	402: "FAILED_PRECONDITION",
	403: "PERMISSION_DENIED",
	404: "NOT_FOUND",
	408: "DEADLINE_EXCEEDED",
	409: "ABORTED",
	429: "RESOURCE_EXHAUSTED",
	499: "CANCELLED",
	501: "UNIMPLEMENTED",
	502: "UNAVAILABLE",
	503: "UNAVAILABLE",
	504: "DEADLINE_EXCEEDED",
	529: "UNAVAILABLE",
};

const typeUrl = "type.googleapis.com/google.rpc.";

/**
 * Google's shape of an error. Our own code is the reason of its `ErrorInfo`; the field and the time to
 * wait stand where Google's clients look for them.
 */
export function encodeError(error: DescribedError): string {
	const { status, message, code, param, requestId, headers } = error;
	const { "retry-after-ms": wait } = headers;
	const waitMs = Number(wait);
	return JSON.stringify({
		error: {
			code: status,
			message,
			status: statusNames[status] ?? (status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT"),
			details: [
				{
					"@type": `${typeUrl}ErrorInfo`,
					reason: code,
					domain: "llmproxy",
					metadata: { requestId, ...(param !== undefined && { param }) },
				},
				...(param === undefined ? [] : [violation(param, message)]),
				...(waitMs > 0
					? [{ "@type": `${typeUrl}RetryInfo`, retryDelay: `${Math.ceil(waitMs / 1000)}s` }]
					: []),
			],
		},
	});
}

function violation(field: string, description: string): object {
	return { "@type": `${typeUrl}BadRequest`, fieldViolations: [{ field, description }] };
}
