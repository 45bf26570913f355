import type { CallerDialect } from "../define-dialect.ts";
import type { GeminiAddress } from "./address.ts";
import { capOutput } from "./cap-output.ts";
import { encodeAnswer } from "./encode-answer.ts";
import { encodeError } from "./encode-error.ts";
import { createStreamEncoder } from "./encode-stream.ts";
import { estimateRequest } from "./estimate-request.ts";
import { readGeminiRequest } from "./read-request.ts";
import { toChatCall } from "./to-chat-call.ts";

/**
 * Callers of Google's API. What other dialects say in the body (the model, and whether the answer is a
 * stream) stands in the path, so each request has a dialect object of its own.
 */
export function geminiDialectAt(address: GeminiAddress): CallerDialect {
	return {
		id: "gemini",
		readRequest: (json) => readGeminiRequest(json, address),
		toChatCall: (json, text) => toChatCall(json, address, text),
		capOutput,
		encodeAnswer,
		createStreamEncoder: (options) => {
			const { choices } = readGeminiRequest(options.request, address);
			return createStreamEncoder({ ...options, choices, isArray: address.isArray });
		},
		encodeError,
		keyInQuery: true,
		// Clients of Google's take every line between two events for a broken one.
		streamForm: address.isArray ? "json-array" : "bare-events",
		tokenCount: {
			estimate: estimateRequest,
			encode: (totalTokens) => JSON.stringify({ totalTokens }),
		},
	};
}

/** For requests of which only the body is known, such as recordings. */
export const geminiDialect: CallerDialect = {
	...geminiDialectAt({ model: "", isStreaming: false, isArray: false }),
	readRequest: (json) => {
		const { model } = json;
		const name = typeof model === "string" && model !== "" ? model : "unknown";
		return readGeminiRequest(json, { model: name, isStreaming: false, isArray: false });
	},
};
