import type { ProblemFacts } from "../../lib/client/problem.ts";

/** A call that the model wants made. */
export interface ToolCall {
	readonly id: string;
	readonly name: string;
	/** JSON text as the model wrote it, complete or not. */
	readonly arguments: string;
	/** Opaque fields that some providers want back with the call. */
	readonly extra?: unknown;
}

export interface AnswerUsage {
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly cachedTokens: number | undefined;
	readonly reasoningTokens: number | undefined;
}

/** What the gateway says about an answer, beside the answer. Undefined: not said (yet). */
export interface AnswerFacts {
	readonly requestId?: string | undefined;
	readonly provider?: string | undefined;
	readonly model?: string | undefined;
	/** Dollars, or `unknown` for a model without a price. */
	readonly costUsd?: string | undefined;
	readonly overheadMs?: number | undefined;
	/** From sending to the first text, as the browser saw it. */
	readonly firstTextMs?: number | undefined;
	readonly durationMs?: number | undefined;
}

export type AnswerState =
	| { readonly kind: "waiting" }
	| { readonly kind: "streaming" }
	| { readonly kind: "done" }
	/** By the person; what had come stays. */
	| { readonly kind: "stopped" }
	| { readonly kind: "failed"; readonly problem: ProblemFacts };

export interface Answer {
	readonly text: string;
	readonly reasoning: string;
	readonly refusal: string;
	readonly toolCalls: readonly ToolCall[];
	/** Why the model ended: `stop`, `length`, `tool_calls`, `content_filter`. */
	readonly finishReason: string | undefined;
	readonly usage: AnswerUsage | undefined;
	readonly facts: AnswerFacts;
	readonly state: AnswerState;
}

export const emptyAnswer: Answer = {
	text: "",
	reasoning: "",
	refusal: "",
	toolCalls: [],
	finishReason: undefined,
	usage: undefined,
	facts: {},
	state: { kind: "waiting" },
};

export function isRunning({ state }: Answer): boolean {
	return state.kind === "waiting" || state.kind === "streaming";
}

/** Whether it belongs into the conversation that is sent next. */
export function hasContent(answer: Answer): boolean {
	return answer.text !== "" || answer.toolCalls.length > 0;
}
