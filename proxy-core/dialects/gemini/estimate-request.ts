import { estimateTokens } from "../../text/estimate-tokens.ts";
import type { Json } from "../openai/read-field.ts";
import { isObject } from "../openai/read-field.ts";
import { readGeminiRequest } from "./read-request.ts";
import { asList, inUsualSpelling } from "./spelling.ts";

/** What Gemini counts for an image that is no larger than one tile. */
const tokensPerImage = 258;
/** A page of a PDF is looked at like an image; a page is about 50 kB. */
const bytesPerPage = 50_000;
/** Role and separators of a turn. */
const tokensPerTurn = 4;

/**
 * About how many input tokens a request is, for a model whose own counter is not asked: texts as
 * `estimateTokens` counts them, tools with their whole schemas, images and pages at a flat rate.
 */
export function estimateRequest(json: Json): number {
	const nested = json["generateContentRequest"] ?? json["generate_content_request"];
	const request = inUsualSpelling(isObject(nested) ? nested : json) as Json;
	const address = { model: "", isStreaming: false, isArray: false };
	const { segments } = readGeminiRequest({ ...request, model: undefined }, address);
	let tokens = 0;
	for (const { source, text } of segments) {
		if (source !== "metadata" && source !== "tool-description") tokens += estimateTokens(text);
	}
	if (request["tools"]) tokens += estimateTokens(JSON.stringify(request["tools"]));
	for (const content of asList(request["contents"])) {
		tokens += tokensPerTurn;
		if (isObject(content)) tokens += attachmentTokens(asList(content["parts"]));
	}
	return tokens;
}

function attachmentTokens(parts: readonly unknown[]): number {
	let tokens = 0;
	for (const part of parts) {
		if (!isObject(part)) continue;
		const { inlineData: blob, fileData: file } = part;
		if (isObject(file)) tokens += tokensPerImage;
		if (!isObject(blob)) continue;
		const { mimeType, data } = blob;
		const bytes = typeof data === "string" ? data.length * 0.75 : 0;
		const isImage = typeof mimeType === "string" && mimeType.startsWith("image/");
		const pages = isImage ? 1 : Math.max(1, Math.ceil(bytes / bytesPerPage));
		tokens += pages * tokensPerImage;
	}
	return tokens;
}
