import type { ChatCall, ReasoningEffort } from "../../../contract/chat.ts";
import type { EncodeInput } from "../../define-provider.ts";
import { refuseForeign, unsupported } from "../refuse.ts";
import { attachmentsAfterResults } from "../tool-attachments.ts";
import { contentsOf, isOlderThan3, systemOf } from "./encode-contents.ts";
import { forwardedBody } from "./encode-forwarded.ts";

type Body = Readonly<Record<string, unknown>>;

/**
 * The body of `generateContent`. The model stands in the path, so Gemini's own callers' text stays
 * nearly as it is. `keepsCallIds` is false for an API that refuses ids of calls. Throws `request.unsupported`.
 */
export function encodeBody(input: EncodeInput, { keepsCallIds = true } = {}): string {
	if (input.dialect === "gemini") return forwardedBody(input);
	const call = input.call();
	refuseForeign(call, "Gemini's API");
	const system = systemOf(call.messages);
	return JSON.stringify({
		contents: contentsOf(attachmentsAfterResults(call.messages), {
			model: input.model,
			keepsCallIds,
		}),
		...(system.length > 0 && { systemInstruction: { parts: system } }),
		...toolFields(call),
		...configField(call, input.model),
	});
}

function toolFields(call: ChatCall): Body {
	if (call.tools.length === 0) return {};
	if (call.parallelToolCalls === false)
		throw unsupported("parallel_tool_calls", "Gemini's API cannot be held to one tool call.");
	const functionDeclarations = call.tools.map((tool) => ({
		name: tool.name,
		...(tool.description !== undefined && { description: tool.description }),
		...(tool.parameters !== undefined && { parametersJsonSchema: tool.parameters }),
	}));
	const functionCallingConfig = callingConfig(call);
	return {
		tools: [{ functionDeclarations }],
		...(functionCallingConfig && { toolConfig: { functionCallingConfig } }),
	};
}

function callingConfig({ toolChoice, tools }: ChatCall): Body | undefined {
	switch (toolChoice?.type) {
		case undefined:
		case "auto":
			// VALIDATED is AUTO whose calls keep to the schema, which is what `strict` asks for.
			return tools.some((tool) => tool.strict) ? { mode: "VALIDATED" } : undefined;
		case "none":
			return { mode: "NONE" };
		case "required":
			return { mode: "ANY" };
		case "tool":
			return { mode: "ANY", allowedFunctionNames: [toolChoice.name] };
	}
}

function configField(call: ChatCall, model: string): Body {
	const thinkingConfig = call.reasoningEffort && thinkingOf(call.reasoningEffort, model);
	const generationConfig: Body = {
		...(call.choices !== 1 && { candidateCount: call.choices }),
		...(call.stop.length > 0 && { stopSequences: call.stop }),
		...(call.responseFormat.type !== "text" && { responseMimeType: "application/json" }),
		...(call.responseFormat.type === "json-schema" && {
			responseJsonSchema: call.responseFormat.schema,
		}),
		...(call.maxOutputTokens !== undefined && { maxOutputTokens: call.maxOutputTokens }),
		...(call.temperature !== undefined && { temperature: call.temperature }),
		...(call.topP !== undefined && { topP: call.topP }),
		...(call.seed !== undefined && { seed: call.seed }),
		...(call.frequencyPenalty !== undefined && { frequencyPenalty: call.frequencyPenalty }),
		...(call.presencePenalty !== undefined && { presencePenalty: call.presencePenalty }),
		...(thinkingConfig && { thinkingConfig }),
	};
	return Object.keys(generationConfig).length === 0 ? {} : { generationConfig };
}

const budgets: Readonly<Record<Exclude<ReasoningEffort, "none">, number>> = {
	minimal: 1024,
	low: 1024,
	medium: 8192,
	high: 24_576,
};

/** Gemini 2.5 takes a token budget, later models a level; the numbers are those of Google's own OpenAI layer. */
function thinkingOf(effort: ReasoningEffort, model: string): Body {
	if (isOlderThan3(model)) {
		if (effort !== "none") return { thinkingBudget: budgets[effort], includeThoughts: true };
		if (model.includes("pro"))
			throw unsupported("reasoning_effort", "This Gemini model cannot answer without thinking.");
		return { thinkingBudget: 0 };
	}
	if (effort === "none")
		throw unsupported("reasoning_effort", "This Gemini model cannot answer without thinking.");
	// The Pro models know fewer levels.
	const level = model.includes("pro") && effort === "minimal" ? "low" : effort;
	return { thinkingLevel: level, includeThoughts: true };
}
