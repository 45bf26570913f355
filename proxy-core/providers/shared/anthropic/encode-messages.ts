import type { ChatMessage, ContentPart, Reasoning } from "../../../contract/chat.ts";
import type { TurnMessage } from "../merge-turns.ts";
import { mergeTurns } from "../merge-turns.ts";
import { argumentsObject, unsupported } from "../refuse.ts";
import type { Block, Turn } from "./wire.ts";

/** All system and developer texts, in order; the API keeps them outside the turns. */
export function systemOf(messages: readonly ChatMessage[]): Block[] {
	return messages.flatMap((message, index) =>
		message.role === "system" ? blocksOf(message.parts, `messages[${index}].content`) : [],
	);
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
		case "tool": {
			const [only] = blocks;
			const content = blocks.length === 1 && only?.type === "text" ? only.text : blocks;
			const failed = message.isError && { is_error: true as const };
			return [{ type: "tool_result", tool_use_id: message.callId, content, ...failed }];
		}
		case "assistant":
			return withThinking(message.reasoning ?? [], [
				...blocks,
				...(message.refusal ? [{ type: "text" as const, text: message.refusal }] : []),
				...message.toolCalls.map((call, index) => ({
					type: "tool_use" as const,
					id: call.id,
					name: call.name,
					input: argumentsObject(
						call.arguments,
						`${param}.tool_calls[${index}].function.arguments`,
					),
				})),
			]);
	}
}

/**
 * Signed thinking at the places where it stood; the API refuses a changed order. Thinking without a
 * signature comes from another provider and would be refused too, so it stays out.
 */
function withThinking(reasoning: readonly Reasoning[], blocks: readonly Block[]): Block[] {
	const result: Block[] = [];
	let next = 0;
	for (const { text, signature, isRedacted, position = 0 } of reasoning) {
		if (signature === undefined) continue;
		const before = Math.min(position, blocks.length);
		if (before > next) {
			result.push(...blocks.slice(next, before));
			next = before;
		}
		result.push(
			isRedacted
				? { type: "redacted_thinking", data: signature }
				: { type: "thinking", thinking: text, signature },
		);
	}
	return [...result, ...blocks.slice(next)];
}

function blocksOf(parts: readonly ContentPart[], param: string): Block[] {
	return (
		parts
			.map((part, index) => blockOf(part, parts.length === 1 ? param : `${param}[${index}]`))
			// The API refuses empty text blocks.
			.filter((block) => block.type !== "text" || block.text !== "")
	);
}

function blockOf(part: ContentPart, param: string): Block {
	switch (part.type) {
		case "text":
			return { type: "text", text: part.text };
		case "image": {
			const { source } = part;
			if (source.kind === "url") return { type: "image", source: { type: "url", url: source.url } };
			return {
				type: "image",
				source: { type: "base64", media_type: source.mediaType, data: source.base64 },
			};
		}
		case "audio":
			throw unsupported(param, "Anthropic's API takes no audio.");
		case "file":
			return documentOf(part, param);
	}
}

function documentOf(part: Extract<ContentPart, { type: "file" }>, param: string): Block {
	const title = part.name === undefined ? {} : { title: part.name };
	const type =
		part.mediaType ??
		(part.name?.toLowerCase().endsWith(".txt") ? "text/plain" : "application/pdf");
	if (part.base64 === undefined)
		throw unsupported(
			param,
			"A file id of another provider means nothing to Anthropic; send `file_data`.",
		);
	if (type === "application/pdf")
		return {
			type: "document",
			source: { type: "base64", media_type: type, data: part.base64 },
			...title,
		};
	if (type !== "text/plain")
		throw unsupported(param, "Anthropic's API takes PDF and plain text files.");
	const data = Buffer.from(part.base64, "base64").toString("utf8");
	return { type: "document", source: { type: "text", media_type: type, data }, ...title };
}
