import * as z from "zod";
import type { Answer, AnswerFacts, AnswerUsage, ToolCall } from "./answer.ts";

const text = z.string().nullish().catch(undefined);

const toolCallSchema = z.looseObject({
	index: z.int().optional().catch(undefined),
	id: text,
	function: z.looseObject({ name: text, arguments: text }).optional().catch(undefined),
	extra_content: z.unknown().optional(),
});

const saidSchema = z.looseObject({
	content: text,
	reasoning_content: text,
	reasoning: text,
	refusal: text,
	tool_calls: z.array(toolCallSchema).nullish().catch(undefined),
});

const count = z.int().optional().catch(undefined);

/** A chunk of a stream or a whole answer; strangers' fields are left alone, wrong ones ignored. */
const chunkSchema = z.looseObject({
	choices: z
		.array(
			z.looseObject({
				delta: saidSchema.optional().catch(undefined),
				message: saidSchema.optional().catch(undefined),
				finish_reason: text,
			}),
		)
		.catch([]),
	usage: z
		.looseObject({
			prompt_tokens: z.int(),
			completion_tokens: z.int(),
			prompt_tokens_details: z.looseObject({ cached_tokens: count }).nullish(),
			completion_tokens_details: z.looseObject({ reasoning_tokens: count }).nullish(),
		})
		.nullish()
		.catch(undefined),
});

type Said = z.output<typeof saidSchema>;

/** Adds a chunk of a stream, or a whole answer, to what has come so far. Only the first choice is shown. */
export function withChunk(answer: Answer, json: unknown): Answer {
	const chunk = chunkSchema.safeParse(json).data;
	if (chunk === undefined) return answer;
	const [choice] = chunk.choices;
	const said = choice?.delta ?? choice?.message;
	return {
		...answer,
		...(said === undefined ? {} : addSaid(answer, said)),
		finishReason: choice?.finish_reason ?? answer.finishReason,
		usage: usageOf(chunk.usage) ?? answer.usage,
	};
}

function addSaid(answer: Answer, said: Said): Partial<Answer> {
	return {
		text: answer.text + (said.content ?? ""),
		reasoning: answer.reasoning + (said.reasoning_content ?? said.reasoning ?? ""),
		refusal: answer.refusal + (said.refusal ?? ""),
		toolCalls: (said.tool_calls ?? []).reduce(withToolCall, answer.toolCalls),
	};
}

/** Streams name a call once and then send its arguments in pieces under the same index. */
function withToolCall(
	calls: readonly ToolCall[],
	piece: z.output<typeof toolCallSchema>,
): readonly ToolCall[] {
	const index = piece.index ?? calls.length;
	const known = calls[index];
	const extra = piece.extra_content ?? known?.extra;
	const next: ToolCall = {
		id: piece.id ?? known?.id ?? `call_${index}`,
		name: known?.name || (piece.function?.name ?? ""),
		arguments: (known?.arguments ?? "") + (piece.function?.arguments ?? ""),
		...(extra === undefined ? {} : { extra }),
	};
	return known === undefined ? [...calls, next] : calls.with(index, next);
}

function usageOf(usage: z.output<typeof chunkSchema>["usage"]): AnswerUsage | undefined {
	if (usage === undefined || usage === null) return undefined;
	return {
		inputTokens: usage.prompt_tokens,
		outputTokens: usage.completion_tokens,
		cachedTokens: usage.prompt_tokens_details?.cached_tokens,
		reasoningTokens: usage.completion_tokens_details?.reasoning_tokens,
	};
}

/** What the head of the gateway's answer says. */
export function factsOfHeaders(headers: Pick<Headers, "get">): AnswerFacts {
	return {
		requestId: headers.get("x-request-id") ?? undefined,
		provider: headers.get("x-llmproxy-provider") ?? undefined,
		model: headers.get("x-llmproxy-model") ?? undefined,
		costUsd: headers.get("x-llmproxy-cost-usd") ?? undefined,
		overheadMs: numberOf(headers.get("x-llmproxy-overhead-ms")),
	};
}

/** What the comment before the end of a stream says: cost and overhead of the whole. */
export function factsOfComment(comment: string): AnswerFacts {
	const fields = new Map(
		comment.split(/\s+/).flatMap((word) => {
			const [name = "", value] = word.split("=");
			return value === undefined ? [] : [[name, value] as const];
		}),
	);
	const costUsd = fields.get("x-llmproxy-cost-usd");
	const overheadMs = numberOf(fields.get("x-llmproxy-overhead-ms") ?? null);
	return {
		...(costUsd === undefined ? {} : { costUsd }),
		...(overheadMs === undefined ? {} : { overheadMs }),
	};
}

function numberOf(value: string | null): number | undefined {
	const number = value === null || value === "" ? Number.NaN : Number(value);
	return Number.isFinite(number) ? number : undefined;
}
