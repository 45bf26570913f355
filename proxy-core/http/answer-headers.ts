import type { Account } from "../accounting/account.ts";
import type {
	Budgeted,
	Dispatched,
	Limited,
	Parsed,
	RateLimit,
	Received,
	Remembered,
} from "../pipeline/context.ts";

/** One line a header that the gateway adds; the reference page is made from this table. */
export const answerHeaderTable = {
	"x-request-id": "The request's id; every answer has it, and the console finds the request by it.",
	"request-id": "The same id, where Anthropic's SDK looks for it.",
	"x-llmproxy-provider": "Name of the provider that answered.",
	"x-llmproxy-model": "The provider's own name of the model that answered.",
	"x-llmproxy-cost-usd":
		"Cost in US dollars, or `unknown` when the model has no price. On a stream: in the comment before its end; Google's streams have no comments.",
	"x-llmproxy-overhead-ms":
		"Milliseconds spent in the gateway itself until the answer's head. On a stream, the whole is in the comment before its end.",
	"x-ratelimit-limit-requests":
		"Requests that the tightest of all limits which count this request allows in its window.",
	"x-ratelimit-remaining-requests": "Requests left in that limit now.",
	"x-ratelimit-reset-requests": "Time until that limit is full again, such as `1.5s`.",
	"x-ratelimit-limit-tokens": "Tokens that the tightest limit on tokens allows in its window.",
	"x-ratelimit-remaining-tokens": "Tokens left in that limit now.",
	"x-ratelimit-reset-tokens": "Time until that limit is full again.",
	"anthropic-ratelimit-requests-limit": "The same limits in Anthropic's names, for its callers.",
	"anthropic-ratelimit-requests-remaining": "See above.",
	"anthropic-ratelimit-requests-reset": "When the limit is full again, as an instant.",
	"anthropic-ratelimit-tokens-limit": "See above, for tokens.",
	"anthropic-ratelimit-tokens-remaining": "See above, for tokens.",
	"anthropic-ratelimit-tokens-reset": "See above, for tokens.",
	"x-llmproxy-cache":
		"`hit`, `semantic-hit`, `coalesced`, `replayed`, `miss` or `bypass`; absent when no cache was asked.",
	"x-llmproxy-attempts": "How many calls to providers it took, when more than one.",
	"x-llmproxy-omitted":
		"Fields that the chosen model's API has no place for and that were left out; an answer is right without them.",
	"x-llmproxy-output-cap":
		"Output tokens that a budget left for this answer, when the caller set no limit.",
	"x-llmproxy-signature":
		"A compact JWS over request and answer, when one was asked for. On a stream of events: in its last comment; on other streams: a trailer.",
	"x-llmproxy-challenge":
		"A proof of work that a suspicious caller has to do, on 403 `challenge_required`; the error tells how.",
	"retry-after": "Seconds to wait, on 429 and on passing upstream trouble.",
	"x-should-retry": "`false` when a retry cannot help; the official SDKs obey it.",
} as const;

export type AnswerHeader = keyof typeof answerHeaderTable;
export type AnswerHeaders = { readonly [Name in AnswerHeader]?: string };

export function identityHeaders(requestId: string): AnswerHeaders {
	return { "x-request-id": requestId, "request-id": requestId };
}

type ServedFacts = Pick<Received, "requestId" | "trace"> &
	Pick<Dispatched, "target" | "omitted"> &
	Pick<Budgeted, "outputTokensCap"> &
	Pick<Parsed, "request"> &
	Remembered;

export function servedHeaders(context: ServedFacts): AnswerHeaders {
	const { requestId, target, trace, cache, omitted, request, outputTokensCap = Infinity } = context;
	const headers: Writable<AnswerHeaders> = {
		"x-request-id": requestId,
		"request-id": requestId,
		"x-llmproxy-provider": target.providerId,
		"x-llmproxy-model": headerSafe(target.model),
		"x-llmproxy-overhead-ms": overheadMs(context).toFixed(3),
	};
	if (cache !== null) headers["x-llmproxy-cache"] = cache;
	if (trace.attempts.length > 1) headers["x-llmproxy-attempts"] = String(trace.attempts.length);
	if (omitted.length > 0) headers["x-llmproxy-omitted"] = omitted.join(", ");
	if (outputTokensCap < (request.outputTokensMax ?? Infinity)) {
		headers["x-llmproxy-output-cap"] = String(outputTokensCap);
	}
	return headers;
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

export function overheadMs({ trace }: Pick<Received, "trace">): number {
	return Math.max(0, trace.elapsedMs() - trace.waitedMs());
}

/** Micro-dollars as dollars, exact to the last digit. */
export function costUsd({ costMicroUsd, isUnpriced }: Account): string {
	if (isUnpriced || costMicroUsd === null) return "unknown";
	return (costMicroUsd / 1_000_000).toFixed(6);
}

/** What headers could not say yet when a stream began, for its end. SDKs skip comments. */
export function closingComment(context: Pick<Received, "trace">, account: Account): string {
	return `: x-llmproxy-cost-usd=${costUsd(account)} x-llmproxy-overhead-ms=${overheadMs(context).toFixed(3)}\n\n`;
}

const isHeaderSafe = /^[\x21-\x7e]*$/;

/** Model names come from configuration; a header value takes printable ASCII only. */
function headerSafe(text: string): string {
	return isHeaderSafe.test(text) ? text : text.replace(/[^\x21-\x7e]/g, "?");
}

/** In OpenAI's notation and, for Anthropic's callers, in theirs. */
export function limitHeaders({ dialect, rateLimit, tokenLimit }: Limits): AnswerHeaders {
	const headers: Writable<AnswerHeaders> = {};
	const isAnthropic = dialect.id === "anthropic";
	const names = isAnthropic ? anthropicNames : openaiNames;
	const add = ([limitName, remainingName, resetName]: LimitNames, limit: RateLimit): void => {
		headers[limitName] = String(limit.limit);
		headers[remainingName] = String(limit.remaining);
		headers[resetName] = isAnthropic
			? new Date(Date.now() + limit.resetMs).toISOString()
			: `${limit.resetMs / 1000}s`;
	};
	if (rateLimit !== undefined) add(names.requests, rateLimit);
	if (tokenLimit !== undefined) add(names.tokens, tokenLimit);
	return headers;
}

type Limits = Pick<Received, "dialect"> & Pick<Limited, "rateLimit" | "tokenLimit">;
type LimitNames = readonly [limit: AnswerHeader, remaining: AnswerHeader, reset: AnswerHeader];

/** The reset is a duration such as `1.5s`. */
const openaiNames: Readonly<Record<"requests" | "tokens", LimitNames>> = {
	requests: [
		"x-ratelimit-limit-requests",
		"x-ratelimit-remaining-requests",
		"x-ratelimit-reset-requests",
	],
	tokens: ["x-ratelimit-limit-tokens", "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens"],
};

/** The reset is an instant. */
const anthropicNames: typeof openaiNames = {
	requests: [
		"anthropic-ratelimit-requests-limit",
		"anthropic-ratelimit-requests-remaining",
		"anthropic-ratelimit-requests-reset",
	],
	tokens: [
		"anthropic-ratelimit-tokens-limit",
		"anthropic-ratelimit-tokens-remaining",
		"anthropic-ratelimit-tokens-reset",
	],
};
