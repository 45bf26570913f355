import { encodeOpenAiError } from "../../errors/to-wire.ts";
import type { CallerDialect } from "../define-dialect.ts";
import { readChatRequest } from "./chat-request.ts";
import { encodeCompletion } from "./encode-answer.ts";
import { createStreamEncoder } from "./encode-stream.ts";
import { toChatCall } from "./to-chat-call.ts";

/** Callers of `/v1/chat/completions`. */
export const openaiDialect: CallerDialect = {
	id: "openai",
	readRequest: readChatRequest,
	toChatCall,
	// Whoever sets no limit gets the current field; the older one is refused by reasoning models.
	capOutput: (json, value) => ({
		path: [typeof json["max_tokens"] === "number" ? "max_tokens" : "max_completion_tokens"],
		value,
	}),
	encodeAnswer: (events, { identity }) => encodeCompletion(events, identity),
	createStreamEncoder,
	encodeError: encodeOpenAiError,
};
