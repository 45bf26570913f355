import type { Frame, TypedEvent } from "../../contract/chat.ts";
import { createSseParser } from "../../streams/sse-parser.ts";
import type { StreamDecoder } from "../define-provider.ts";
import { createFrameBuilder } from "../shared/frame-builder.ts";
import type { Loose } from "../shared/read-json.ts";
import { parseObject, readObject, readText } from "../shared/read-json.ts";
import { errorOf } from "./decode.ts";
import { startOf } from "./responses-decode.ts";
import type { EventFields, TypedJson } from "./responses-events.ts";
import type { Draft } from "./responses-runs.ts";
import { createRuns } from "./responses-runs.ts";
import type { ResponseFields } from "./responses-speech.ts";
import { endReasonOf, usageOf } from "./responses-speech.ts";

/**
 * Typed events up to the last one of the response. A text comes as deltas and then again in events
 * that show what is complete. Only what was not said before becomes an event; for the rest the frame
 * tells which runs it repeats, so that an edit of a delta reaches every repetition.
 */
export function createResponsesDecoder(): StreamDecoder {
	const parser = createSseParser();
	const answer = createAnswer();
	let isComplete = false;

	const framesOf = (events: ReturnType<typeof parser.push>): Frame[] => {
		const frames: Frame[] = [];
		for (const { data, event } of events) {
			if (isComplete || data === "" || data === "[DONE]") continue;
			const json = parseObject<EventFields>(data);
			const name = readText(json.type) ?? event ?? "";
			frames.push(answer.frameOf({ name, json, data }));
			isComplete = lastEvents.has(name);
		}
		return frames;
	};
	return {
		push: (bytes) => framesOf(parser.push(bytes)),
		end: () => {
			const frames = framesOf(parser.end());
			return { frames, complete: isComplete };
		},
	};
}

const lastEvents: ReadonlySet<string> = new Set([
	"response.completed",
	"response.incomplete",
	"response.failed",
	"response.cancelled",
	"error",
]);

/** They say that work goes on, so an answer that fails right after them has not begun. */
const openings: ReadonlySet<string> = new Set([
	"response.created",
	"response.queued",
	"response.in_progress",
]);

interface Received {
	readonly name: string;
	readonly json: TypedJson;
	readonly data: string;
}

function createAnswer(): { readonly frameOf: (received: Received) => Frame } {
	const runs = createRuns();
	let start: Loose<ResponseFields> | undefined;
	let hasStarted = false;

	return {
		frameOf: ({ name, json, data }) => {
			const draft: Draft = {
				builder: createFrameBuilder("responses"),
				runs: new Map(),
				repeats: [],
			};
			const response = readObject<ResponseFields>(json.response);
			start ??= response;
			const failure = failureOf(name, json, response);
			if (failure !== undefined) draft.builder.add(errorOf(failure));
			if (!hasStarted && start !== undefined && !openings.has(name)) {
				hasStarted = true;
				draft.builder.add(startOf(start));
			}
			runs.read(draft, name, json);
			if (response !== undefined && lastEvents.has(name)) addLast(draft, response, runs.hasCalls());
			const frame = draft.builder.build(data, []);
			const typed: TypedEvent = {
				name,
				runs: frame.events.map((event) => draft.runs.get(event)),
				repeats: draft.repeats,
			};
			return frame.wire === undefined ? frame : { ...frame, wire: { ...frame.wire, typed } };
		},
	};
}

function failureOf(
	name: string,
	json: TypedJson,
	response: Loose<ResponseFields> | undefined,
): unknown {
	if (name === "error") return json.error ?? json;
	if (name !== "response.failed") return undefined;
	return response?.error ?? json;
}

function addLast({ builder }: Draft, response: Loose<ResponseFields>, hasCalls: boolean): void {
	const usage = usageOf(response.usage);
	if (usage !== undefined) builder.add({ type: "usage", usage });
	const reason = endReasonOf(response, hasCalls);
	if (reason !== undefined) builder.add({ type: "end", choice: 0, reason });
}
