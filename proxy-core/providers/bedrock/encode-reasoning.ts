import type { ChatCall, ReasoningEffort } from "../../contract/chat.ts";
import { thinkingOf } from "../shared/anthropic/encode-thinking.ts";
import { unsupported } from "../shared/refuse.ts";

type Body = Readonly<Record<string, unknown>>;

/** Only bounds the budget of models that are given no limit; never sent. */
const assumedMaxTokens = 64_000;

/**
 * `reasoning_effort` in the terms of the model's vendor, because Converse has none of its own.
 * Undefined when nothing has to be said. Throws `request.unsupported` for models without such a knob.
 */
export function reasoningFields(call: ChatCall, model: string): Body | undefined {
	const effort = call.reasoningEffort;
	if (effort === undefined) return undefined;
	if (model.includes("anthropic.claude")) return claudeFields(call, model);
	if (model.includes("openai.gpt-oss")) return gptOssFields(effort);
	if (model.includes("amazon.nova-2")) return novaFields(effort);
	if (effort === "none") return undefined;
	throw unsupported("reasoning_effort", "This Bedrock model's reasoning cannot be adjusted.");
}

function claudeFields(call: ChatCall, model: string): Body | undefined {
	const maxTokens = call.maxOutputTokens ?? assumedMaxTokens;
	const { thinking, effort } = thinkingOf(call, { model, maxTokens });
	if (thinking === undefined && effort === undefined) return undefined;
	return {
		...(thinking !== undefined && { thinking }),
		...(effort !== undefined && { output_config: { effort } }),
	};
}

function gptOssFields(effort: ReasoningEffort): Body {
	if (effort === "none")
		throw unsupported("reasoning_effort", "This model cannot answer without reasoning.");
	return { reasoning_effort: lowest(effort) };
}

function novaFields(effort: ReasoningEffort): Body {
	if (effort === "none") return { reasoningConfig: { type: "disabled" } };
	return { reasoningConfig: { type: "enabled", maxReasoningEffort: lowest(effort) } };
}

/** Neither vendor knows less than `low`. */
function lowest(effort: Exclude<ReasoningEffort, "none">): "low" | "medium" | "high" {
	return effort === "minimal" ? "low" : effort;
}
