import type { ChatEvent, Usage } from "../../contract/chat.ts";
import type { DescribedError } from "../../errors/to-wire.ts";
import { event } from "../anthropic/sse.ts";
import type { StreamEncoder, StreamEncoderOptions } from "../define-dialect.ts";
import { createForwarder } from "./forward-stream.ts";
import { createOutputWriter } from "./output-writer.ts";
import type { Standing } from "./response-object.ts";
import { idSuffix, isIncomplete, responseObject } from "./response-object.ts";

/**
 * Events of an upstream that speaks Responses leave as they came, but for edited texts; those of any
 * other become typed events here. The last one is held until `end`, so that nobody has a whole answer
 * before it was recorded.
 */
export function createStreamEncoder(options: StreamEncoderOptions): StreamEncoder {
	const own = createOwnEncoder(options);
	const forwarder = createForwarder();
	let isForwarding = false;
	return {
		encode: (frames) => {
			let text = "";
			for (const { events, wire } of frames) {
				// An upstream's error event is answered in our own shape, by whoever reads it next.
				if (events.some(({ type }) => type === "error")) continue;
				if (wire?.dialect === "responses" && wire.typed !== undefined) {
					isForwarding = true;
					text += forwarder.pass(events, { data: wire.data, typed: wire.typed });
				} else text += own.encode(events);
			}
			return text;
		},
		cut: () => (isForwarding ? forwarder.cut() : own.cut()),
		end: () => (isForwarding ? forwarder.end() : own.end()),
		// An `error` event and no last event of a response: the SDKs throw, and nobody takes a broken
		// answer for a whole one.
		fail: (error) => failure(error, isForwarding ? forwarder.nextNumber() : own.nextNumber()),
	};
}

function failure({ message, type, param, code, requestId }: DescribedError, number: number) {
	const error = { type, code, message, param: param ?? null, request_id: requestId };
	const { request_id: _, type: __, ...flat } = error;
	// Clients look in either place; OpenAI documents the one and sends the other.
	return event("error", { sequence_number: number, ...flat, error });
}

function createOwnEncoder({ identity, request }: StreamEncoderOptions) {
	let out = "";
	let number = 0;
	let standing: Standing;
	let usage: Usage | undefined;
	let hasStarted = false;

	const emit = (type: string, fields: object): void => {
		out += event(type, { sequence_number: number, ...fields });
		number += 1;
	};
	const writer = createOutputWriter(idSuffix(identity), emit);
	const response = (stage: Standing): object =>
		responseObject({ identity, request, standing: stage, usage, output: writer.items() });
	const start = (): void => {
		if (hasStarted) return;
		hasStarted = true;
		emit("response.created", { response: response(undefined) });
		emit("response.in_progress", { response: response(undefined) });
	};
	const taken = (): string => {
		const text = out;
		out = "";
		return text;
	};
	const finish = (reason: Standing): void => {
		start();
		standing ??= reason;
		writer.close(isIncomplete(standing));
	};
	return {
		nextNumber: () => number,
		encode: (events: readonly ChatEvent[]): string => {
			for (const said of events) {
				if (said.type === "usage") usage = said.usage;
				else if (said.type === "start") start();
				else if ("choice" in said && said.choice === 0) {
					start();
					if (said.type === "end") finish(said.reason);
					else writer.write(said);
				}
			}
			return taken();
		},
		cut: (): string => {
			finish("filtered");
			return taken();
		},
		end: (): string => {
			finish("stop");
			const type = isIncomplete(standing) ? "response.incomplete" : "response.completed";
			emit(type, { response: response(standing) });
			return taken();
		},
	};
}
