import type { UpstreamFault } from "../providers/define-provider.ts";

/** What a refused request was refused for, as far as another model could still answer it. */
export type FaultKind = "upstream.context_window" | "upstream.content_policy";

const contextCodes = new Set(["context_length_exceeded", "exceed_context_size_error"]);
const policyCodes = new Set([
	"content_filter",
	"content_policy_violation",
	"moderation_blocked",
	"responsible_ai_policy_violation",
	"responsibleaipolicyviolation",
	"data_inspection_failed",
]);

/**
 * Pieces of the sentences by which providers say that a request is too long; few have a code for it.
 * OpenAI, Azure, Groq, DeepSeek, vLLM and most hosts of open models share the first ones; then
 * Anthropic, Gemini, Bedrock, Cohere, xAI, Cloudflare, text-generation-inference, llama.cpp, LM Studio,
 * Mistral and Perplexity in their own words.
 */
const contextPhrases = [
	"maximum context length",
	"exceeds the context window",
	"exceeded this model context window",
	"reduce the length of the messages",
	"prompt is too long",
	"exceed context limit",
	"exceeds the maximum number of tokens allowed",
	"input is too long for requested model",
	"too many input tokens",
	"too many tokens: ",
	"maximum prompt length",
	"longer than the maximum model length",
	"exceeds the available context size",
	"`inputs` tokens + `max_new_tokens` must be",
	"context length of only",
	"context window is full",
	"too large for model",
	"total length of all messages is too long",
	"must be less than max_seq_len",
];

const policyPhrases = [
	"content filtering policy",
	"content management policy",
	"violating our usage policy",
	"rejected by the safety system",
	"rejected as a result of our safety system",
	"input was flagged",
	"prohibited content",
];

/** Undefined: it is no refusal of that kind. `status` is the provider's own. */
export function faultKind(
	status: number,
	{ code, type, message }: UpstreamFault,
): FaultKind | undefined {
	if (status !== 400 && status !== 403 && status !== 413 && status !== 422) return undefined;
	return kindOf([code, type], message, status !== 403);
}

/** The same for an error inside an answer that had begun with status 200. */
export function eventFaultKind(message: string, code: string | undefined): FaultKind | undefined {
	return kindOf([code], message, true);
}

function kindOf(
	codes: readonly (string | undefined)[],
	message: string,
	mayBeLength: boolean,
): FaultKind | undefined {
	const names = codes.map((code) => code?.toLowerCase());
	const text = message.slice(0, 2000).toLowerCase();
	const has = (known: ReadonlySet<string>): boolean =>
		names.some((name) => name !== undefined && known.has(name));
	if (mayBeLength && (has(contextCodes) || contextPhrases.some((part) => text.includes(part)))) {
		return "upstream.context_window";
	}
	if (has(policyCodes) || policyPhrases.some((part) => text.includes(part))) {
		return "upstream.content_policy";
	}
	return undefined;
}
