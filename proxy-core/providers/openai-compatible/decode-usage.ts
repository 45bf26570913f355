import type { Usage } from "../../contract/chat.ts";
import { readCount, readObject } from "../shared/read-json.ts";
import type { UsageDetailFields, UsageFields } from "./wire.ts";

/** Usage in the project's convention, or undefined when input or output was not reported. */
export function usageOf(value: unknown): Usage | undefined {
	const usage = readObject<UsageFields>(value);
	const inputTokens = readCount(usage?.prompt_tokens);
	const total = readCount(usage?.total_tokens);
	let outputTokens = readCount(usage?.completion_tokens);
	if (usage === undefined || inputTokens === undefined) return undefined;
	if (outputTokens === undefined && total !== undefined && total >= inputTokens)
		outputTokens = total - inputTokens;
	if (outputTokens === undefined) return undefined;
	const prompt = readObject<UsageDetailFields>(usage.prompt_tokens_details);
	const completion = readObject<UsageDetailFields>(usage.completion_tokens_details);
	const cached = readCount(prompt?.cached_tokens) ?? readCount(usage.prompt_cache_hit_tokens);
	const written = readCount(prompt?.cache_write_tokens);
	const reasoning = readCount(completion?.reasoning_tokens);
	// xAI counts reasoning beside the completion, OpenAI inside it; the total tells which.
	if (reasoning !== undefined && reasoning > 0 && total === inputTokens + outputTokens + reasoning)
		outputTokens += reasoning;
	// Perplexity's research counts its reasoning and its searches beside everything else.
	const searches = readCount(usage.num_search_queries);
	const apart = searches === undefined ? undefined : readCount(usage.reasoning_tokens);
	if (apart !== undefined && reasoning === undefined) outputTokens += apart;
	const thought = reasoning ?? apart;
	const audioIn = readCount(prompt?.audio_tokens);
	const audioOut = readCount(completion?.audio_tokens);
	return {
		inputTokens,
		outputTokens,
		...(cached !== undefined && { cachedInputTokens: cached }),
		...(written !== undefined && { cacheWriteTokens: written }),
		...(thought !== undefined && { reasoningTokens: thought }),
		...(audioIn !== undefined && { inputAudioTokens: audioIn }),
		...(audioOut !== undefined && { outputAudioTokens: audioOut }),
		...(searches !== undefined && { searches }),
		estimated: false,
	};
}
