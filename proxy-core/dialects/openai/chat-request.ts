import type { SegmentSource, TextSegment } from "../../contract/verdict.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import type { RequestFacts } from "../../pipeline/context.ts";

type Json = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/**
 * Checks what the gateway itself relies on and extracts every text. Everything else is the
 * provider's to judge, so that new fields work on the day they appear.
 */
export function readChatRequest(json: Json): RequestFacts {
	const model = json["model"];
	if (typeof model !== "string" || model === "") throw invalid("model", "a non-empty string");
	const stream = json["stream"];
	if (stream !== undefined && stream !== null && typeof stream !== "boolean") {
		throw invalid("stream", "true or false");
	}
	const options = json["stream_options"];
	if (options !== undefined && options !== null && !isObject(options)) {
		throw invalid("stream_options", "an object");
	}
	return {
		model,
		isStreaming: stream === true,
		wantsUsage: isObject(options) && options["include_usage"] === true,
		outputTokensMax: limitOf(json["max_completion_tokens"]) ?? limitOf(json["max_tokens"]),
		choices: limitOf(json["n"]) ?? 1,
		segments: segmentsOf(json),
	};
}

function limitOf(value: unknown): number | undefined {
	return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

const sourceOfRole: Readonly<Record<string, SegmentSource>> = {
	system: "system",
	developer: "system",
	user: "user",
	assistant: "assistant",
	tool: "tool-result",
	function: "tool-result",
};

function segmentsOf(json: Json): readonly TextSegment[] {
	const messages = json["messages"];
	if (!Array.isArray(messages) || messages.length === 0) {
		throw invalid("messages", "an array with at least one message");
	}
	const segments: TextSegment[] = [];
	for (const [index, message] of messages.entries()) {
		const path = ["messages", index] as const;
		if (!isObject(message)) throw invalid(`messages[${index}]`, "an object");
		const role = message["role"];
		const source = typeof role === "string" ? sourceOfRole[role] : undefined;
		if (source === undefined) {
			throw invalid(`messages[${index}].role`, `one of ${Object.keys(sourceOfRole).join(", ")}`);
		}
		collectContent(segments, { source, path: [...path, "content"], value: message["content"] });
		collectToolCalls(segments, message["tool_calls"], path);
		for (const key of ["name", "refusal", "reasoning_content"]) {
			pushText(segments, { source, path: [...path, key], value: message[key] });
		}
		collectThinking(segments, message["thinking_blocks"], [...path, "thinking_blocks"]);
		const call = message["function_call"];
		if (isObject(call)) collectCall(segments, call, [...path, "function_call"]);
	}
	collectTools(segments, json["tools"]);
	const metadata = json["metadata"];
	if (isObject(metadata)) {
		collectStrings(segments, { source: "metadata", path: ["metadata"], value: metadata });
	}
	return segments;
}

interface Place {
	readonly source: SegmentSource;
	readonly path: Path;
	readonly value: unknown;
}

function pushText(segments: TextSegment[], { source, path, value }: Place): void {
	if (typeof value === "string" && value !== "") segments.push({ source, path, text: value });
}

function collectContent(segments: TextSegment[], { source, path, value }: Place): void {
	if (value === undefined || value === null) return;
	if (typeof value === "string") {
		pushText(segments, { source, path, value });
		return;
	}
	if (!Array.isArray(value)) throw invalid(display(path), "a string or an array of parts");
	for (const [index, part] of value.entries()) {
		if (!isObject(part)) throw invalid(display([...path, index]), "an object");
		pushText(segments, { source, path: [...path, index, "text"], value: part["text"] });
		pushText(segments, { source, path: [...path, index, "refusal"], value: part["refusal"] });
	}
}

function collectToolCalls(segments: TextSegment[], calls: unknown, path: Path): void {
	if (calls === undefined || calls === null) return;
	if (!Array.isArray(calls)) throw invalid(display([...path, "tool_calls"]), "an array");
	for (const [index, call] of calls.entries()) {
		const inner = isObject(call) ? call["function"] : undefined;
		if (isObject(inner)) collectCall(segments, inner, [...path, "tool_calls", index, "function"]);
	}
}

/** What OpenAI's clients are given of a model's thinking, and give back. */
function collectThinking(segments: TextSegment[], blocks: unknown, path: Path): void {
	if (!Array.isArray(blocks)) return;
	for (const [index, block] of blocks.entries()) {
		const text = isObject(block) ? block["thinking"] : undefined;
		pushText(segments, { source: "assistant", path: [...path, index, "thinking"], value: text });
	}
}

function collectCall(segments: TextSegment[], call: Json, path: Path): void {
	pushText(segments, {
		source: "tool-call",
		path: [...path, "arguments"],
		value: call["arguments"],
	});
}

function collectTools(segments: TextSegment[], tools: unknown): void {
	if (tools === undefined || tools === null) return;
	if (!Array.isArray(tools)) throw invalid("tools", "an array");
	for (const [index, tool] of tools.entries()) {
		const definition = isObject(tool) ? tool["function"] : undefined;
		if (!isObject(definition)) continue;
		const path = ["tools", index, "function"];
		const source = "tool-description";
		pushText(segments, {
			source,
			path: [...path, "description"],
			value: definition["description"],
		});
		collectDescriptions(segments, definition["parameters"], [...path, "parameters"]);
	}
}

/** Deeper than anybody nests; what guards do not read must not be sent on. */
const depthMax = 128;

function refuseDepth(path: Path): void {
	if (path.length > depthMax) throw invalid(display(path), "nested less deeply");
}

/** A JSON Schema is data but for its descriptions, which the model reads as instructions. */
export function collectDescriptions(segments: TextSegment[], schema: unknown, path: Path): void {
	if (typeof schema !== "object" || schema === null) return;
	refuseDepth(path);
	for (const [key, value] of Object.entries(schema)) {
		const at = [...path, Array.isArray(schema) ? Number(key) : key];
		if (typeof value !== "string") collectDescriptions(segments, value, at);
		else if (key === "description") {
			pushText(segments, { source: "tool-description", path: at, value });
		}
	}
}

/** Every string of a value, at any depth that a request has a use for. */
export function collectStrings(segments: TextSegment[], { source, path, value }: Place): void {
	if (typeof value === "string") {
		pushText(segments, { source, path, value });
		return;
	}
	if (typeof value !== "object" || value === null) return;
	refuseDepth(path);
	for (const [key, inner] of Object.entries(value)) {
		collectStrings(segments, {
			source,
			path: [...path, Array.isArray(value) ? Number(key) : key],
			value: inner,
		});
	}
}

function isObject(value: unknown): value is Json {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function display(path: Path): string {
	return path
		.map((step, index) =>
			typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`,
		)
		.join("");
}

function invalid(param: string, expected: string): GatewayError {
	return new GatewayError("request.invalid", {
		param,
		message: `\`${param}\` must be ${expected}.`,
	});
}
