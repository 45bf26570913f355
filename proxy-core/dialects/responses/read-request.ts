import type { SegmentSource, TextSegment } from "../../contract/verdict.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import type { RequestFacts } from "../../pipeline/context.ts";
import type { Place } from "../collect-texts.ts";
import {
	collectOthers,
	collectTexts,
	collectTools,
	collectUnlikely,
	isLabel,
} from "../collect-texts.ts";
import type { Json } from "../openai/read-field.ts";
import { fieldsOf, invalid, listOf } from "../openai/read-field.ts";
import { leavesOf } from "./leaves.ts";
import { decodeProof } from "./reasoning-proof.ts";

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
	for (const name of ofTools) collectTools(segments, { path: [name], value: json[name] });
	collectTexts(segments, { source: "metadata", path: ["metadata"], value: json["metadata"] });
	collectOthers(segments, json, known);
	return segments;
}

const ofTools = ["tools", "text"] as const;
const known: ReadonlySet<string> = new Set([
	"instructions",
	"input",
	"prompt",
	"metadata",
	...ofTools,
]);

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
function collectItem(segments: TextSegment[], item: Json, path: Place["path"]): void {
	const { tools, ...others } = item;
	const isList = toolLists.has(item["type"]) && Array.isArray(tools);
	if (isList) collectTools(segments, { path: [...path, "tools"], value: tools });
	const rest = isList ? others : item;
	const { name } = item;
	// Which tool is called is worth a look, also where the name is nothing but a name.
	if (typeof name === "string" && isLabel(name))
		pushText(segments, { source: "tool-call", path: [...path, "name"], value: name });
	const isProven = isSealed(item);
	for (const leaf of leavesOf(rest, { tooDeep: "request.invalid" })) {
		const source = sourceOf(item, leaf.path[0]);
		const segment = { source, path: [...path, ...leaf.path], text: leaf.text };
		segments.push(isProven ? { ...segment, isSealed: true } : segment);
	}
}

/** Thinking of a provider that proves its letters, in the form that the gateway gave it. */
function isSealed({ type, encrypted_content: proof }: Json): boolean {
	return type === "reasoning" && typeof proof === "string" && decodeProof(proof) !== undefined;
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
	const field = fieldsOf(prompt, "prompt");
	const variables = field.object("variables") ?? {};
	const { variables: _read, ...others } = field.json;
	collectUnlikely(segments, { source: "user", path: ["prompt"], value: others });
	for (const [name, value] of Object.entries(variables))
		for (const leaf of leavesOf(value, { tooDeep: "request.invalid" }))
			segments.push({
				source: "user",
				path: ["prompt", "variables", name, ...leaf.path],
				text: leaf.text,
			});
}
