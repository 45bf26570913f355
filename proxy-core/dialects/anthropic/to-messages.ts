import type { ChatMessage, ContentPart, Reasoning, ToolCall } from "../../contract/chat.ts";
import type { Fields } from "../openai/read-field.ts";
import { fieldsOf, invalid, listOf } from "../openai/read-field.ts";
import type { Omit } from "./to-parts.ts";
import { foreign, required, toContent, toParts, toTexts } from "./to-parts.ts";

/**
 * One entry of `messages`. A turn with tool results becomes a message for each of them, and one more
 * for what the person says beside them. Throws `request.invalid`, `request.unsupported`.
 */
export function toMessages(value: unknown, param: string, omit: Omit): readonly ChatMessage[] {
	const field = fieldsOf(value, param);
	const content = field.json["content"];
	switch (field.string("role")) {
		case "user":
			return toUserTurn(content, `${param}.content`, omit);
		case "assistant":
			return [toAssistant(content, `${param}.content`, omit)];
		case "system":
			return [{ role: "system", parts: toTexts(content, `${param}.content`, omit) }];
		default:
			throw invalid(`${param}.role`, "must be `user`, `assistant` or `system`");
	}
}

function toUserTurn(content: unknown, param: string, omit: Omit): readonly ChatMessage[] {
	const results: ChatMessage[] = [];
	const parts = toContent(content, param, (field, at) => {
		if (field.string("type") !== "tool_result") return toParts(field, at, omit);
		results.push(toToolResult(field, at, omit));
		return [];
	});
	if (results.length === 0 && parts.length === 0) throw invalid(param, "must not be empty");
	// Results first: the call that they answer stands right before this turn.
	return parts.length === 0 ? results : [...results, { role: "user", parts }];
}

function toToolResult(field: Fields, param: string, omit: Omit): ChatMessage {
	if (field.json["cache_control"]) omit("cache_control");
	const content = field.json["content"] ?? "";
	return {
		role: "tool",
		callId: required(field, "tool_use_id", param),
		parts: toContent(content, `${param}.content`, (block, at) => toParts(block, at, omit)),
		...(field.boolean("is_error") === true && { isError: true }),
	};
}

function toAssistant(content: unknown, param: string, omit: Omit): ChatMessage {
	const parts: ContentPart[] = [];
	const toolCalls: ToolCall[] = [];
	const reasoning: Reasoning[] = [];
	const blocks = typeof content === "string" ? [{ type: "text", text: content }] : content;
	for (const [index, block] of listOf(blocks, param).entries()) {
		const at = `${param}[${index}]`;
		const field = fieldsOf(block, at);
		const type = field.string("type");
		if (type === "tool_use") toolCalls.push(toToolCall(field, at, omit));
		else if (type === "text") parts.push(...toParts(field, at, omit));
		else if (type === "thinking" || type === "redacted_thinking") {
			const position = parts.length + toolCalls.length;
			reasoning.push({ ...toReasoning(field, at), ...(position > 0 && { position }) });
		} else if (type === undefined) throw invalid(`${at}.type`, "is required");
		else throw foreign(`${at}.type`, `A block of type \`${type.slice(0, 60)}\``);
	}
	return {
		role: "assistant",
		parts,
		toolCalls,
		...(reasoning.length > 0 && { reasoning }),
	};
}

function toReasoning(field: Fields, param: string): Reasoning {
	if (field.string("type") === "redacted_thinking") {
		return { text: "", signature: required(field, "data", param), isRedacted: true };
	}
	const signature = field.string("signature");
	return { text: required(field, "thinking", param), ...(signature && { signature }) };
}

function toToolCall(field: Fields, param: string, omit: Omit): ToolCall {
	if (field.json["cache_control"]) omit("cache_control");
	const google = fieldsOf(field.object("extra_content") ?? {}, `${param}.extra_content`);
	const extra = fieldsOf(google.object("google") ?? {}, `${param}.extra_content.google`);
	const signature = extra.string("thought_signature");
	const input = field.object("input");
	if (input === undefined) throw invalid(`${param}.input`, "is required");
	return {
		id: required(field, "id", param),
		name: required(field, "name", param),
		arguments: JSON.stringify(input),
		...(signature !== undefined && { signature }),
	};
}
