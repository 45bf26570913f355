import { randomUUID } from "node:crypto";
import type { EndReason, Frame } from "../../contract/chat.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import { createNdjsonParser } from "../../streams/ndjson-parser.ts";
import { sliceJson } from "../../text/json-splice.ts";
import type { StreamDecoder } from "../define-provider.ts";
import type { FrameBuilder } from "../shared/frame-builder.ts";
import { createFrameBuilder } from "../shared/frame-builder.ts";
import type { Loose } from "../shared/read-json.ts";
import { parseObject, readCount, readList, readObject, readText } from "../shared/read-json.ts";
import type { AnswerFields, CallFields, FunctionFields, MessageFields } from "./wire.ts";

interface State {
	started: boolean;
	/** Makes ids of calls unique over a conversation, because Ollama need not give any. */
	answerId: string;
	tools: number;
	done: boolean;
}

function createState(): State {
	return { started: false, answerId: "", tools: 0, done: false };
}

/** A whole answer. Throws `upstream.malformed`. */
export function decodeAnswer(body: string): Frame {
	const answer = parseObject<AnswerFields>(body);
	if (answer.error === undefined && readObject(answer.message) === undefined)
		throw new GatewayError("upstream.malformed");
	return decodeObject(body, createState());
}

/** Newline-delimited answers, the last with `done: true`. */
export function createAnswerDecoder(): StreamDecoder {
	const parser = createNdjsonParser();
	const state = createState();
	const framesOf = (lines: readonly string[]): Frame[] =>
		lines.map((line) => decodeObject(line, state));
	return {
		push: (bytes) => framesOf(parser.push(bytes)),
		end: () => ({ frames: framesOf(parser.end()), complete: state.done }),
	};
}

function decodeObject(data: string, state: State): Frame {
	const answer = parseObject<AnswerFields>(data);
	const builder = createFrameBuilder("ollama");
	if (answer.error !== undefined)
		builder.add({
			type: "error",
			message: readText(answer.error) ?? "The provider reported an error.",
		});
	const model = readText(answer.model);
	if (!state.started && model !== undefined) {
		state.started = true;
		state.answerId = readText(answer.created_at)?.replace(/\D/g, "") || randomUUID();
		builder.add({ type: "start", model });
	}
	addMessage(builder, { answer, data, state });
	if (answer.done === true) {
		state.done = true;
		builder.add({ type: "end", choice: 0, reason: endOf(answer.done_reason, state.tools > 0) });
		const inputTokens = readCount(answer.prompt_eval_count);
		const outputTokens = readCount(answer.eval_count);
		if (inputTokens !== undefined && outputTokens !== undefined)
			builder.add({ type: "usage", usage: { inputTokens, outputTokens, estimated: false } });
	}
	return builder.build(data, answer.done === true ? [["prompt_eval_count"], ["eval_count"]] : []);
}

interface MessageInput {
	readonly answer: Loose<AnswerFields>;
	readonly data: string;
	readonly state: State;
}

function addMessage(builder: FrameBuilder, { answer, data, state }: MessageInput): void {
	const message = readObject<MessageFields>(answer.message);
	const thinking = readText(message?.thinking);
	if (thinking !== undefined)
		builder.addText(
			{ type: "reasoning", choice: 0, text: thinking },
			{ paths: [["message", "thinking"]] },
		);
	const text = readText(message?.content);
	if (text !== undefined)
		builder.addText({ type: "text", choice: 0, text }, { paths: [["message", "content"]] });
	for (const [position, item] of readList(message?.tool_calls).entries()) {
		const call = readObject<CallFields>(item);
		const called = readObject<FunctionFields>(call?.function);
		const index = state.tools;
		state.tools += 1;
		const id = readText(call?.id) ?? `call_${state.answerId}_${index}`;
		const path = ["message", "tool_calls", position, "function", "arguments"];
		builder.add({ type: "tool-start", choice: 0, index, id, name: readText(called?.name) ?? "" });
		builder.addText(
			{ type: "tool-arguments", choice: 0, index, text: sliceJson(data, path) ?? "{}" },
			{ paths: [path], isJson: true },
		);
	}
}

function endOf(reason: unknown, calledTools: boolean): EndReason {
	if (calledTools) return "tool-calls";
	return reason === "length" ? "length" : "stop";
}
