import type { ChatCall } from "../../contract/chat.ts";
import type { EncodeInput } from "../define-provider.ts";
import { refuseForeign, unsupported } from "../shared/refuse.ts";
import { systemOf, turnsOf } from "./encode-messages.ts";
import { reasoningFields } from "./encode-reasoning.ts";

type Body = Readonly<Record<string, unknown>>;

/** The body of Converse and ConverseStream; the model stands in the path. Throws `request.unsupported`. */
export function encodeBody(input: EncodeInput): string {
	if (input.dialect === "bedrock") return input.body;
	const call = input.call();
	refuse(call);
	const system = systemOf(call.messages);
	const modelFields = reasoningFields(call, input.model);
	return JSON.stringify({
		messages: turnsOf(call.messages),
		...(system.length > 0 && { system }),
		...inferenceField(call),
		...toolField(call),
		...formatField(call),
		...(modelFields && { additionalModelRequestFields: modelFields }),
	});
}

function refuse(call: ChatCall): void {
	refuseForeign(call, "Bedrock's Converse API");
	if (call.choices !== 1) throw unsupported("n", "Bedrock gives one answer per request.");
	if (call.frequencyPenalty)
		throw unsupported("frequency_penalty", "Bedrock's Converse API has no frequency penalty.");
	if (call.presencePenalty)
		throw unsupported("presence_penalty", "Bedrock's Converse API has no presence penalty.");
	if (call.seed !== undefined) throw unsupported("seed", "Bedrock's Converse API has no seed.");
	if (call.temperature !== undefined && call.temperature > 1)
		throw unsupported("temperature", "Bedrock's Converse API takes temperatures from 0 to 1.");
	if (call.responseFormat.type === "json")
		throw unsupported(
			"response_format",
			"Bedrock's Converse API has no JSON mode without a schema; use `json_schema`.",
		);
}

function inferenceField(call: ChatCall): Body {
	const inferenceConfig: Body = {
		...(call.maxOutputTokens !== undefined && { maxTokens: call.maxOutputTokens }),
		...(call.temperature !== undefined && { temperature: call.temperature }),
		...(call.topP !== undefined && { topP: call.topP }),
		...(call.stop.length > 0 && { stopSequences: call.stop }),
	};
	return Object.keys(inferenceConfig).length === 0 ? {} : { inferenceConfig };
}

function toolField(call: ChatCall): Body {
	if (call.tools.length === 0) return {};
	if (call.parallelToolCalls === false)
		throw unsupported("parallel_tool_calls", "Bedrock cannot be held to one tool call.");
	if (call.toolChoice?.type === "none") {
		// Tools may be left out only while the conversation has not used any.
		if (!usesTools(call)) return {};
		throw unsupported("tool_choice", "Bedrock cannot keep a model from calling tools.");
	}
	const tools = call.tools.map(({ name, description, parameters, strict }) => ({
		toolSpec: {
			name,
			...(description !== undefined && description !== "" && { description }),
			inputSchema: { json: parameters ?? { type: "object", properties: {} } },
			...(strict && { strict: true }),
		},
	}));
	const toolChoice = choiceOf(call);
	return { toolConfig: { tools, ...(toolChoice && { toolChoice }) } };
}

function usesTools({ messages }: ChatCall): boolean {
	return messages.some(
		(message) =>
			message.role === "tool" || (message.role === "assistant" && message.toolCalls.length > 0),
	);
}

function choiceOf({ toolChoice }: ChatCall): Body | undefined {
	switch (toolChoice?.type) {
		case "required":
			return { any: {} };
		case "tool":
			return { tool: { name: toolChoice.name } };
		case "auto":
			return { auto: {} };
		default:
			return undefined;
	}
}

function formatField({ responseFormat }: ChatCall): Body {
	if (responseFormat.type !== "json-schema") return {};
	// The API takes the schema as text.
	const jsonSchema = {
		name: responseFormat.name,
		schema: JSON.stringify(responseFormat.schema),
	};
	return { outputConfig: { textFormat: { type: "json_schema", structure: { jsonSchema } } } };
}
