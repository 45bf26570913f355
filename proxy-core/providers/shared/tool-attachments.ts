import type { ChatMessage, ContentPart } from "../../contract/chat.ts";

/**
 * The conversation for wires whose tool results are text only: images and files of results follow in
 * a turn of the user's, each with the id of its call, so that the model still sees them.
 */
export function attachmentsAfterResults(messages: readonly ChatMessage[]): readonly ChatMessage[] {
	if (!messages.some(hasAttachments)) return messages;
	const result: ChatMessage[] = [];
	let attached: ContentPart[] = [];
	const flush = (): void => {
		if (attached.length > 0) result.push({ role: "user", parts: attached });
		attached = [];
	};
	for (const message of messages) {
		if (message.role === "tool") {
			const texts = message.parts.filter(isText);
			const others = message.parts.filter((part) => !isText(part));
			const pointer = { type: "text", text: "The result is attached below." } as const;
			result.push({
				...message,
				parts: texts.length === 0 && others.length > 0 ? [pointer] : texts,
			});
			if (others.length > 0) attached.push(labelOf(message.callId), ...others);
		} else if (message.role === "user" && attached.length > 0) {
			result.push({ ...message, parts: [...attached, ...message.parts] });
			attached = [];
		} else {
			flush();
			result.push(message);
		}
	}
	flush();
	return result;
}

function hasAttachments(message: ChatMessage): boolean {
	return message.role === "tool" && !message.parts.every(isText);
}

function isText(part: ContentPart): boolean {
	return part.type === "text";
}

function labelOf(callId: string): ContentPart {
	return { type: "text", text: `Attached to the result of ${callId}:` };
}
