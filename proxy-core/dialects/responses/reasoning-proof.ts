import type { Reasoning } from "../../contract/chat.ts";

/**
 * Begins the ids of reasoning items that stand for another provider's thinking, so that they can be
 * left out of a request to a provider that speaks Responses itself and does not know them.
 */
export const foreignReasoningId = "rs_llmproxy_";

const prefixes = { shown: "llmproxy.signature:", redacted: "llmproxy.redacted:" } as const;

/** What `encrypted_content` carries for a provider's proof of its own thinking. */
export function encodeProof(signature: string, isRedacted: boolean): string {
	return (isRedacted ? prefixes.redacted : prefixes.shown) + signature;
}

/** The proof in an `encrypted_content`; undefined when the gateway did not make it. */
export function decodeProof(content: string): Omit<Reasoning, "text"> | undefined {
	if (content.startsWith(prefixes.shown))
		return { signature: content.slice(prefixes.shown.length) };
	if (content.startsWith(prefixes.redacted))
		return { signature: content.slice(prefixes.redacted.length), isRedacted: true };
	return undefined;
}
