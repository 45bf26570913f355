import type { ChatCall } from "../../../contract/chat.ts";
import { spliceJson } from "../../../text/json-splice.ts";
import type { EncodeInput } from "../../define-provider.ts";
import { refuseForeign, unsupported } from "../refuse.ts";
import { foreignLeftovers } from "./encode-forwarded.ts";
import { systemOf, turnsOf } from "./encode-messages.ts";
import { takesBudgets, thinkingOf } from "./encode-thinking.ts";
import type { MessagesRequest } from "./wire.ts";

/** The body of a Messages request. Throws `request.unsupported` for what the API cannot express. */
export function encodeBody(input: EncodeInput): string {
	if (input.dialect === "anthropic")
		return spliceJson(input.body, [
			{ path: ["model"], value: input.model },
			...foreignLeftovers(input),
		]);
	return JSON.stringify(fromChatCall(input));
}

function fromChatCall({ call: read, model, stream }: EncodeInput): MessagesRequest {
	const call = read();
	refuse(call);
	const maxTokens = call.maxOutputTokens ?? defaultMaxTokens(model);
	const { thinking, effort } = thinkingOf(call, { model, maxTokens });
	const system = systemOf(call.messages);
	const format = formatOf(call);
	const outputConfig = { ...(effort && { effort }), ...(format && { format }) };
	return {
		model,
		max_tokens: maxTokens,
		...(system.length > 0 && { system }),
		messages: turnsOf(call.messages),
		...(stream && { stream }),
		...toolFields(call),
		...(call.stop.length > 0 && { stop_sequences: call.stop }),
		...(call.temperature !== undefined && { temperature: call.temperature }),
		...(call.topP !== undefined && { top_p: call.topP }),
		...(thinking && { thinking }),
		...((effort || format) && { output_config: outputConfig }),
		...(call.user !== undefined && { metadata: { user_id: call.user } }),
	};
}

function refuse(call: ChatCall): void {
	refuseForeign(call, "Anthropic's API");
	if (call.choices !== 1) throw unsupported("n", "Anthropic's API gives one answer per request.");
	if (call.frequencyPenalty)
		throw unsupported("frequency_penalty", "Anthropic's API has no frequency penalty.");
	if (call.presencePenalty)
		throw unsupported("presence_penalty", "Anthropic's API has no presence penalty.");
	if (call.seed !== undefined) throw unsupported("seed", "Anthropic's API has no seed.");
	if (call.temperature !== undefined && call.temperature > 1)
		throw unsupported("temperature", "Anthropic's API takes temperatures from 0 to 1.");
	if (call.responseFormat.type === "json")
		throw unsupported(
			"response_format",
			"Anthropic's API has no JSON mode without a schema; use `json_schema`.",
		);
}

/** The API demands a limit. These are the largest that every model of the family accepts. */
function defaultMaxTokens(model: string): number {
	if (/claude-3-(opus|sonnet|haiku)/.test(model)) return 4096;
	if (/claude-3-5/.test(model)) return 8192;
	return takesBudgets(model) ? 32_000 : 64_000;
}

function toolFields(call: ChatCall): Partial<MessagesRequest> {
	if (call.tools.length === 0) return {};
	const choice = call.toolChoice ?? { type: "auto" as const };
	const single = call.parallelToolCalls === false && { disable_parallel_tool_use: true };
	const tools = call.tools.map((tool) => ({
		name: tool.name,
		...(tool.description !== undefined && { description: tool.description }),
		input_schema: tool.parameters ?? { type: "object", properties: {} },
		...(tool.strict && { strict: true }),
	}));
	switch (choice.type) {
		case "none":
			return { tools, tool_choice: { type: "none" } };
		case "auto":
			return call.toolChoice || single
				? { tools, tool_choice: { type: "auto", ...single } }
				: { tools };
		case "required":
			return { tools, tool_choice: { type: "any", ...single } };
		case "tool":
			return { tools, tool_choice: { type: "tool", name: choice.name, ...single } };
	}
}

function formatOf({ responseFormat }: ChatCall): Readonly<Record<string, unknown>> | undefined {
	if (responseFormat.type !== "json-schema") return undefined;
	return { type: "json_schema", schema: responseFormat.schema };
}
