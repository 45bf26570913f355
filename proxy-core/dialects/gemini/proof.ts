import type { Reasoning } from "../../contract/chat.ts";

/**
 * What `thoughtSignature` carries for another provider's proof of its own thinking: Base64, because
 * Google's clients decode it and write it again, and begun so that Gemini need not see it.
 */
const shown = "llmproxy:shown:";
const redacted = "llmproxy:hidden:";

export function encodeProof(signature: string, isRedacted: boolean): string {
	return Buffer.from((isRedacted ? redacted : shown) + signature).toString("base64");
}

/** The proof in a `thoughtSignature`; undefined when the gateway did not make it. */
export function decodeProof(signature: string): Omit<Reasoning, "text"> | undefined {
	if (!signature.startsWith(foreignProof)) return undefined;
	// Takes both alphabets of Base64: Python writes the one for addresses.
	const text = Buffer.from(signature, "base64").toString();
	if (text.startsWith(shown)) return { signature: text.slice(shown.length) };
	if (text.startsWith(redacted)) {
		return { signature: text.slice(redacted.length), isRedacted: true };
	}
	return undefined;
}

/** How every encoded proof begins: whole groups of three bytes stay the same whatever follows. */
export const foreignProof = Buffer.from("llmproxy:").toString("base64");
