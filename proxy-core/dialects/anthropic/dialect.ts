import type { CallerDialect } from "../define-dialect.ts";
import { capThinking } from "./cap-thinking.ts";
import { encodeMessage } from "./encode-answer.ts";
import { encodeError } from "./encode-error.ts";
import { createStreamEncoder } from "./encode-stream.ts";
import { estimateRequest } from "./estimate-request.ts";
import { readMessageRequest } from "./message-request.ts";
import { toChatCall } from "./to-chat-call.ts";

/** Callers of `/v1/messages`. */
export const anthropicDialect: CallerDialect = {
	id: "anthropic",
	readRequest: readMessageRequest,
	toChatCall,
	// An older version or a beta changes what a body means, so a provider must know of it.
	passingHeaders: ["anthropic-version", "anthropic-beta"],
	capOutput: (_json, value) => ({ path: ["max_tokens"], value }),
	capThinking,
	encodeAnswer: encodeMessage,
	createStreamEncoder,
	encodeError,
	tokenCount: {
		estimate: (json) => estimateRequest(json, readMessageRequest(json).segments),
		encode: (inputTokens) => JSON.stringify({ input_tokens: inputTokens }),
	},
};
