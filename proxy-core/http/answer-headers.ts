import type { Account } from "../accounting/account.ts";
import type { Limited, RateLimit, Received } from "../pipeline/context.ts";
import type { Target } from "../snapshot.ts";

/** One line a header that the gateway adds; the reference page is made from this table. */
export const answerHeaderTable = {
	"x-request-id": "The request's id; every answer has it, and the console finds the request by it.",
	"request-id": "The same id, where Anthropic's SDK looks for it.",
	"x-llmproxy-provider": "Name of the provider that answered.",
	"x-llmproxy-model": "The provider's own name of the model that answered.",
	"x-llmproxy-cost-usd":
		"Cost in US dollars, or `unknown` when the model has no price. On a stream: in the comment before its end.",
	"x-llmproxy-overhead-ms":
		"Milliseconds spent in the gateway itself until the answer's head. On a stream, the whole is in the comment before its end.",
	"x-ratelimit-limit-requests":
		"Requests a minute that the tighter of the two limits (key, address) allows.",
	"x-ratelimit-remaining-requests": "Requests left in that limit now.",
	"x-ratelimit-reset-requests": "Time until that limit is full again, such as `1.5s`.",
	"retry-after": "Seconds to wait, on 429 and on passing upstream trouble.",
	"x-should-retry": "`false` when a retry cannot help; the official SDKs obey it.",
} as const;

export type AnswerHeader = keyof typeof answerHeaderTable;
export type AnswerHeaders = { readonly [Name in AnswerHeader]?: string };

export function identityHeaders(requestId: string): AnswerHeaders {
	return { "x-request-id": requestId, "request-id": requestId };
}

export function servedHeaders(
	context: Pick<Received, "requestId" | "trace"> & Partial<Limited>,
	target: Target,
): AnswerHeaders {
	return {
		...identityHeaders(context.requestId),
		"x-llmproxy-provider": target.providerId,
		"x-llmproxy-model": headerSafe(target.model),
		"x-llmproxy-overhead-ms": overheadMs(context).toFixed(3),
	};
}

export function overheadMs({ trace }: Pick<Received, "trace">): number {
	return Math.max(0, trace.elapsedMs() - trace.waitedMs());
}

/** Micro-dollars as dollars, exact to the last digit. */
export function costUsd({ costMicroUsd, isUnpriced }: Account): string {
	if (isUnpriced || costMicroUsd === null) return "unknown";
	return (costMicroUsd / 1_000_000).toFixed(6);
}

/** Model names come from configuration; a header value takes printable ASCII only. */
function headerSafe(text: string): string {
	return text.replace(/[^\x21-\x7e]/g, "?");
}

/** In OpenAI's notation: reset as a duration such as `1.5s`. */
export function rateLimitHeaders(rateLimit: RateLimit | undefined): AnswerHeaders {
	if (rateLimit === undefined) return {};
	return {
		"x-ratelimit-limit-requests": String(rateLimit.limit),
		"x-ratelimit-remaining-requests": String(rateLimit.remaining),
		"x-ratelimit-reset-requests": `${rateLimit.resetMs / 1000}s`,
	};
}
