import type { EndReason, Usage } from "../../contract/chat.ts";
import { parseExact } from "../../text/parse-exact.ts";
import type { AnswerIdentity } from "../define-dialect.ts";
import type { Json } from "../openai/read-field.ts";
import { estimateRequest } from "./estimate-request.ts";
import { readMessageRequest } from "./message-request.ts";

/** Where an answer ended, in Anthropic's words. */
export interface Stop {
	readonly stop_reason: string;
	readonly stop_sequence: string | null;
}

interface Ending {
	readonly reason: EndReason;
	readonly stopSequence: string | undefined;
	readonly hasTools: boolean;
	readonly isRefused: boolean;
}

/** A model that calls tools stops for them, whatever its provider says; agents wait for that word. */
export function stopOf({ reason, stopSequence, hasTools, isRefused }: Ending): Stop {
	const stop = (stop_reason: string): Stop => ({ stop_reason, stop_sequence: null });
	switch (reason) {
		case "length":
			return stop("max_tokens");
		case "filtered":
			return stop("refusal");
		case "tool-calls":
			return stop("tool_use");
		case "stop":
			if (hasTools) return stop("tool_use");
			if (isRefused) return stop("refusal");
			return stopSequence === undefined
				? stop("end_turn")
				: { stop_reason: "stop_sequence", stop_sequence: stopSequence };
	}
}

/** Counts in Anthropic's convention, where cached input stands beside the input and not inside it. */
export function encodeUsage(usage: Usage): Readonly<Record<string, unknown>> {
	const { cachedInputTokens: read, cacheWriteTokens: written, longCacheWriteTokens: long } = usage;
	return {
		input_tokens: Math.max(0, usage.inputTokens - (read ?? 0) - (written ?? 0)),
		cache_creation_input_tokens: written ?? null,
		cache_read_input_tokens: read ?? null,
		...(written !== undefined &&
			long !== undefined && {
				cache_creation: {
					ephemeral_5m_input_tokens: Math.max(0, written - long),
					ephemeral_1h_input_tokens: long,
				},
			}),
		output_tokens: usage.outputTokens,
		...(usage.reasoningTokens !== undefined && {
			output_tokens_details: { thinking_tokens: usage.reasoningTokens },
		}),
	};
}

/** About how many characters of answer text make a token; the ledger's estimate uses the same. */
const charactersPerToken = 4;

/** For an answer whose provider gave no counts: clients compute with these numbers and need some. */
export function estimatedUsage(request: Json, answerCharacters: number): Usage {
	return {
		inputTokens: estimateRequest(request, readMessageRequest(request).segments),
		outputTokens: Math.ceil(answerCharacters / charactersPerToken),
		estimated: true,
	};
}

export function messageId({ requestId }: AnswerIdentity): string {
	return `msg_${requestId.replace(/^req_/, "")}`;
}

interface ToolStart {
	readonly id: string;
	readonly name: string;
	readonly signature?: string;
}

/** A call of a tool. Gemini's proof goes where OpenAI's callers get it too, and comes back from there. */
export function toolUse({ id, name, signature }: ToolStart, input: unknown): object {
	return {
		type: "tool_use",
		id,
		name,
		input,
		...(signature !== undefined && {
			extra_content: { google: { thought_signature: signature } },
		}),
	};
}

/**
 * Arguments as the object that this dialect has for them. What a model wrote that is no JSON object
 * (it was cut off, or erred) stands whole under `invalid_arguments`, so that the tool can complain.
 */
export function inputOf(text: string): unknown {
	if (text.trim() === "") return {};
	try {
		const value = parseExact(text);
		if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
	} catch {
		// Falls through: said in the answer itself.
	}
	return { invalid_arguments: text };
}
