import type { TextSegment } from "../../contract/verdict.ts";
import { estimateTokens } from "../../text/estimate-tokens.ts";
import type { Json } from "../openai/read-field.ts";
import { isObject } from "../openai/read-field.ts";

/** What an image costs once it was scaled to what models look at; smaller ones cost less. */
const tokensPerImage = 1600;
/** A page of a PDF is both read and looked at; a page is about 50 kB. */
const tokensPerPage = 2000;
const bytesPerPage = 50_000;
/** Role and separators of a turn. */
const tokensPerTurn = 4;

/**
 * About how many input tokens a Messages request is, for a model whose own counter is not asked:
 * texts as `estimateTokens` counts them, tools with their whole schemas, images and pages at a flat
 * rate. `segments` are the request's own.
 */
export function estimateRequest(json: Json, segments: readonly TextSegment[]): number {
	let tokens = 0;
	for (const { source, text } of segments) {
		if (source !== "metadata" && source !== "tool-description") tokens += estimateTokens(text);
	}
	if (Array.isArray(json["tools"])) tokens += estimateTokens(JSON.stringify(json["tools"]));
	const turns = Array.isArray(json["messages"]) ? json["messages"] : [];
	for (const turn of turns) {
		tokens += tokensPerTurn;
		if (isObject(turn)) tokens += attachmentTokens(turn["content"]);
	}
	return tokens;
}

/** Images and files among blocks, also those inside tool results and documents. */
function attachmentTokens(content: unknown): number {
	if (!Array.isArray(content)) return 0;
	let tokens = 0;
	for (const block of content) {
		if (!isObject(block)) continue;
		const { type, source } = block;
		if (type === "image") tokens += tokensPerImage;
		else if (type === "tool_result") tokens += attachmentTokens(block["content"]);
		else if (type === "document" && isObject(source)) {
			tokens += source["type"] === "text" ? 0 : documentTokens(source);
		}
	}
	return tokens;
}

function documentTokens({ data, content }: Json): number {
	if (Array.isArray(content)) {
		return (
			content.filter((block) => isObject(block) && block["type"] === "image").length *
			tokensPerImage
		);
	}
	const bytes = typeof data === "string" ? data.length * 0.75 : 0;
	return Math.max(1, Math.ceil(bytes / bytesPerPage)) * tokensPerPage;
}
