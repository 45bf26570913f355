import type { JsonPath } from "../../text/json-scan.ts";
import type { Loose } from "../shared/read-json.ts";
import { readCount, readList, readObject, readText } from "../shared/read-json.ts";

export type EventFields =
	| "type"
	| "delta"
	| "item"
	| "part"
	| "annotation"
	| "response"
	| "error"
	| "message"
	| "code"
	| "output_index"
	| "content_index"
	| "summary_index"
	| "command_index"
	| "annotation_index";
export type TypedJson = Loose<EventFields>;

/** A part of an event that shows an output item, or a part of one, as it is by now. */
export interface View {
	/** From the event to the part. */
	readonly path: JsonPath;
	readonly value: unknown;
	/** From the output item to the same part. */
	readonly place: JsonPath;
	readonly outputIndex: number;
	readonly itemType: unknown;
}

/** Events that carry one text: `<name>.delta` adds to it, `<name>.done` says it again in `leaf`. */
interface Family {
	readonly itemType: string;
	readonly leaf: string;
	readonly place: (event: TypedJson) => JsonPath;
}

const content = (member: string) => (event: TypedJson) => [
	"content",
	readCount(event.content_index) ?? 0,
	member,
];

const families: Readonly<Record<string, Family>> = {
	"response.output_text": { itemType: "message", leaf: "text", place: content("text") },
	"response.refusal": { itemType: "message", leaf: "refusal", place: content("refusal") },
	"response.reasoning_text": { itemType: "reasoning", leaf: "text", place: content("text") },
	"response.reasoning_summary_text": {
		itemType: "reasoning",
		leaf: "text",
		place: (event) => ["summary", readCount(event.summary_index) ?? 0, "text"],
	},
	"response.function_call_arguments": {
		itemType: "function_call",
		leaf: "arguments",
		place: () => ["arguments"],
	},
	"response.custom_tool_call_input": {
		itemType: "custom_tool_call",
		leaf: "input",
		place: () => ["input"],
	},
	"response.mcp_call_arguments": {
		itemType: "mcp_call",
		leaf: "arguments",
		place: () => ["arguments"],
	},
	"response.code_interpreter_call_code": {
		itemType: "code_interpreter_call",
		leaf: "code",
		place: () => ["code"],
	},
	"response.audio.transcript": {
		itemType: "message",
		leaf: "transcript",
		place: () => ["content", 0, "transcript"],
	},
	"response.shell_call_command": {
		itemType: "shell_call",
		leaf: "command",
		place: (event) => ["action", "commands", readCount(event.command_index) ?? 0],
	},
};

interface Step {
	readonly family: Family;
	readonly isDelta: boolean;
}

/** `response.output_text.delta` → its family; undefined for events of another kind. */
function stepOf(type: string): Step | undefined {
	const dot = type.lastIndexOf(".");
	const family = families[type.slice(0, dot)];
	return family && { family, isDelta: type.endsWith(".delta") };
}

/** The text that an event adds to a run; undefined when it adds none or is of an unknown kind. */
export function deltaOf(type: string, event: TypedJson): View | undefined {
	const step = stepOf(type);
	if (step?.isDelta !== true || readText(event.delta) === undefined) return undefined;
	return {
		path: ["delta"],
		value: event.delta,
		place: step.family.place(event),
		outputIndex: readCount(event.output_index) ?? 0,
		itemType: step.family.itemType,
	};
}

/** What an event shows of output items. `undefined` for events of an unknown kind. */
export function viewsOf(type: string, event: TypedJson): readonly View[] | undefined {
	const outputIndex = readCount(event.output_index) ?? 0;
	const step = stepOf(type);
	if (step !== undefined) {
		const { itemType, leaf, place } = step.family;
		if (step.isDelta) return [];
		const value = readObject<string>(event)?.[leaf];
		return [{ path: [leaf], value, place: place(event), outputIndex, itemType }];
	}
	if (silent.has(type)) return [];
	if (lifecycle.has(type)) return itemsOf(event.response);
	const part = { value: event.part, path: ["part"], outputIndex };
	const contentIndex = readCount(event.content_index) ?? 0;
	switch (type) {
		case "response.output_item.added":
		case "response.output_item.done":
			return [
				{
					path: ["item"],
					value: event.item,
					place: [],
					outputIndex,
					itemType: readObject<"type">(event.item)?.type,
				},
			];
		case "response.content_part.added":
		case "response.content_part.done": {
			const isReasoning = readObject<"type">(event.part)?.type === "reasoning_text";
			const itemType = isReasoning ? "reasoning" : "message";
			return [{ ...part, place: ["content", contentIndex], itemType }];
		}
		case "response.reasoning_summary_part.added":
		case "response.reasoning_summary_part.done": {
			const place = ["summary", readCount(event.summary_index) ?? 0];
			return [{ ...part, place, itemType: "reasoning" }];
		}
		case "response.output_text.annotation.added": {
			const index = readCount(event.annotation_index) ?? 0;
			const place = ["content", contentIndex, "annotations", index];
			const { annotation: value } = event;
			return [{ path: ["annotation"], value, place, outputIndex, itemType: "message" }];
		}
		default:
			return undefined;
	}
}

/** Sound, and failures, whose words never reach the caller as they came. */
const silent: ReadonlySet<string> = new Set(["response.audio.delta", "error"]);

/** Events that carry the whole `response`. */
const lifecycle: ReadonlySet<string> = new Set([
	"response.created",
	"response.queued",
	"response.in_progress",
	"response.completed",
	"response.incomplete",
	"response.failed",
	"response.cancelled",
]);

/** Of the `response`, what the model said; the rest repeats the request. */
function itemsOf(response: unknown): readonly View[] {
	const output = readList(readObject<"output">(response)?.output);
	return output.map((value, outputIndex) => ({
		path: ["response", "output", outputIndex],
		value,
		place: [],
		outputIndex,
		itemType: readObject<"type">(value)?.type,
	}));
}
