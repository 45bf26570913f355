import type { SegmentSource, TextSegment } from "../../contract/verdict.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import type { RequestFacts } from "../../pipeline/context.ts";
import { pathText } from "../../text/json-scan.ts";
import type { Place, Wordless } from "../collect-texts.ts";
import {
	collectOthers,
	collectTexts,
	collectThinking,
	collectTools,
	collectUnlikely,
} from "../collect-texts.ts";

type Json = Readonly<Record<string, unknown>>;

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
		collectMessage(segments, message, { source, path });
	}
	collectTools(segments, { path: ["tools"], value: listed(json, "tools") });
	collectTools(segments, { path: ["functions"], value: json["functions"] });
	collectTools(segments, { path: ["response_format"], value: json["response_format"] });
	collectTexts(
		segments,
		{ source: "assistant", path: ["prediction"], value: json["prediction"] },
		ofParts,
	);
	collectTexts(segments, { source: "metadata", path: ["metadata"], value: json["metadata"] });
	collectOthers(segments, json, known);
	return segments;
}

const known: ReadonlySet<string> = new Set([
	"messages",
	"tools",
	"functions",
	"response_format",
	"prediction",
	"metadata",
]);

/** Names, proofs and encoded bytes in messages; everything else there is words. */
const ofParts: Wordless = {
	labels: new Set(["type", "id", "detail", "format", "file_id", "mode", "ttl", "index", "status"]),
	opaque: new Set([
		"data",
		"file_data",
		"image_url",
		"audio_url",
		"video_url",
		"signature",
		"thought_signature",
		"encrypted_content",
	]),
};

const ofCalls: Wordless = {
	labels: new Set([...ofParts.labels, "name"]),
	opaque: ofParts.opaque,
};

function collectMessage(
	segments: TextSegment[],
	message: Json,
	{ source, path }: Pick<Place, "source" | "path">,
): void {
	const { content, tool_calls: calls, function_call: call, ...others } = message;
	collectContent(segments, { source, path: [...path, "content"], value: content });
	const inCalls = { source: "tool-call", path: [...path, "tool_calls"], value: calls } as const;
	if (calls !== undefined && calls !== null && !Array.isArray(calls)) {
		throw invalid(pathText(inCalls.path), "an array");
	}
	collectTexts(segments, inCalls, ofCalls);
	for (const [name, value] of Object.entries(others)) {
		const at = { source, path: [...path, name], value };
		if (name === "role" || name === "tool_call_id") collectUnlikely(segments, at);
		else if (source === "assistant" && name === "thinking_blocks") collectBlocks(segments, at);
		else collectTexts(segments, at, ofParts);
	}
	collectTexts(
		segments,
		{ source: "tool-call", path: [...path, "function_call"], value: call },
		ofCalls,
	);
}

/** What clients are given of a model's thinking, and give back. */
function collectBlocks(segments: TextSegment[], { source, path, value }: Place): void {
	if (!Array.isArray(value)) {
		collectTexts(segments, { source, path, value }, ofParts);
		return;
	}
	for (const [index, block] of value.entries()) {
		const isSigned = isObject(block) && isProof(block["signature"]);
		const at = { source, path: [...path, index], value: block };
		collectThinking(segments, at, { isSigned, wordless: ofParts });
	}
}

function isProof(value: unknown): boolean {
	return typeof value === "string" && value !== "";
}

function collectContent(segments: TextSegment[], place: Place): void {
	const { path, value } = place;
	if (value === undefined || value === null) return;
	if (typeof value !== "string") {
		if (!Array.isArray(value)) throw invalid(pathText(path), "a string or an array of parts");
		const index = value.findIndex((part) => !isObject(part));
		if (index >= 0) throw invalid(pathText([...path, index]), "an object");
	}
	collectTexts(segments, place, ofParts);
}

function listed(json: Json, name: string): unknown {
	const value = json[name];
	if (value === undefined || value === null || Array.isArray(value)) return value;
	throw invalid(name, "an array");
}

function isObject(value: unknown): value is Json {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(param: string, expected: string): GatewayError {
	return new GatewayError("request.invalid", {
		param,
		message: `\`${param}\` must be ${expected}.`,
	});
}
