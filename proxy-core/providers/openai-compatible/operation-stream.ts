import type { ChatEvent, Frame, Usage } from "../../contract/chat.ts";
import type { SseEvent } from "../../streams/sse-parser.ts";
import { createSseParser } from "../../streams/sse-parser.ts";
import { spliceJson } from "../../text/json-splice.ts";
import type { StreamDecoder } from "../define-provider.ts";
import type { Loose } from "../shared/read-json.ts";
import { parseObject, readList, readObject, readText } from "../shared/read-json.ts";
import { streamedUsage } from "./operation-usage.ts";

type EventFields =
	| "type"
	| "delta"
	| "text"
	| "usage"
	| "error"
	| "message"
	| "logprobs"
	| "choices"
	| "size"
	| "quality"
	| "duration";

/** A text of an event. Increments, the whole transcript and each speaker's part are judged apart. */
interface Said {
	readonly path: readonly (string | number)[];
	readonly text: string;
	readonly choice: number;
}

const eventType = "text/event-stream; charset=utf-8";

/**
 * Server-sent events of transcriptions, images and sound in OpenAI's shape, and of vLLM's
 * transcriptions, which look like a conversation's chunks. Events leave as they came, edited texts apart.
 */
export function createOperationStreamDecoder(): StreamDecoder {
	const parser = createSseParser();
	let isComplete = false;
	let usage: Usage | undefined;

	const frameOf = (event: SseEvent): Frame => {
		if (event.data.trim() === "[DONE]") {
			isComplete = true;
			return { events: [end], wire: wireOf(event, []) };
		}
		const json = parseObject<EventFields>(event.data);
		const type = readText(json.type) ?? "";
		const failure = errorOf(json, type);
		if (failure !== undefined) return { events: [failure] };
		const said = saidIn(json, type);
		const events: ChatEvent[] = said.map(({ choice, text }) => ({ type: "text", choice, text }));
		const isLast = /\.(done|completed)$/.test(type);
		const used = isLast || type === "" ? streamedUsage(type, json) : undefined;
		if (used !== undefined) {
			usage = usage === undefined ? used : sumOf(usage, used);
			events.push({ type: "usage", usage });
		}
		if (isLast) {
			isComplete = true;
			events.push(end);
		}
		return { events, wire: wireOf(event, said) };
	};

	return {
		push: (bytes) => parser.push(bytes).map(frameOf),
		end: () => ({ frames: parser.end().map(frameOf), complete: isComplete }),
	};
}

const end = { type: "end", choice: 0, reason: "stop" } as const;

function saidIn(json: Loose<EventFields>, type: string): readonly Said[] {
	const delta = readText(json.delta);
	const text = readText(json.text);
	return [
		...(delta === undefined ? [] : [{ path: ["delta"], text: delta, choice: 0 }]),
		...(text === undefined
			? []
			: [{ path: ["text"], text, choice: type.endsWith(".segment") ? 2 : 1 }]),
		...readList(json.choices).flatMap((choice, index) => {
			const inner = readObject<"delta">(choice)?.delta;
			const content = readText(readObject<"content">(inner)?.content);
			const path = ["choices", index, "delta", "content"];
			return content === undefined ? [] : [{ path, text: content, choice: index + 3 }];
		}),
	];
}

function errorOf(json: Loose<EventFields>, type: string): ChatEvent | undefined {
	if (json.error === undefined && type !== "error") return undefined;
	const error = readObject<"message">(json.error);
	const message = readText(error?.message) ?? readText(json.message) ?? "The provider failed.";
	return { type: "error", message };
}

function wireOf(event: SseEvent, said: readonly Said[]): NonNullable<Frame["wire"]> {
	return {
		dialect: "openai",
		data: asText(event, event.data),
		rewrite: (events) => {
			const texts = events.filter((entry) => entry.type === "text");
			const edits = said.map(({ path }, index) => ({ path, value: texts[index]?.text }));
			// Probabilities spell the text out again.
			const echo = { path: ["logprobs"], value: undefined };
			return asText(event, spliceJson(event.data, [...edits, echo]));
		},
		media: { contentType: eventType, form: "event" },
	};
}

function asText({ event, id }: SseEvent, data: string): string {
	const name = event === undefined ? "" : `event: ${event}\n`;
	const mark = id === undefined ? "" : `id: ${id}\n`;
	return `${name}${mark}data: ${data.replaceAll("\n", "\ndata: ")}\n\n`;
}

/** Several images in one stream report one after the other. */
function sumOf(a: Usage, b: Usage): Usage {
	const sum = (x: number | undefined, y: number | undefined) =>
		x === undefined && y === undefined ? undefined : (x ?? 0) + (y ?? 0);
	const images = sum(a.images, b.images);
	const inputImageTokens = sum(a.inputImageTokens, b.inputImageTokens);
	const outputImageTokens = sum(a.outputImageTokens, b.outputImageTokens);
	return {
		...b,
		inputTokens: a.inputTokens + b.inputTokens,
		outputTokens: a.outputTokens + b.outputTokens,
		...(images !== undefined && { images }),
		...(inputImageTokens !== undefined && { inputImageTokens }),
		...(outputImageTokens !== undefined && { outputImageTokens }),
	};
}
