import type { ChatCall, ReasoningEffort } from "../../contract/chat.ts";
import { spliceJson } from "../../text/json-splice.ts";
import type { EncodeInput } from "../define-provider.ts";
import { refuseForeign, unsupported } from "../shared/refuse.ts";
import { messagesOf } from "./encode-messages.ts";

type Body = Readonly<Record<string, unknown>>;

/** The body of `/v2/chat`. Throws `request.unsupported` for what Cohere cannot express. */
export function encodeBody(input: EncodeInput): string {
	if (input.dialect === "cohere")
		return spliceJson(input.body, [{ path: ["model"], value: input.model }]);
	const call = input.call();
	refuse(call);
	return JSON.stringify({
		model: input.model,
		stream: input.stream,
		messages: messagesOf(call.messages),
		...toolFields(call),
		...formatField(call),
		...(call.stop.length > 0 && { stop_sequences: call.stop }),
		// Undefined members are left out by JSON.stringify.
		max_tokens: call.maxOutputTokens,
		temperature: call.temperature,
		// Cohere's range ends at 0.99; 1, which switches the choice by probability off, is refused.
		p: call.topP === undefined ? undefined : Math.min(call.topP, 0.99),
		seed: call.seed,
		frequency_penalty: call.frequencyPenalty,
		presence_penalty: call.presencePenalty,
		thinking: call.reasoningEffort && thinkingOf(call.reasoningEffort),
	});
}

function refuse(call: ChatCall): void {
	refuseForeign(call, "Cohere's API");
	if (call.choices !== 1) throw unsupported("n", "Cohere's API gives one answer per request.");
	if (call.temperature !== undefined && call.temperature > 1)
		throw unsupported("temperature", "Cohere's API takes temperatures from 0 to 1.");
	if (isOutside(call.frequencyPenalty))
		throw unsupported("frequency_penalty", "Cohere's API takes penalties from 0 to 1.");
	if (isOutside(call.presencePenalty))
		throw unsupported("presence_penalty", "Cohere's API takes penalties from 0 to 1.");
}

function isOutside(penalty: number | undefined): boolean {
	return penalty !== undefined && (penalty < 0 || penalty > 1);
}

function toolFields(call: ChatCall): Body {
	if (call.tools.length === 0) return {};
	if (call.parallelToolCalls === false)
		throw unsupported("parallel_tool_calls", "Cohere's API cannot be held to one tool call.");
	return {
		tools: call.tools.map(({ name, description, parameters }) => ({
			type: "function",
			function: {
				name,
				...(description !== undefined && { description }),
				parameters: parameters ?? { type: "object", properties: {} },
			},
		})),
		// One switch for all tools; keeping to the schema harms none that did not ask for it.
		...(call.tools.some((tool) => tool.strict) && { strict_tools: true }),
		...choiceField(call),
	};
}

function choiceField({ toolChoice, tools }: ChatCall): Body {
	switch (toolChoice?.type) {
		case undefined:
		case "auto":
			return {};
		case "none":
			return { tool_choice: "NONE" };
		case "required":
			return { tool_choice: "REQUIRED" };
		case "tool":
			if (tools.length === 1 && tools[0]?.name === toolChoice.name)
				return { tool_choice: "REQUIRED" };
			throw unsupported("tool_choice", "Cohere's API cannot be made to call one of several tools.");
	}
}

function formatField({ responseFormat }: ChatCall): Body {
	switch (responseFormat.type) {
		case "text":
			return {};
		case "json":
			return { response_format: { type: "json_object" } };
		case "json-schema":
			return { response_format: { type: "json_object", json_schema: responseFormat.schema } };
	}
}

const budgets: Readonly<Record<"minimal" | "low" | "medium", number>> = {
	minimal: 1024,
	low: 2048,
	medium: 8192,
};

/** Reasoning models think without a limit unless given a budget of tokens. */
function thinkingOf(effort: ReasoningEffort): Body {
	if (effort === "none") return { type: "disabled" };
	return effort === "high"
		? { type: "enabled" }
		: { type: "enabled", token_budget: budgets[effort] };
}
