import type { ChatMessage } from "../../contract/chat.ts";

export interface Turn<Block> {
	readonly role: "user" | "assistant";
	readonly content: readonly Block[];
}

/** A message as an API with two roles has it; results of tools stand in the user's turns. */
export type TurnMessage = Exclude<ChatMessage, { role: "system" }>;

/**
 * Turns of user and assistant. Neighbours of one role are merged, so that the results of parallel calls
 * stand in one turn. `contentOf` gets the message and its path in the request.
 */
export function mergeTurns<Block>(
	messages: readonly ChatMessage[],
	contentOf: (message: TurnMessage, param: string) => readonly Block[],
): Turn<Block>[] {
	const turns: { role: Turn<Block>["role"]; content: Block[] }[] = [];
	for (const [index, message] of messages.entries()) {
		if (message.role === "system") continue;
		const role = message.role === "assistant" ? "assistant" : "user";
		const content = contentOf(message, `messages[${index}]`);
		if (content.length === 0) continue;
		const last = turns.at(-1);
		if (last?.role === role) last.content.push(...content);
		else turns.push({ role, content: [...content] });
	}
	return turns;
}
