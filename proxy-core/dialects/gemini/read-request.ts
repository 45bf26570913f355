import type { SegmentSource, TextSegment } from "../../contract/verdict.ts";
import type { RequestFacts } from "../../pipeline/context.ts";
import { pathText } from "../../text/json-scan.ts";
import { collectTexts, collectTools, collectUnlikely, isLabel } from "../collect-texts.ts";
import type { Json } from "../openai/read-field.ts";
import { invalid, isObject } from "../openai/read-field.ts";
import type { GeminiAddress } from "./address.ts";
import { isSignedThought } from "./signed-thought.ts";
import type { Member } from "./spelling.ts";
import { asList, membersOf } from "./spelling.ts";

type Path = readonly (string | number)[];
type Members = ReadonlyMap<string, Member>;

/**
 * Checks what the gateway itself relies on and extracts every text. Everything else is the
 * provider's to judge, so that new fields work on the day they appear. Throws `request.invalid`, and
 * `request.duplicate_key` for a field in both of its spellings.
 */
export function readGeminiRequest(json: Json, address: GeminiAddress): RequestFacts {
	const members = membersOf(json, []);
	checkModel(members.get("model"), address.model);
	const config = members.get("generationConfig");
	const limits = isObject(config?.value) ? membersOf(config.value, [config.key]) : undefined;
	return {
		model: address.model,
		isStreaming: address.isStreaming,
		// Google's streams always tell it.
		wantsUsage: true,
		outputTokensMax: countOf(limits?.get("maxOutputTokens")),
		choices: countOf(limits?.get("candidateCount")) ?? 1,
		segments: segmentsOf(members, []).map((segment) =>
			isSignedThought(json, segment.path) ? { ...segment, isSealed: true } : segment,
		),
	};
}

/** The path decides; a body that says otherwise would be read in two ways. */
function checkModel(member: Member | undefined, model: string): void {
	const value = member?.value;
	if (value === undefined || value === null || value === "") return;
	if (value === model || value === `models/${model}`) return;
	throw invalid("model", "must be the model of the address");
}

function countOf(member: Member | undefined): number | undefined {
	const value = Number(member?.value ?? Number.NaN);
	return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

/** Members that are read by rules of their own. */
const known: ReadonlySet<string> = new Set([
	"model",
	"contents",
	"systemInstruction",
	"tools",
	"generationConfig",
	"generateContentRequest",
]);

/** Members that choose or name: what looks like neither is read. */
const choices: ReadonlySet<string> = new Set(["cachedContent", "safetySettings", "toolConfig"]);

function segmentsOf(members: Members, root: Path): readonly TextSegment[] {
	const nested = members.get("generateContentRequest");
	const contents = members.get("contents");
	const segments: TextSegment[] = [];
	if (isObject(nested?.value)) {
		const path = [...root, nested.key];
		segments.push(...segmentsOf(membersOf(nested.value, path), path));
	} else if (asList(contents?.value).length === 0) {
		throw invalid(pathText([...root, "contents"]), "must have at least one turn");
	}
	collectMember(segments, "system", { root, member: members.get("systemInstruction") });
	collectContents(segments, { root, member: contents });
	collectDefinitions(segments, { root, member: members.get("tools") });
	collectSchemas(segments, { root, member: members.get("generationConfig") });
	for (const [name, { key, value }] of members) {
		if (known.has(name)) continue;
		const place = { source: "metadata", path: [...root, key], value } as const;
		if (choices.has(name)) collectUnlikely(segments, place);
		else collectTexts(segments, place);
	}
	return segments;
}

interface At {
	readonly root: Path;
	readonly member: Member | undefined;
}

function collectMember(segments: TextSegment[], source: SegmentSource, { root, member }: At): void {
	if (member === undefined) return;
	collectValue(segments, { source, path: [...root, member.key], value: member.value });
}

const sourceOfRole: Readonly<Record<string, SegmentSource>> = {
	user: "user",
	model: "assistant",
	function: "tool-result",
	tool: "tool-result",
	system: "system",
};

function collectContents(segments: TextSegment[], { root, member }: At): void {
	if (member === undefined) return;
	const path = [...root, member.key];
	for (const [index, content] of asList(member.value).entries()) {
		const at = Array.isArray(member.value) ? [...path, index] : path;
		const role = isObject(content) ? (content["role"] ?? "user") : "user";
		const source = typeof role === "string" ? sourceOfRole[role] : undefined;
		if (source === undefined) throw invalid(pathText([...at, "role"]), "must be `user` or `model`");
		collectValue(segments, { source, path: at, value: content });
	}
}

interface Place {
	readonly source: SegmentSource;
	readonly path: Path;
	readonly value: unknown;
}

/** Deeper than any real part; what cannot be read by guards must not be sent on. */
const depthMax = 128;

/** Proofs and addresses: nothing that a model reads as text. */
const opaqueKeys: ReadonlySet<string> = new Set(["fileUri", "thoughtSignature"]);

/** Names, ids and choices, as long as they look like such. */
const labelKeys: ReadonlySet<string> = new Set([
	"role",
	"id",
	"name",
	"mimeType",
	"language",
	"outcome",
]);

/** What a part holds that is not said by whoever's turn it is. */
const sourceOfKey: Readonly<Record<string, SegmentSource>> = {
	functionCall: "tool-call",
	toolCall: "tool-call",
	executableCode: "tool-call",
	functionResponse: "tool-result",
	toolResponse: "tool-result",
	codeExecutionResult: "tool-result",
};

/** Below these, every member has a name of the caller's own. */
const freeKeys: ReadonlySet<string> = new Set(["args", "response"]);

/** Strings of a turn, whatever its parts: kinds of parts that are not known yet hide no text from guards. */
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
		return;
	}
	collectPart(segments, { source, path, value: value as Json });
}

function collectPart(
	segments: TextSegment[],
	{ source, path, value }: Place & { readonly value: Json },
): void {
	const members = membersOf(value, path);
	for (const [name, { key, value: inner }] of members) {
		if (typeof inner === "string" && isWordless(name, inner)) continue;
		// Base64, beside the type that it has.
		if (name === "data" && members.has("mimeType")) continue;
		const place = { source: sourceOfKey[name] ?? source, path: [...path, key], value: inner };
		if (freeKeys.has(name)) collectTexts(segments, place);
		else collectValue(segments, place);
	}
}

function isWordless(name: string, text: string): boolean {
	return opaqueKeys.has(name) || (labelKeys.has(name) && isLabel(text));
}

function collectDefinitions(segments: TextSegment[], { root, member }: At): void {
	if (member === undefined) return;
	collectTools(segments, { path: [...root, member.key], value: member.value });
}

const schemaNames: ReadonlySet<string> = new Set([
	"responseSchema",
	"responseJsonSchema",
	"responseFormat",
]);

/** Models read the schema of their answer as they read those of tools. */
function collectSchemas(segments: TextSegment[], { root, member }: At): void {
	if (!isObject(member?.value)) return;
	const path = [...root, member.key];
	for (const [name, { key, value }] of membersOf(member.value, path)) {
		if (schemaNames.has(name)) collectTools(segments, { path, value: { [key]: value } });
		else collectUnlikely(segments, { source: "metadata", path: [...path, key], value });
	}
}
