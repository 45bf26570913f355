import type { Frame } from "../../contract/chat.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import { createSseParser } from "../../streams/sse-parser.ts";
import type { StreamDecoder } from "../define-provider.ts";
import { createMessageDecoder, decodeMessage } from "../shared/anthropic/decode.ts";
import { createAnswerDecoder, decodeAnswer } from "../shared/gemini/decode.ts";
import { parseObject } from "../shared/read-json.ts";

/**
 * An answer of whichever publisher's model was asked. Anthropic's objects all have a `type`, Gemini's
 * have none. Throws `upstream.malformed`.
 */
export function decodeEither(body: string): Frame {
	return isAnthropic(body) ? decodeMessage(body) : decodeAnswer(body);
}

/** A stream of either, told apart by its first event. */
export function createEitherDecoder(): StreamDecoder {
	const sniffer = createSseParser();
	let held: Uint8Array[] = [];
	let decoder: StreamDecoder | undefined;
	const decide = (events: ReturnType<typeof sniffer.push>): readonly Frame[] => {
		const first = events.find(({ data }) => data !== "");
		if (first === undefined) return [];
		decoder = isAnthropic(first.data) ? createMessageDecoder() : createAnswerDecoder();
		const frames = decoder.push(Buffer.concat(held));
		held = [];
		return frames;
	};
	return {
		push: (bytes) => {
			if (decoder !== undefined) return decoder.push(bytes);
			held.push(bytes);
			return decide(sniffer.push(bytes));
		},
		end: () => {
			const frames = decoder === undefined ? decide(sniffer.end()) : [];
			if (decoder === undefined) return { frames: [], complete: false };
			const last = decoder.end();
			return { frames: [...frames, ...last.frames], complete: last.complete };
		},
	};
}

function isAnthropic(text: string): boolean {
	const value = parseObject<"type">(text);
	if (value.type !== undefined && typeof value.type !== "string")
		throw new GatewayError("upstream.malformed");
	return value.type !== undefined;
}
