import type { ErrorDetail } from "../errors/gateway-error.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import { redactSecrets } from "../guards/secret-leak/redact-secrets.ts";
import type { UpstreamFault } from "../providers/define-provider.ts";
import { faultKind } from "./fault-kind.ts";
import type { UpstreamCall, UpstreamHead } from "./upstream-call.ts";

/** What undici names its failures; each says at which point the provider was lost. */
const timeoutCodes = new Set([
	"UND_ERR_CONNECT_TIMEOUT",
	"UND_ERR_HEADERS_TIMEOUT",
	"UND_ERR_BODY_TIMEOUT",
]);
const interruptedCodes = new Set([
	"UND_ERR_SOCKET",
	"ECONNRESET",
	"EPIPE",
	"UND_ERR_RES_CONTENT_LENGTH_MISMATCH",
]);

/** Any failure of a call as one of our errors. Addresses and stack traces stay in `cause`. */
export function upstreamError(
	cause: unknown,
	call: Pick<UpstreamCall, "endedBecause">,
): GatewayError {
	const ended = call.endedBecause();
	if (ended !== undefined) return ended;
	if (GatewayError.is(cause)) {
		return cause.code === "egress.refused"
			? new GatewayError("upstream.refused", { cause })
			: cause;
	}
	const code = codeOf(cause);
	if (timeoutCodes.has(code)) return new GatewayError("upstream.timeout", { cause });
	if (interruptedCodes.has(code)) return new GatewayError("upstream.interrupted", { cause });
	return new GatewayError("upstream.refused", { cause });
}

function codeOf(cause: unknown): string {
	const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : "";
	return typeof code === "string" ? code : "";
}

/** An upstream's own status of 400 or more. Its message is passed on where the caller can act on it. */
export function faultError(head: UpstreamHead, fault: UpstreamFault): GatewayError {
	const detail: ErrorDetail = {
		message: redactSecrets(fault.message),
		...(fault.param === undefined ? {} : { param: redactSecrets(fault.param) }),
		...retryAfter(head),
	};
	const kind = faultKind(head.status, fault);
	// The provider's own status stays: SDKs know 413 as well as 400.
	if (kind !== undefined) return new GatewayError(kind, { ...detail, status: head.status });
	switch (head.status) {
		case 401:
		case 403:
			// Whose credentials were refused is the operator's business; the message may name them.
			return new GatewayError("upstream.credentials");
		case 408:
		case 504:
			return new GatewayError("upstream.timeout", detail);
		case 429:
			return new GatewayError("upstream.rate_limited", detail);
		case 503:
		case 529:
			return new GatewayError("upstream.failed", { ...detail, status: 503 });
		default:
			return head.status >= 500
				? new GatewayError("upstream.failed", detail)
				: new GatewayError("upstream.rejected", { ...detail, status: head.status });
	}
}

function retryAfter({ headers }: UpstreamHead): { readonly retryAfterMs?: number } {
	const ms = Number(headers["retry-after-ms"]);
	if (Number.isFinite(ms) && ms > 0) return { retryAfterMs: ms };
	const value = headers["retry-after"];
	if (typeof value !== "string") return {};
	const seconds = Number(value);
	const waitMs = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
	return waitMs > 0 ? { retryAfterMs: waitMs } : {};
}
