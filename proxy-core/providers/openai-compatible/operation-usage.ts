import type { Usage } from "../../contract/chat.ts";
import { readCount, readList, readObject, readText } from "../shared/read-json.ts";
import { usageOf } from "./decode-usage.ts";

type TokenFields =
	| "type"
	| "seconds"
	| "input_tokens"
	| "output_tokens"
	| "input_tokens_details"
	| "output_tokens_details"
	| "input_token_details";
type DetailFields = "image_tokens" | "audio_tokens" | "text_tokens";
type AnswerFields = "usage" | "data" | "size" | "quality" | "duration" | "meta" | "results";
type Answer = { readonly [Name in AnswerFields]?: unknown };

/** Usage as the newer endpoints report it. Undefined when there is none. */
function tokensOf(value: unknown): Usage | undefined {
	const usage = readObject<TokenFields>(value);
	const inputTokens = readCount(usage?.input_tokens);
	const outputTokens = readCount(usage?.output_tokens);
	if (usage === undefined || inputTokens === undefined || outputTokens === undefined)
		return undefined;
	const input = readObject<DetailFields>(usage.input_tokens_details ?? usage.input_token_details);
	const output = readObject<DetailFields>(usage.output_tokens_details);
	const images = readCount(input?.image_tokens);
	const audio = readCount(input?.audio_tokens);
	const drawn = readCount(output?.image_tokens);
	return {
		inputTokens,
		outputTokens,
		...(images !== undefined && { inputImageTokens: images }),
		...(audio !== undefined && { inputAudioTokens: audio }),
		...(drawn !== undefined && { outputImageTokens: drawn }),
		estimated: false,
	};
}

/** Of an answer to `/embeddings`. */
export function embeddingUsage(answer: Answer): Usage | undefined {
	return usageOf(answer.usage) ?? tokensOf(answer.usage);
}

/** Images are counted in the answer; their size and quality are the answer's where it says so. */
export function imageUsage(
	answer: Answer,
	asked: Readonly<Record<string, unknown>>,
): Usage | undefined {
	const images = readList(answer.data).length;
	const size = readText(answer.size) ?? readText(asked["size"]);
	const quality = readText(answer.quality) ?? readText(asked["quality"]);
	const tokens = tokensOf(answer.usage);
	if (images === 0 && tokens === undefined) return undefined;
	return {
		inputTokens: 0,
		outputTokens: 0,
		estimated: false,
		...tokens,
		images,
		...(size !== undefined &&
			size !== "auto" && {
				imageVariant: quality === undefined || quality === "auto" ? size : `${quality}/${size}`,
			}),
	};
}

/** Of a transcript: tokens, or how long the recording is. */
export function transcriptUsage(answer: Answer): Usage | undefined {
	const tokens = tokensOf(answer.usage);
	if (tokens !== undefined) return tokens;
	const { seconds } = { ...readObject<TokenFields>(answer.usage) };
	const heard = typeof seconds === "number" ? seconds : Number(answer.duration);
	if (!Number.isFinite(heard) || heard <= 0) return undefined;
	return {
		inputTokens: 0,
		outputTokens: 0,
		audioMs: Math.ceil(heard * 1000),
		estimated: false,
	};
}

/** Of a ranking: searches at Cohere, tokens elsewhere. */
export function rerankUsage(answer: Answer): Usage | undefined {
	const meta = readObject<"billed_units" | "tokens">(answer.meta);
	const units = readObject<"search_units" | "input_tokens">(meta?.billed_units);
	const searches = readCount(units?.search_units);
	const counted = readObject<"input_tokens">(meta?.tokens);
	const total = readObject<"total_tokens">(answer.usage);
	const inputTokens = readCount(total?.total_tokens) ?? readCount(counted?.input_tokens);
	if (searches === undefined && inputTokens === undefined) return undefined;
	return {
		inputTokens: inputTokens ?? 0,
		outputTokens: 0,
		...(searches !== undefined && { searches }),
		estimated: false,
	};
}

/** Of the last event of a stream of sound, images or text. */
export function streamedUsage(type: string, answer: Answer): Usage | undefined {
	const tokens = tokensOf(answer.usage);
	if (type.startsWith("image_")) return imageUsage({ ...answer, data: [answer] }, {});
	if (type.startsWith("speech.") && tokens !== undefined)
		return { ...tokens, outputAudioTokens: tokens.outputTokens };
	return tokens ?? usageOf(answer.usage) ?? transcriptUsage(answer);
}
