import { encodeOpenAiError } from "../../errors/to-wire.ts";
import type { CallerDialect } from "../define-dialect.ts";
import { encodeResponse } from "./encode-answer.ts";
import { createStreamEncoder } from "./encode-stream.ts";
import { readResponsesRequest } from "./read-request.ts";
import { toChatCall } from "./to-chat-call.ts";

/** Callers of `/v1/responses`. */
export const responsesDialect: CallerDialect = {
	id: "responses",
	readRequest: readResponsesRequest,
	toChatCall,
	capOutput: (_json, value) => ({ path: ["max_output_tokens"], value }),
	encodeAnswer: encodeResponse,
	createStreamEncoder,
	encodeError: encodeOpenAiError,
};
