import type { Usage } from "../../../contract/chat.ts";
import { readCount, readList, readObject } from "../read-json.ts";
import type { UsageFields } from "./wire.ts";

/**
 * Usage in the project's convention. Google leaves zeros out of its JSON, so beside a prompt count an
 * absent count is a zero.
 */
export function usageOf(value: unknown): Usage | undefined {
	const usage = readObject<UsageFields>(value);
	const prompt = readCount(usage?.promptTokenCount);
	if (usage === undefined || prompt === undefined) return undefined;
	const cached = readCount(usage.cachedContentTokenCount);
	const thoughts = readCount(usage.thoughtsTokenCount);
	const heard = modalityCount(usage.promptTokensDetails, "AUDIO");
	const spoken = modalityCount(usage.candidatesTokensDetails, "AUDIO");
	const painted = modalityCount(usage.candidatesTokensDetails, "IMAGE");
	return {
		inputTokens: prompt + (readCount(usage.toolUsePromptTokenCount) ?? 0),
		outputTokens: (readCount(usage.candidatesTokenCount) ?? 0) + (thoughts ?? 0),
		...(cached !== undefined && { cachedInputTokens: cached }),
		...(thoughts !== undefined && { reasoningTokens: thoughts }),
		...(heard !== undefined && { inputAudioTokens: heard }),
		...(spoken !== undefined && { outputAudioTokens: spoken }),
		...(painted !== undefined && { outputImageTokens: painted }),
		estimated: false,
	};
}

/** What of a count was sound or pictures, which have prices of their own. */
function modalityCount(details: unknown, modality: "AUDIO" | "IMAGE"): number | undefined {
	for (const item of readList(details)) {
		const detail = readObject<"modality" | "tokenCount">(item);
		if (detail?.modality === modality) return readCount(detail.tokenCount);
	}
	return undefined;
}
