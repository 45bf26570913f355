import type { ChatMessage, ContentPart, Reasoning } from "../../contract/chat.ts";
import type { TurnMessage } from "../shared/merge-turns.ts";
import { mergeTurns } from "../shared/merge-turns.ts";
import { argumentsObject, unsupported } from "../shared/refuse.ts";
import type { Block, Turn } from "./wire.ts";

/** All system and developer texts, in order; the API keeps them outside the turns. */
export function systemOf(messages: readonly ChatMessage[]): Block[] {
	return messages.flatMap((message, index) => {
		if (message.role !== "system") return [];
		const param = `messages[${index}].content`;
		if (message.parts.some((part) => part.type !== "text"))
			throw unsupported(param, "Bedrock's system prompt is text.");
		return blocksOf(message.parts, param);
	});
}

/** Turns of user and assistant, those of one role together. */
export function turnsOf(messages: readonly ChatMessage[]): Turn[] {
	return mergeTurns(messages, contentOf);
}

function contentOf(message: TurnMessage, param: string): Block[] {
	const blocks = blocksOf(message.parts, `${param}.content`);
	switch (message.role) {
		case "user":
			return blocks;
		case "tool":
			return [
				{
					toolResult: {
						toolUseId: message.callId,
						content: blocks,
						...(message.isError && { status: "error" as const }),
					},
				},
			];
		case "assistant":
			return withThinking(message.reasoning ?? [], [
				...blocks,
				...(message.refusal ? [{ text: message.refusal }] : []),
				...message.toolCalls.map((call, index) => {
					const at = `${param}.tool_calls[${index}].function.arguments`;
					const input = argumentsObject(call.arguments, at);
					return { toolUse: { toolUseId: call.id, name: call.name, input } };
				}),
			]);
	}
}

/** Signed thinking at the places where it stood. Without a signature it is another provider's, and stays out. */
function withThinking(reasoning: readonly Reasoning[], blocks: readonly Block[]): Block[] {
	const result = [...blocks];
	// From the last to the first, so that the places of the earlier ones hold.
	for (const { text, signature, isRedacted, position = 0 } of reasoning.toReversed()) {
		if (signature === undefined) continue;
		const reasoningContent = isRedacted
			? { redactedContent: signature }
			: { reasoningText: { text, signature } };
		result.splice(Math.min(position, blocks.length), 0, { reasoningContent });
	}
	return result;
}

function blocksOf(parts: readonly ContentPart[], param: string): Block[] {
	return parts.flatMap((part, index) =>
		// The API refuses blank texts.
		part.type === "text" && part.text.trim() === ""
			? []
			: [blockOf(part, parts.length === 1 ? param : `${param}[${index}]`)],
	);
}

const imageFormats: ReadonlySet<string> = new Set(["png", "jpeg", "gif", "webp"]);

function blockOf(part: ContentPart, param: string): Block {
	switch (part.type) {
		case "text":
			return { text: part.text };
		case "image": {
			const { source } = part;
			if (source.kind === "url")
				throw unsupported(param, "Bedrock does not fetch images; send the image as a data URL.");
			const format = source.mediaType.toLowerCase().replace("image/", "").replace("jpg", "jpeg");
			if (!imageFormats.has(format))
				throw unsupported(param, "Bedrock takes images as PNG, JPEG, GIF or WebP.");
			return { image: { format, source: { bytes: source.base64 } } };
		}
		case "audio":
			throw unsupported(param, "Bedrock's Converse API takes no audio.");
		case "file":
			return documentOf(part, param);
	}
}

/** Bedrock's names of document formats, by media type. */
const documentFormats: ReadonlyMap<string, string> = new Map([
	["application/pdf", "pdf"],
	["text/csv", "csv"],
	["text/html", "html"],
	["text/plain", "txt"],
	["text/markdown", "md"],
	["application/msword", "doc"],
	["application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"],
	["application/vnd.ms-excel", "xls"],
	["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"],
]);

function documentOf(part: Extract<ContentPart, { type: "file" }>, param: string): Block {
	if (part.base64 === undefined)
		throw unsupported(
			param,
			"A file id of another provider means nothing to Bedrock; send `file_data`.",
		);
	const format = formatOf(part.mediaType, part.name);
	if (format === undefined)
		throw unsupported(param, "Bedrock takes PDF, text, CSV, HTML, Markdown, Word and Excel files.");
	return { document: { format, name: documentName(part.name), source: { bytes: part.base64 } } };
}

/** By media type; a file without one by its name's ending, and PDF when that says nothing. */
function formatOf(mediaType: string | undefined, name: string | undefined): string | undefined {
	if (mediaType !== undefined) return documentFormats.get(mediaType);
	const extension = /\.([a-z]{2,4})$/i.exec(name ?? "")?.[1]?.toLowerCase();
	return [...documentFormats.values()].find((known) => known === extension) ?? "pdf";
}

/** The API accepts letters, digits, single spaces, hyphens and brackets in names, and demands one. */
function documentName(name: string | undefined): string {
	const clean = (name ?? "")
		.replace(/\.[a-z]{2,4}$/i, "")
		.replace(/[^A-Za-z0-9 ()[\]-]+/g, " ")
		.replace(/ {2,}/g, " ")
		.trim();
	return clean === "" ? "document" : clean.slice(0, 200);
}
