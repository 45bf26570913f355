import type { Usage } from "../../../contract/chat.ts";
import { readCount, readObject } from "../read-json.ts";
import type { UsageFields } from "./wire.ts";

/**
 * Collects the counts of one answer. `message_start` reports the input, `message_delta` cumulative
 * totals that may leave out what did not change, so the latest report of each count holds.
 */
export function createUsageTally() {
	let input: number | undefined;
	let output: number | undefined;
	let cacheRead: number | undefined;
	let cacheWrite: number | undefined;
	let longCacheWrite: number | undefined;
	let reasoning: number | undefined;
	return {
		note: (value: unknown): void => {
			const usage = readObject<UsageFields>(value);
			const details = readObject<"thinking_tokens">(usage?.output_tokens_details);
			const written = readObject<"ephemeral_1h_input_tokens">(usage?.cache_creation);
			input = readCount(usage?.input_tokens) ?? input;
			output = readCount(usage?.output_tokens) ?? output;
			cacheRead = readCount(usage?.cache_read_input_tokens) ?? cacheRead;
			cacheWrite = readCount(usage?.cache_creation_input_tokens) ?? cacheWrite;
			longCacheWrite = readCount(written?.ephemeral_1h_input_tokens) ?? longCacheWrite;
			reasoning = readCount(details?.thinking_tokens) ?? reasoning;
		},
		/** Undefined while input or output is unknown. */
		usage: (): Usage | undefined => {
			if (input === undefined || output === undefined) return undefined;
			return {
				// Anthropic counts cache reads and writes beside the input, everyone else inside it.
				inputTokens: input + (cacheRead ?? 0) + (cacheWrite ?? 0),
				outputTokens: output,
				...(cacheRead !== undefined && { cachedInputTokens: cacheRead }),
				...(cacheWrite !== undefined && { cacheWriteTokens: cacheWrite }),
				...(longCacheWrite !== undefined && { longCacheWriteTokens: longCacheWrite }),
				...(reasoning !== undefined && { reasoningTokens: reasoning }),
				estimated: false,
			};
		},
	};
}
