import type { SegmentSource, TextSegment } from "../../contract/verdict.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import type { RequestFacts } from "../../pipeline/context.ts";
import type { Json } from "../openai/read-field.ts";
import { fieldsOf, invalid, listOf } from "../openai/read-field.ts";
import { leavesOf } from "./leaves.ts";

type Path = readonly (string | number)[];

/**
 * Checks what the gateway itself relies on and extracts every text: instructions, all items of the
 * input whatever their type, variables of a stored prompt, descriptions of tools and of the wanted
 * format, metadata. Throws `request.invalid`; `request.unsupported` for work in the background,
 * whose answer would reach the caller past the gateway's checks and its ledger.
 */
export function readResponsesRequest(json: Json): RequestFacts {
	const field = fieldsOf(json, "");
	const model = field.string("model");
	if (model === undefined || model === "") throw invalid("model", "must be a non-empty string");
	if (field.boolean("background") === true)
		throw new GatewayError("request.unsupported", {
			param: "background",
			message:
				"`background` is not offered: an answer that is fetched later could be neither checked nor accounted for.",
		});
	const limit = json["max_output_tokens"];
	return {
		model,
		isStreaming: field.boolean("stream") === true,
		// Every answer of this dialect tells its usage.
		wantsUsage: true,
		outputTokensMax:
			typeof limit === "number" && Number.isSafeInteger(limit) && limit > 0 ? limit : undefined,
		choices: 1,
		segments: segmentsOf(json),
	};
}

function segmentsOf(json: Json): readonly TextSegment[] {
	const segments: TextSegment[] = [];
	pushText(segments, { source: "system", path: ["instructions"], value: json["instructions"] });
	collectInput(segments, json["input"]);
	collectVariables(segments, json["prompt"]);
	collectTools(segments, json["tools"], ["tools"]);
	collectTools(segments, json["text"], ["text"]);
	collectStrings(segments, { source: "metadata", path: ["metadata"], value: json["metadata"] });
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

function collectInput(segments: TextSegment[], input: unknown): void {
	if (input === undefined || input === null) return;
	if (typeof input === "string") {
		pushText(segments, { source: "user", path: ["input"], value: input });
		return;
	}
	for (const [index, item] of listOf(input, "input").entries()) {
		const { json } = fieldsOf(item, `input[${index}]`);
		collectItem(segments, json, ["input", index]);
	}
}

/** Items with tools that were found or added on the way. */
const toolLists: ReadonlySet<unknown> = new Set([
	"mcp_list_tools",
	"additional_tools",
	"tool_search_output",
]);

/** Lists of tools inside items are read as tools are everywhere: a credential in them is none of ours. */
function collectItem(segments: TextSegment[], item: Json, path: Path): void {
	const { tools, ...others } = item;
	const isList = toolLists.has(item["type"]) && Array.isArray(tools);
	if (isList) collectTools(segments, tools, [...path, "tools"]);
	const rest = isList ? others : item;
	pushText(segments, { source: "tool-call", path: [...path, "name"], value: item["name"] });
	for (const leaf of leavesOf(rest, { tooDeep: "request.invalid" })) {
		const source = sourceOf(item, leaf.path[0]);
		segments.push({ source, path: [...path, ...leaf.path], text: leaf.text });
	}
}

const sourceOfRole: Readonly<Record<string, SegmentSource>> = {
	system: "system",
	developer: "system",
	user: "user",
	assistant: "assistant",
};

/** What a tool gave back, whatever the tool. */
const resultMembers: ReadonlySet<unknown> = new Set([
	"output",
	"outputs",
	"result",
	"results",
	"error",
]);

function sourceOf({ role, type }: Json, member: unknown): SegmentSource {
	const ofRole = typeof role === "string" ? sourceOfRole[role] : undefined;
	if (ofRole !== undefined) return ofRole;
	if (type === "reasoning" || type === "compaction") return "assistant";
	if (typeof type !== "string") return "user";
	if (type.endsWith("_output") || resultMembers.has(member)) return "tool-result";
	const isCall = type.endsWith("_call") || type === "program" || type === "mcp_approval_request";
	return isCall ? "tool-call" : "user";
}

function collectVariables(segments: TextSegment[], prompt: unknown): void {
	if (prompt === undefined || prompt === null) return;
	const variables = fieldsOf(prompt, "prompt").object("variables") ?? {};
	for (const [name, value] of Object.entries(variables))
		for (const leaf of leavesOf(value, { tooDeep: "request.invalid" }))
			segments.push({
				source: "user",
				path: ["prompt", "variables", name, ...leaf.path],
				text: leaf.text,
			});
}

/** Members that the model reads as instructions, wherever in a tool or a schema they stand. */
const instructive: ReadonlySet<string> = new Set(["description", "server_description"]);

function collectTools(segments: TextSegment[], value: unknown, path: Path): void {
	if (typeof value !== "object" || value === null) return;
	if (path.length > 64) throw new GatewayError("request.invalid", { param: String(path[0]) });
	for (const [name, inner] of Object.entries(value)) {
		const at = [...path, Array.isArray(value) ? Number(name) : name];
		if (typeof inner !== "string") collectTools(segments, inner, at);
		else if (instructive.has(name) || isGrammar(value, name) || isSkill(value, name))
			segments.push({ source: "tool-description", path: at, text: inner });
	}
}

/** The grammar of a custom tool's input. */
function isGrammar(holder: object, name: string): boolean {
	return name === "definition" && "syntax" in holder;
}

function isSkill(holder: object, name: string): boolean {
	return name === "instructions" && "name" in holder;
}

function collectStrings(segments: TextSegment[], { source, path, value }: Place): void {
	if (typeof value === "string") {
		pushText(segments, { source, path, value });
		return;
	}
	if (typeof value !== "object" || value === null) return;
	if (path.length > 64) throw new GatewayError("request.invalid", { param: String(path[0]) });
	for (const [name, inner] of Object.entries(value)) {
		const at = [...path, Array.isArray(value) ? Number(name) : name];
		collectStrings(segments, { source, path: at, value: inner });
	}
}
