import type { ChatEvent } from "../../contract/chat.ts";

/** Thinking with its proof, as LiteLLM's clients know it; they send it back as it is. */
export type ThinkingBlock =
	| { readonly type: "thinking"; readonly thinking: string; readonly signature: string }
	| { readonly type: "redacted_thinking"; readonly data: string };

/**
 * Puts a block together when its signature comes. A block without one gives nothing: no provider
 * wants it back, and its text stands in `reasoning_content`.
 */
export function createThinking() {
	const texts = new Map<number, string>();
	return {
		blockOf: (
			event: ChatEvent,
		): { readonly choice: number; readonly block: ThinkingBlock } | undefined => {
			if (event.type === "reasoning") {
				texts.set(event.choice, (texts.get(event.choice) ?? "") + event.text);
				return undefined;
			}
			if (event.type !== "reasoning-signature") return undefined;
			const { choice, signature, isRedacted } = event;
			if (isRedacted) return { choice, block: { type: "redacted_thinking", data: signature } };
			const thinking = texts.get(choice) ?? "";
			texts.delete(choice);
			return { choice, block: { type: "thinking", thinking, signature } };
		},
	};
}
