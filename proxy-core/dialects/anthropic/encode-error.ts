import type { DescribedError } from "../../errors/to-wire.ts";

/** The types that Anthropic's SDKs know, by status. */
const typeOfStatus: Readonly<Record<number, string>> = {
	401: "authentication_error",
	402: "billing_error",
	403: "permission_error",
	404: "not_found_error",
	413: "request_too_large",
	429: "rate_limit_error",
	503: "overloaded_error",
	504: "timeout_error",
	529: "overloaded_error",
};

/** Anthropic's shape of an error. Our own code stands beside the type and where its SDKs look for one. */
export function encodeError({ status, message, code, param, requestId }: DescribedError): string {
	const type = typeOfStatus[status] ?? (status >= 500 ? "api_error" : "invalid_request_error");
	return JSON.stringify({
		type: "error",
		error: {
			type,
			message,
			code,
			...(param !== undefined && { param }),
			details: { error_code: code },
		},
		request_id: requestId,
	});
}
