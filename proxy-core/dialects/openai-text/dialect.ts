import { encodeOpenAiError } from "../../errors/to-wire.ts";
import type { CallerDialect, StreamEncoder, StreamEncoderOptions } from "../define-dialect.ts";
import { createChunkEncoder } from "../openai/encode-stream.ts";
import { encodeChunks, encodeCompletion, encodeUsageChunk } from "./encode-answer.ts";
import { readTextRequest } from "./read-request.ts";
import { toChatCall } from "./to-chat-call.ts";

/** Callers of `/v1/completions`. */
export const openaiTextDialect: CallerDialect = {
	id: "openai-text",
	readRequest: readTextRequest,
	toChatCall,
	capOutput: (_json, value) => ({ path: ["max_tokens"], value }),
	encodeAnswer: (events, { identity }) => encodeCompletion(events, identity),
	createStreamEncoder,
	encodeError: encodeOpenAiError,
};

function createStreamEncoder({ identity, wantsUsage }: StreamEncoderOptions): StreamEncoder {
	const started = new Set<number>();
	return createChunkEncoder({
		dialect: "openai-text",
		wantsUsage,
		started,
		chunksOf: (events) => encodeChunks(events, identity, started),
		usageChunk: (usage) => encodeUsageChunk(usage, identity),
	});
}
