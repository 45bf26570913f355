import type { ChatMessage, ContentPart, ToolCall } from "../../contract/chat.ts";
import { argumentsObject, unsupported } from "../shared/refuse.ts";
import type { Message, Part } from "./wire.ts";

/** The conversation in Cohere's roles. Throws `request.unsupported` for audio and files. */
export function messagesOf(messages: readonly ChatMessage[]): Message[] {
	return messages.map((message, index) => messageOf(message, `messages[${index}]`));
}

function messageOf(message: ChatMessage, param: string): Message {
	const content = contentOf(message.parts, `${param}.content`);
	switch (message.role) {
		case "system":
		case "user":
			return { role: message.role, content };
		case "tool":
			return { role: "tool", tool_call_id: message.callId, content };
		case "assistant": {
			const said = message.refusal ? withRefusal(content, message.refusal) : content;
			return {
				role: "assistant",
				...(said.length > 0 && { content: said }),
				...(message.toolCalls.length > 0 && { tool_calls: callsOf(message.toolCalls, param) }),
			};
		}
	}
}

function withRefusal(content: string | readonly Part[], refusal: string): string | readonly Part[] {
	return typeof content === "string"
		? content + refusal
		: [...content, { type: "text", text: refusal }];
}

function callsOf(calls: readonly ToolCall[], param: string) {
	return calls.map(({ id, name, arguments: text }, index) => {
		// The API wants the text of an object, also for a call without arguments.
		argumentsObject(text, `${param}.tool_calls[${index}].function.arguments`);
		const called = { name, arguments: text.trim() === "" ? "{}" : text };
		return { id, type: "function" as const, function: called };
	});
}

function contentOf(parts: readonly ContentPart[], param: string): string | readonly Part[] {
	const [only] = parts;
	if (only === undefined) return "";
	if (parts.length === 1 && only.type === "text") return only.text;
	return parts.map((part, index) =>
		partOf(part, parts.length === 1 ? param : `${param}[${index}]`),
	);
}

function partOf(part: ContentPart, param: string): Part {
	switch (part.type) {
		case "text":
			return { type: "text", text: part.text };
		case "image": {
			const { source, detail } = part;
			const url =
				source.kind === "url" ? source.url : `data:${source.mediaType};base64,${source.base64}`;
			return { type: "image_url", image_url: { url, ...(detail && { detail }) } };
		}
		case "audio":
		case "file":
			throw unsupported(param, `Cohere's API takes text and images, not ${part.type}.`);
	}
}
