import type { ChatCall, ReasoningEffort } from "../../../contract/chat.ts";
import { unsupported } from "../refuse.ts";

interface Limits {
	readonly model: string;
	readonly maxTokens: number;
}

interface Thinking {
	readonly thinking?: Readonly<Record<string, unknown>>;
	readonly effort?: "low" | "medium" | "high";
}

const budgets: Readonly<Record<Exclude<ReasoningEffort, "none">, number>> = {
	minimal: 1024,
	low: 2048,
	medium: 8192,
	high: 24_576,
};

/** Claude up to 4.5 takes a token budget for thinking; later models decide themselves, guided by an effort. */
export function takesBudgets(model: string): boolean {
	return /claude-(3|instant|2|(opus|sonnet|haiku)-4(-[015])?(-\d{8}|@|$|:|-v))/.test(model);
}

/** `reasoning_effort` in Anthropic's terms. Nothing asked for leaves the model's own default. */
export function thinkingOf(call: ChatCall, limits: Limits): Thinking {
	const effort = call.reasoningEffort;
	if (effort === undefined) return {};
	const isForced = call.toolChoice?.type === "required" || call.toolChoice?.type === "tool";
	if (takesBudgets(limits.model)) {
		if (effort === "none") return {};
		return isForced || lacksThinking(call)
			? {}
			: { thinking: budgetFor(call.reasoningTokensMax ?? budgets[effort], limits) };
	}
	if (effort === "none") return { thinking: { type: "disabled" } };
	return {
		// A forced tool and thinking exclude each other; the effort still counts.
		...(!isForced && { thinking: { type: "adaptive", display: "summarized" } }),
		effort: effort === "minimal" ? "low" : effort,
	};
}

function budgetFor(wanted: number, { maxTokens }: Limits) {
	// The budget counts towards max_tokens and must leave room for the answer.
	const budget = Math.min(wanted, Math.floor(maxTokens * 0.8));
	if (budget < 1024)
		throw unsupported(
			"reasoning_effort",
			"Thinking needs at least 1280 output tokens; raise `max_completion_tokens`.",
		);
	return { type: "enabled", budget_tokens: budget };
}

/**
 * In the middle of a round of tool calls these models demand the signed thinking block that began
 * it. A caller who did not send it back has the round go on without thinking.
 */
function lacksThinking(call: ChatCall): boolean {
	if (call.messages.at(-1)?.role !== "tool") return false;
	const asked = call.messages.findLast((message) => message.role === "assistant");
	return !asked?.reasoning?.some((block) => block.signature !== undefined);
}
