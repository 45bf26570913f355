import type { ChatCall, Dialect } from "../contract/chat.ts";

/** Wires that carry a model's earlier thinking, and that a tool has failed. */
const keepsThinking: ReadonlySet<Dialect> = new Set(["anthropic", "bedrock"]);

/**
 * What a call loses on a wire although an answer is right without it, by the names that callers know:
 * hints that its dialect left out, thinking of earlier turns, the mark of a failed tool (whose text
 * still says so). Callers are told in `x-llmproxy-omitted`.
 */
export function omissionsOf(call: ChatCall, wire: Dialect): readonly string[] {
	const omitted = new Set(call.omitted);
	const keeps = keepsThinking.has(wire);
	for (const message of call.messages) {
		if (message.role === "assistant") {
			const lost = message.reasoning?.some((block) => !keeps || block.signature === undefined);
			if (lost) omitted.add("thinking");
		} else if (message.role === "tool" && message.isError && !keeps) omitted.add("is_error");
	}
	return [...omitted];
}
