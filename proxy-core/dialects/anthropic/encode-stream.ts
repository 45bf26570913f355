import type { ChatEvent, Usage, WireFrame } from "../../contract/chat.ts";
import type { StreamEncoder, StreamEncoderOptions } from "../define-dialect.ts";
import { createBlockWriter } from "./block-writer.ts";
import type { Stop } from "./blocks.ts";
import { encodeUsage, estimatedUsage, messageId, stopOf } from "./blocks.ts";
import { encodeError } from "./encode-error.ts";
import { event, indexOf, sse, typeOf } from "./sse.ts";

/**
 * Events of an upstream that speaks this dialect leave as they came; those of any other become
 * Anthropic's. Its closing event is held until `end`, so that nobody has a whole answer too early.
 */
export function createStreamEncoder(options: StreamEncoderOptions): StreamEncoder {
	const own = createOwnEncoder(options);
	const forwarded = createForwarder();
	let isForwarding = false;
	return {
		encode: (frames) => {
			let text = "";
			for (const frame of frames) {
				// An upstream's error event is answered in our own shape, by whoever reads it next.
				if (frame.events.some(({ type }) => type === "error")) continue;
				own.note(frame.events);
				if (frame.wire?.dialect === "anthropic") {
					isForwarding = true;
					text += forwarded.pass(frame.wire);
				} else text += own.encode(frame.events);
			}
			return text;
		},
		cut: () => (isForwarding ? forwarded.cut(own.usage()) : own.cut()),
		end: () => (isForwarding ? forwarded.end() : own.end()),
		fail: (error) => sse("error", encodeError(error)),
	};
}

const refusal: Stop = { stop_reason: "refusal", stop_sequence: null };

function messageDelta(stop: Stop, usage: Usage): string {
	return event("message_delta", { delta: stop, usage: encodeUsage(usage) });
}

function createForwarder() {
	const open = new Set<number>();
	let hasStopped = false;
	let closing = "";
	return {
		pass: ({ data }: WireFrame): string => {
			const type = typeOf(data);
			const text = sse(type, data);
			switch (type) {
				case "content_block_start":
					open.add(indexOf(data));
					return text;
				case "content_block_stop":
					open.delete(indexOf(data));
					return text;
				case "message_delta":
					hasStopped = true;
					return text;
				case "message_stop":
					closing = text;
					return "";
				default:
					return text;
			}
		},
		cut: (usage: Usage): string => {
			closing = event("message_stop");
			const stops = [...open].map((index) => event("content_block_stop", { index })).join("");
			return hasStopped ? stops : stops + messageDelta(refusal, usage);
		},
		end: () => closing,
	};
}

type EndEvent = Extract<ChatEvent, { type: "end" }>;

function createOwnEncoder({ identity, request }: StreamEncoderOptions) {
	const blocks = createBlockWriter();
	let hasStarted = false;
	let isCut = false;
	let isRefused = false;
	let ending: EndEvent | undefined;
	let reported: Usage | undefined;
	let characters = 0;

	const usage = (): Usage => reported ?? estimatedUsage(request, characters);

	const start = (): string => {
		if (hasStarted) return "";
		hasStarted = true;
		const message = {
			id: messageId(identity),
			type: "message",
			role: "assistant",
			model: identity.model,
			content: [],
			stop_reason: null,
			stop_sequence: null,
			// Most providers count at the end; `message_delta` then brings all the numbers.
			usage: encodeUsage(reported ?? nothingYet),
		};
		return event("message_start", { message }) + event("ping");
	};

	return {
		usage,
		note: (events: readonly ChatEvent[]): void => {
			for (const said of events) {
				if (said.type === "usage") reported = said.usage;
				else if (said.type === "refusal") isRefused = true;
				else if (said.type === "end") ending ??= said;
				if ("text" in said) characters += said.text.length;
			}
		},
		encode: (events: readonly ChatEvent[]): string => {
			let text = "";
			for (const said of events) {
				if (said.type === "usage" || said.type === "error") continue;
				text += start();
				if (said.type !== "start" && said.type !== "end" && said.choice === 0) {
					text += blocks.write(said);
				}
			}
			return text;
		},
		cut: (): string => {
			isCut = true;
			return start() + blocks.close() + messageDelta(refusal, usage());
		},
		end: (): string => {
			if (isCut) return event("message_stop");
			const rest = start() + blocks.close();
			const stop = stopOf({
				reason: ending?.reason ?? "stop",
				stopSequence: ending?.stopSequence,
				hasTools: blocks.hasTools(),
				isRefused,
			});
			return rest + messageDelta(stop, usage()) + event("message_stop");
		},
	};
}

const nothingYet: Usage = { inputTokens: 0, outputTokens: 0, estimated: false };
