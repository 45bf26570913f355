import type { SegmentSource, TextSegment } from "../../contract/verdict.ts";
import type { RequestFacts } from "../../pipeline/context.ts";
import { pathText } from "../../text/json-scan.ts";
import type { Place } from "../collect-texts.ts";
import {
	collectOthers,
	collectTexts,
	collectThinking,
	collectTools,
	isLabel,
} from "../collect-texts.ts";
import type { Json } from "../openai/read-field.ts";
import { invalid, isObject } from "../openai/read-field.ts";

/**
 * Checks what the gateway itself relies on and extracts every text. Everything else is the
 * provider's to judge, so that new fields work on the day they appear. Throws `request.invalid`.
 */
export function readMessageRequest(json: Json): RequestFacts {
	const { model, stream, max_tokens: limit } = json;
	if (typeof model !== "string" || model === "") {
		throw invalid("model", "must be a non-empty string");
	}
	if (stream !== undefined && stream !== null && typeof stream !== "boolean") {
		throw invalid("stream", "must be true or false");
	}
	return {
		model,
		isStreaming: stream === true,
		// This dialect's streams always end with their usage.
		wantsUsage: true,
		outputTokensMax: Number.isSafeInteger(limit) && Number(limit) >= 0 ? Number(limit) : undefined,
		choices: 1,
		segments: segmentsOf(json),
	};
}

const sourceOfRole: Readonly<Record<string, SegmentSource>> = {
	user: "user",
	assistant: "assistant",
	system: "system",
};

function segmentsOf(json: Json): readonly TextSegment[] {
	const { messages, system, tools, metadata } = json;
	if (!Array.isArray(messages) || messages.length === 0) {
		throw invalid("messages", "must be an array with at least one message");
	}
	const segments: TextSegment[] = [];
	collectContent(segments, { source: "system", path: ["system"], value: system });
	for (const [index, message] of messages.entries()) {
		if (!isObject(message)) throw invalid(`messages[${index}]`, "must be an object");
		const { role, content } = message;
		const source = typeof role === "string" ? sourceOfRole[role] : undefined;
		if (source === undefined) {
			throw invalid(`messages[${index}].role`, "must be `user`, `assistant` or `system`");
		}
		collectContent(segments, { source, path: ["messages", index, "content"], value: content });
	}
	if (tools !== undefined && tools !== null && !Array.isArray(tools)) {
		throw invalid("tools", "must be an array");
	}
	const wrong = tools?.findIndex((tool) => !isObject(tool)) ?? -1;
	if (wrong >= 0) throw invalid(`tools[${wrong}]`, "must be an object");
	for (const name of ofTools) collectTools(segments, { path: [name], value: json[name] });
	collectTexts(segments, { source: "metadata", path: ["metadata"], value: metadata });
	collectOthers(segments, json, known);
	return segments;
}

const ofTools = ["tools", "mcp_servers", "output_config", "output_format"] as const;
const known: ReadonlySet<string> = new Set(["messages", "system", "metadata", ...ofTools]);

function collectContent(segments: TextSegment[], place: Place): void {
	const { value, path } = place;
	if (value === undefined || value === null) return;
	if (typeof value !== "string" && !Array.isArray(value)) {
		throw invalid(pathText(path), "must be a string or an array of blocks");
	}
	collectValue(segments, place);
}

/** Deeper than any real tool's input; what cannot be read by guards must not be sent on. */
const depthMax = 128;

/** Names, ids and choices, as long as they look like such. */
const labelKeys: ReadonlySet<string> = new Set([
	"type",
	"id",
	"name",
	"tool_name",
	"tool_use_id",
	"toolset_name",
	"media_type",
	"file_id",
	"ttl",
]);

/** Proofs, addresses and encrypted texts: nothing that a model reads. */
const opaqueKeys: ReadonlySet<string> = new Set([
	"signature",
	"url",
	"encrypted_content",
	"encrypted_index",
	"encrypted_stdout",
]);

/** Strings of a block, whatever its type: kinds of blocks that are not known yet hide no text from guards. */
function collectValue(segments: TextSegment[], { source, path, value }: Place): void {
	if (typeof value === "string") {
		if (value !== "") segments.push({ source, path, text: value });
		return;
	}
	if (typeof value !== "object" || value === null) return;
	if (path.length > depthMax) throw invalid(pathText(path), "is nested too deeply");
	if (Array.isArray(value)) {
		for (const [index, item] of value.entries()) {
			collectValue(segments, { source, path: [...path, index], value: item });
		}
	} else collectBlock(segments, { source, path, value: value as Json });
}

function collectBlock(
	segments: TextSegment[],
	{ source, path, value: block }: Place & { readonly value: Json },
): void {
	const type = typeof block["type"] === "string" ? block["type"] : "";
	for (const [key, value] of Object.entries(block)) {
		if (isWordless(key, value, type)) continue;
		const at = [...path, key];
		if (key === "thinking" && source === "assistant") {
			collectThinking(segments, { source, path: at, value }, { isSigned: isSigned(block) });
		} else if (key === "input" && type.endsWith("tool_use")) {
			collectInput(segments, { source: "tool-call", path: at, value });
		} else {
			const isResult = key === "content" && type.endsWith("tool_result");
			collectValue(segments, { source: isResult ? "tool-result" : source, path: at, value });
		}
	}
}

function isSigned({ type, signature }: Json): boolean {
	return type === "thinking" && typeof signature === "string" && signature !== "";
}

function isWordless(key: string, value: unknown, type: string): boolean {
	if (opaqueKeys.has(key) || typeof value === "boolean" || typeof value === "number") return true;
	if (labelKeys.has(key) && typeof value === "string" && isLabel(value)) return true;
	// Base64 and encrypted thinking, but for documents of plain text.
	return key === "data" && type !== "text";
}

/** Every string of a tool call's arguments; there any key is the tool's own. */
function collectInput(segments: TextSegment[], { source, path, value }: Place): void {
	if (typeof value === "string" && value !== "") segments.push({ source, path, text: value });
	if (typeof value !== "object" || value === null) return;
	if (path.length > depthMax) throw invalid(pathText(path), "is nested too deeply");
	for (const [key, inner] of Object.entries(value)) {
		const step = Array.isArray(value) ? Number(key) : key;
		collectInput(segments, { source, path: [...path, step], value: inner });
	}
}
