import type { JsonEdit } from "../../text/json-splice.ts";
import type { Json } from "../openai/read-field.ts";
import { isObject } from "../openai/read-field.ts";

/** Anthropic's smallest budget for thinking. */
const budgetMin = 1024;
/** The rest is for the answer. */
const thinkingShare = 0.8;

/**
 * A budget for thinking counts towards `max_tokens` and must be smaller. Under a limit that leaves room
 * for no budget at all the model answers without thinking.
 */
export function capThinking(json: Json, outputTokensMax: number): JsonEdit | undefined {
	const { thinking } = json;
	if (!isObject(thinking) || thinking["type"] !== "enabled") return undefined;
	const budget = thinking["budget_tokens"];
	if (typeof budget !== "number" || budget < outputTokensMax) return undefined;
	const value = Math.floor(outputTokensMax * thinkingShare);
	return value < budgetMin
		? { path: ["thinking"], json: '{"type":"disabled"}' }
		: { path: ["thinking", "budget_tokens"], value };
}
