import { randomUUID } from "node:crypto";
import type { ChatEvent, EndReason, Frame } from "../../../contract/chat.ts";
import { GatewayError } from "../../../errors/gateway-error.ts";
import { createSseParser } from "../../../streams/sse-parser.ts";
import type { JsonPath } from "../../../text/json-scan.ts";
import { sliceJson } from "../../../text/json-splice.ts";
import type { StreamDecoder } from "../../define-provider.ts";
import type { FrameBuilder } from "../frame-builder.ts";
import { createFrameBuilder } from "../frame-builder.ts";
import { codeOf } from "../read-fault.ts";
import type { Loose } from "../read-json.ts";
import { parseObject, readCount, readList, readObject, readText } from "../read-json.ts";
import { usageOf } from "./decode-usage.ts";
import { madeIdPrefix } from "./encode-contents.ts";
import type { AnswerFields, CallFields, CandidateFields, PartFields } from "./wire.ts";

/** What has to be remembered between the chunks of one answer. */
interface State {
	started: boolean;
	/** Makes ids of calls unique over a conversation when the upstream gives none. */
	answerId: string | undefined;
	readonly toolsByChoice: Map<number, number>;
	readonly open: Set<number>;
	ended: boolean;
}

function createState(): State {
	return {
		started: false,
		answerId: undefined,
		toolsByChoice: new Map(),
		open: new Set(),
		ended: false,
	};
}

/** A whole `generateContent` answer. Throws `upstream.malformed`. */
export function decodeAnswer(body: string): Frame {
	const answer = parseObject<AnswerFields>(body);
	if (!("candidates" in answer || "promptFeedback" in answer || "error" in answer))
		throw new GatewayError("upstream.malformed");
	return decodeObject(body, createState());
}

/** `streamGenerateContent?alt=sse`: every event is an answer of its own with the next parts. */
export function createAnswerDecoder(): StreamDecoder {
	const parser = createSseParser();
	const state = createState();
	const framesOf = (events: ReturnType<typeof parser.push>): Frame[] =>
		events.filter(({ data }) => data !== "").map(({ data }) => decodeObject(data, state));
	return {
		push: (bytes) => framesOf(parser.push(bytes)),
		end: () => {
			const frames = framesOf(parser.end());
			// The wire has no closing mark; a reason for every candidate is one.
			return { frames, complete: state.ended && state.open.size === 0 };
		},
	};
}

function decodeObject(data: string, state: State): Frame {
	const answer = parseObject<AnswerFields>(data);
	const builder = createFrameBuilder("gemini");
	if (answer.error !== undefined) builder.add(errorOf(answer.error));
	if (!state.started && answer.error === undefined) {
		state.started = true;
		const id = readText(answer.responseId);
		const model = readText(answer.modelVersion);
		state.answerId = id;
		builder.add({ type: "start", ...(id && { id }), ...(model && { model }) });
	}
	const candidates = readList(answer.candidates);
	for (const [position, item] of candidates.entries())
		addCandidate(builder, { item, position, data, state });
	const blockReason = readText(readObject<"blockReason">(answer.promptFeedback)?.blockReason);
	if (blockReason !== undefined && candidates.length === 0) {
		state.ended = true;
		builder.add({ type: "end", choice: 0, reason: "filtered" });
	}
	// Every chunk repeats the counts so far; only those beside an end are final.
	const usage = usageOf(answer.usageMetadata);
	if (usage !== undefined && state.ended) builder.add({ type: "usage", usage });
	return builder.build(data, [["usageMetadata"]]);
}

interface CandidateInput {
	readonly item: unknown;
	readonly position: number;
	readonly data: string;
	readonly state: State;
}

function addCandidate(builder: FrameBuilder, input: CandidateInput): void {
	const { item, position, data, state } = input;
	const candidate = readObject<CandidateFields>(item);
	if (candidate === undefined) throw new GatewayError("upstream.malformed");
	const choice = readCount(candidate.index) ?? position;
	const parts = readList(readObject<"parts">(candidate.content)?.parts);
	for (const [index, value] of parts.entries()) {
		const part = readObject<PartFields>(value);
		const path = ["candidates", position, "content", "parts", index];
		const text = readText(part?.text);
		const type = part?.thought === true ? "reasoning" : "text";
		if (text !== undefined) builder.addText({ type, choice, text }, { paths: [[...path, "text"]] });
		if (part !== undefined) addCall(builder, { part, path, choice, data, state });
	}
	const reason = readText(candidate.finishReason);
	if (reason === undefined || reason === "FINISH_REASON_UNSPECIFIED") {
		state.open.add(choice);
		return;
	}
	state.open.delete(choice);
	state.ended = true;
	const end = endOf(reason, (state.toolsByChoice.get(choice) ?? 0) > 0);
	const message = readText(candidate.finishMessage) ?? `The model ended with ${reason}.`;
	if (end === undefined) builder.add({ type: "error", message, code: reason });
	else builder.add({ type: "end", choice, reason: end });
}

interface CallInput {
	readonly part: Loose<PartFields>;
	readonly path: JsonPath;
	readonly choice: number;
	readonly data: string;
	readonly state: State;
}

function addCall(builder: FrameBuilder, { part, path, choice, data, state }: CallInput): void {
	const call = readObject<CallFields>(part.functionCall);
	if (call === undefined) return;
	const index = state.toolsByChoice.get(choice) ?? 0;
	state.toolsByChoice.set(choice, index + 1);
	state.answerId ??= randomUUID();
	const signature = readText(part.thoughtSignature);
	builder.add({
		type: "tool-start",
		choice,
		index,
		id: readText(call.id) ?? `${madeIdPrefix}${state.answerId}_${choice}_${index}`,
		name: readText(call.name) ?? "",
		...(signature !== undefined && { signature }),
	});
	const at = [...path, "functionCall", "args"];
	builder.addText(
		{ type: "tool-arguments", choice, index, text: sliceJson(data, at) ?? "{}" },
		{ paths: [at], isJson: true },
	);
}

/** Undefined for ends that are failures of the model, not answers. */
function endOf(reason: string, calledTools: boolean): EndReason | undefined {
	switch (reason) {
		case "MAX_TOKENS":
			return "length";
		case "SAFETY":
		case "RECITATION":
		case "LANGUAGE":
		case "BLOCKLIST":
		case "PROHIBITED_CONTENT":
		case "SPII":
		case "MODEL_ARMOR":
		case "IMAGE_SAFETY":
		case "IMAGE_PROHIBITED_CONTENT":
		case "IMAGE_RECITATION":
			return "filtered";
		case "MALFORMED_FUNCTION_CALL":
		case "UNEXPECTED_TOOL_CALL":
		case "TOO_MANY_TOOL_CALLS":
		case "MISSING_THOUGHT_SIGNATURE":
		case "MALFORMED_RESPONSE":
			return undefined;
		// STOP, and whatever the API adds.
		default:
			return calledTools ? "tool-calls" : "stop";
	}
}

function errorOf(value: unknown): ChatEvent {
	const error = readObject<"message" | "status" | "code">(value);
	const code = readText(error?.status) ?? codeOf(error?.code);
	return {
		type: "error",
		message: readText(error?.message) ?? "The provider reported an error.",
		...(code !== undefined && { code }),
	};
}
