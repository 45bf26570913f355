import type { EndReason, Usage } from "../../contract/chat.ts";
import type { AnswerIdentity } from "../define-dialect.ts";
import type { Json } from "../openai/read-field.ts";

/** How an answer stands or ended; undefined while it goes on. */
export type Standing = EndReason | undefined;

export interface ResponseInput {
	readonly identity: AnswerIdentity;
	/** The request's JSON; the answer repeats its settings, as OpenAI's does. */
	readonly request: Json;
	readonly standing: Standing;
	readonly output: readonly object[];
	readonly usage: Usage | undefined;
}

/** The `response` object, in any of its stages. */
export function responseObject(input: ResponseInput): object {
	const { identity, request, standing, output, usage } = input;
	return {
		id: `resp_${idSuffix(identity)}`,
		object: "response",
		created_at: identity.createdAtSeconds,
		status: statusOf(standing),
		background: false,
		error: null,
		incomplete_details: incompleteOf(standing),
		instructions: request["instructions"] ?? null,
		max_output_tokens: request["max_output_tokens"] ?? null,
		model: identity.model,
		output,
		parallel_tool_calls: request["parallel_tool_calls"] ?? true,
		previous_response_id: null,
		reasoning: { effort: null, summary: null, ...objectOf(request["reasoning"]) },
		// Nothing is kept, so there is nothing that a later request could refer to.
		store: false,
		temperature: request["temperature"] ?? null,
		text: { format: { type: "text" }, ...objectOf(request["text"]) },
		tool_choice: request["tool_choice"] ?? "auto",
		tools: request["tools"] ?? [],
		top_p: request["top_p"] ?? null,
		truncation: "disabled",
		usage: usage === undefined ? null : encodeUsage(usage),
		user: request["user"] ?? null,
		metadata: request["metadata"] ?? {},
	};
}

/** Unique in the installation; what the ids of an answer and of its items share. */
export function idSuffix({ requestId }: AnswerIdentity): string {
	return requestId.replace(/^req_/, "");
}

function objectOf(value: unknown): object {
	return typeof value === "object" && value !== null ? value : {};
}

function statusOf(standing: Standing): string {
	if (standing === undefined) return "in_progress";
	return isIncomplete(standing) ? "incomplete" : "completed";
}

export function isIncomplete(standing: Standing): boolean {
	return standing === "length" || standing === "filtered";
}

function incompleteOf(standing: Standing): object | null {
	if (standing === "length") return { reason: "max_output_tokens" };
	return standing === "filtered" ? { reason: "content_filter" } : null;
}

/** The SDKs require both details, so an unknown part is a zero here. */
function encodeUsage(usage: Usage): object {
	const { inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, reasoningTokens } = usage;
	return {
		input_tokens: inputTokens,
		input_tokens_details: {
			cached_tokens: cachedInputTokens ?? 0,
			cache_write_tokens: cacheWriteTokens ?? 0,
		},
		output_tokens: outputTokens,
		output_tokens_details: { reasoning_tokens: reasoningTokens ?? 0 },
		total_tokens: inputTokens + outputTokens,
	};
}
