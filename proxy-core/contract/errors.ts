/**
 * Every error a caller can get. `code` is stable: clients may switch on it.
 * `openaiType` is the `error.type` of OpenAI's shape; `retryable` false sends `x-should-retry: false`.
 */
interface ErrorEntry {
	readonly status: number;
	readonly code: string;
	readonly openaiType:
		| "invalid_request_error"
		| "authentication_error"
		| "permission_error"
		| "rate_limit_error"
		| "insufficient_quota"
		| "api_error"
		| "upstream_error";
	readonly retryable: boolean;
	readonly title: string;
}

export const errorCatalogue = {
	"request.malformed_json": entry(
		400,
		"malformed_json",
		"invalid_request_error",
		false,
		"The body is not valid JSON.",
	),
	"request.malformed_form": entry(
		400,
		"malformed_form",
		"invalid_request_error",
		false,
		"The body is not a valid multipart form.",
	),
	"request.duplicate_key": entry(
		400,
		"duplicate_json_key",
		"invalid_request_error",
		false,
		"The body names the same JSON key twice; it is ambiguous which one counts.",
	),
	"request.invalid": entry(
		400,
		"invalid_request",
		"invalid_request_error",
		false,
		"A field of the request is missing or wrong.",
	),
	"request.unsupported": entry(
		400,
		"unsupported_by_target",
		"invalid_request_error",
		false,
		"The chosen model cannot express a field of the request.",
	),
	"request.wrong_content_type": entry(
		415,
		"unsupported_media_type",
		"invalid_request_error",
		false,
		"The body must be sent as application/json.",
	),
	"request.too_large": entry(
		413,
		"request_too_large",
		"invalid_request_error",
		false,
		"The body is larger than this gateway accepts.",
	),
	"request.incomplete": entry(
		400,
		"incomplete_body",
		"invalid_request_error",
		true,
		"The connection ended before the whole body arrived.",
	),
	"request.timeout": entry(
		408,
		"request_timeout",
		"invalid_request_error",
		true,
		"The body did not arrive in time.",
	),
	"request.cancelled": entry(
		499,
		"client_closed_request",
		"invalid_request_error",
		false,
		"The caller hung up.",
	),
	"route.unknown_path": entry(
		404,
		"unknown_path",
		"invalid_request_error",
		false,
		"There is no such endpoint.",
	),
	"route.method_not_allowed": entry(
		405,
		"method_not_allowed",
		"invalid_request_error",
		false,
		"The endpoint does not take this method.",
	),
	"route.unknown_model": entry(
		404,
		"model_not_found",
		"invalid_request_error",
		false,
		"The model does not exist or is not offered here.",
	),
	"route.unpriced_model": entry(
		403,
		"model_without_price",
		"permission_error",
		false,
		"The model has no price in the catalogue, and this installation refuses models without one.",
	),
	"auth.key_missing": entry(
		401,
		"missing_api_key",
		"authentication_error",
		false,
		"No API key was sent.",
	),
	"auth.key_unknown": entry(
		401,
		"invalid_api_key",
		"authentication_error",
		false,
		"The API key is not valid.",
	),
	"auth.key_expired": entry(
		401,
		"expired_api_key",
		"authentication_error",
		false,
		"The API key has expired.",
	),
	"auth.key_revoked": entry(
		401,
		"revoked_api_key",
		"authentication_error",
		false,
		"The API key was revoked.",
	),
	"auth.signed_out": entry(401, "signed_out", "authentication_error", false, "Sign in first."),
	"auth.setup_token_invalid": entry(
		403,
		"setup_token_invalid",
		"permission_error",
		false,
		"The setup link is not valid any more; restart the server for a new one.",
	),
	"auth.cross_site": entry(
		403,
		"cross_site_request",
		"permission_error",
		false,
		"The request came from another site.",
	),
	"access.model_denied": entry(
		403,
		"model_not_allowed",
		"permission_error",
		false,
		"The API key may not use this model.",
	),
	"access.endpoint_denied": entry(
		403,
		"endpoint_not_allowed",
		"permission_error",
		false,
		"The API key may not use this endpoint.",
	),
	"access.permission_missing": entry(
		403,
		"permission_denied",
		"permission_error",
		false,
		"Your role does not allow this.",
	),
	"guard.blocked": entry(
		403,
		"guardrail_blocked",
		"permission_error",
		false,
		"The request was blocked by policy.",
	),
	"guard.answer_blocked": entry(
		403,
		"answer_blocked",
		"permission_error",
		false,
		"The model's answer was withheld by policy.",
	),
	"guard.failed": entry(
		503,
		"guard_unavailable",
		"api_error",
		true,
		"A security check could not be completed, so the request was refused.",
	),
	"threat.banned": entry(
		403,
		"caller_banned",
		"permission_error",
		false,
		"This caller is banned for a while.",
	),
	"threat.challenge": entry(
		403,
		"challenge_required",
		"permission_error",
		false,
		"This caller has to prove some work first.",
	),
	"threat.slowed": entry(
		429,
		"caller_slowed",
		"rate_limit_error",
		true,
		"This caller is slowed down for a while.",
	),
	"limit.rate": entry(429, "rate_limit_exceeded", "rate_limit_error", true, "Too many requests."),
	"limit.tokens": entry(429, "token_limit_exceeded", "rate_limit_error", true, "Too many tokens."),
	"limit.parallel": entry(
		429,
		"too_many_parallel_requests",
		"rate_limit_error",
		true,
		"Too many requests at once.",
	),
	"budget.exceeded": entry(
		402,
		"budget_exceeded",
		"insufficient_quota",
		false,
		"A budget does not allow this request any more.",
	),
	"budget.unavailable": entry(
		503,
		"budget_unavailable",
		"api_error",
		true,
		"Whether a budget allows this request cannot be found out at the moment.",
	),
	"limit.kill_switch": entry(
		503,
		"kill_switch_engaged",
		"api_error",
		false,
		"An operator has stopped all model traffic.",
	),
	"limit.draining": entry(503, "server_draining", "api_error", true, "This node is shutting down."),
	"request.idempotency_mismatch": entry(
		422,
		"idempotency_mismatch",
		"invalid_request_error",
		false,
		"The Idempotency-Key was used before with another body.",
	),
	"route.no_target": entry(
		503,
		"no_healthy_target",
		"api_error",
		true,
		"Every provider that could serve this model is out of service at the moment.",
	),
	"upstream.context_window": entry(
		400,
		"context_length_exceeded",
		"invalid_request_error",
		false,
		"The request is longer than the model can take.",
	),
	"upstream.content_policy": entry(
		400,
		"content_policy_violation",
		"invalid_request_error",
		false,
		"The model's provider refused the content of the request.",
	),
	"upstream.refused": entry(
		502,
		"upstream_unreachable",
		"upstream_error",
		true,
		"The model's provider could not be reached.",
	),
	"upstream.timeout": entry(
		504,
		"upstream_timeout",
		"upstream_error",
		true,
		"The model's provider did not answer in time.",
	),
	"upstream.malformed": entry(
		502,
		"upstream_malformed",
		"upstream_error",
		true,
		"The model's provider sent an answer that could not be read.",
	),
	"upstream.interrupted": entry(
		502,
		"upstream_interrupted",
		"upstream_error",
		true,
		"The model's provider broke off in the middle of its answer.",
	),
	"upstream.credentials": entry(
		502,
		"upstream_credentials_rejected",
		"upstream_error",
		false,
		"The model's provider rejected the gateway's credentials; an operator has to renew them.",
	),
	"upstream.rejected": entry(
		502,
		"upstream_rejected",
		"upstream_error",
		false,
		"The model's provider rejected the request.",
	),
	"upstream.rate_limited": entry(
		429,
		"upstream_rate_limited",
		"rate_limit_error",
		true,
		"The model's provider limits the rate of requests.",
	),
	"upstream.failed": entry(
		502,
		"upstream_failed",
		"upstream_error",
		true,
		"The model's provider failed.",
	),
	"egress.refused": entry(
		400,
		"address_not_allowed",
		"invalid_request_error",
		false,
		"The address is private, reserved or not allowed by the operator.",
	),
	"resource.not_found": entry(
		404,
		"not_found",
		"invalid_request_error",
		false,
		"There is nothing with this id.",
	),
	"resource.conflict": entry(
		409,
		"conflict",
		"invalid_request_error",
		false,
		"Something with this name already exists.",
	),
	"resource.read_only": entry(
		409,
		"read_only",
		"invalid_request_error",
		false,
		"This was set in the environment and can only be changed there.",
	),
	"internal.unavailable": entry(
		503,
		"unavailable",
		"api_error",
		true,
		"The gateway cannot record requests at the moment, so it refuses them.",
	),
	"internal.unexpected": entry(
		500,
		"internal_error",
		"api_error",
		false,
		"Something went wrong inside the gateway.",
	),
} as const satisfies Record<`${string}.${string}`, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalogue;

function entry<const Code extends string>(
	...[status, code, openaiType, retryable, title]: [
		status: number,
		code: Code,
		openaiType: ErrorEntry["openaiType"],
		retryable: boolean,
		title: string,
	]
): ErrorEntry & { readonly code: Code } {
	return { status, code, openaiType, retryable, title };
}
