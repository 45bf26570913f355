import type { ChatCall, ChatMessage, ContentPart } from "../../contract/chat.ts";
import { spliceJson } from "../../text/json-splice.ts";
import type { EncodeInput } from "../define-provider.ts";
import { argumentsObject, refuseForeign, unsupported } from "../shared/refuse.ts";
import type { OllamaMessage } from "./wire.ts";

/** The body of `/api/chat`. Throws `request.unsupported` for what Ollama cannot express. */
export function encodeBody(input: EncodeInput): string {
	if (input.dialect === "ollama")
		return spliceJson(input.body, [{ path: ["model"], value: input.model }]);
	const call = input.call();
	refuse(call);
	const options = optionsOf(call);
	const think = thinkOf(call, input.model);
	return JSON.stringify({
		model: input.model,
		messages: messagesOf(call.messages),
		// Ollama streams unless told otherwise.
		stream: input.stream,
		...(call.tools.length > 0 &&
			call.toolChoice?.type !== "none" && {
				tools: call.tools.map(({ name, description, parameters }) => ({
					type: "function",
					function: {
						name,
						description,
						parameters: parameters ?? { type: "object", properties: {} },
					},
				})),
			}),
		...(call.responseFormat.type === "json" && { format: "json" }),
		...(call.responseFormat.type === "json-schema" && { format: call.responseFormat.schema }),
		...(think !== undefined && { think }),
		...(Object.keys(options).length > 0 && { options }),
	});
}

function refuse(call: ChatCall): void {
	refuseForeign(call, "Ollama's API");
	if (call.choices !== 1) throw unsupported("n", "Ollama gives one answer per request.");
	if (call.tools.length === 0) return;
	if (call.toolChoice?.type === "required" || call.toolChoice?.type === "tool")
		throw unsupported("tool_choice", "Ollama cannot be made to call a tool.");
	if (call.parallelToolCalls === false)
		throw unsupported("parallel_tool_calls", "Ollama cannot be held to one tool call.");
}

function optionsOf(call: ChatCall): Readonly<Record<string, unknown>> {
	return {
		...(call.maxOutputTokens !== undefined && { num_predict: call.maxOutputTokens }),
		...(call.temperature !== undefined && { temperature: call.temperature }),
		...(call.topP !== undefined && { top_p: call.topP }),
		...(call.seed !== undefined && { seed: call.seed }),
		...(call.stop.length > 0 && { stop: call.stop }),
		...(call.frequencyPenalty !== undefined && { frequency_penalty: call.frequencyPenalty }),
		...(call.presencePenalty !== undefined && { presence_penalty: call.presencePenalty }),
	};
}

/** Only gpt-oss knows levels; every other thinking model can be switched on or off. */
function thinkOf({ reasoningEffort }: ChatCall, model: string): boolean | string | undefined {
	if (reasoningEffort === undefined) return undefined;
	if (reasoningEffort === "none") return false;
	if (!model.includes("gpt-oss")) return true;
	return reasoningEffort === "minimal" ? "low" : reasoningEffort;
}

function messagesOf(messages: readonly ChatMessage[]): OllamaMessage[] {
	const names = new Map(
		messages.flatMap((message) =>
			message.role === "assistant"
				? message.toolCalls.map((call) => [call.id, call.name] as const)
				: [],
		),
	);
	return messages.map((message, index) =>
		messageOf(message, { names, param: `messages[${index}]` }),
	);
}

interface MessageContext {
	/** Tool names by call id. */
	readonly names: ReadonlyMap<string, string>;
	readonly param: string;
}

function messageOf(message: ChatMessage, { names, param }: MessageContext): OllamaMessage {
	const said = saidOf(message.parts, `${param}.content`);
	switch (message.role) {
		case "system":
		case "user":
			return { role: message.role, ...said };
		case "tool": {
			const name = names.get(message.callId);
			const named = name === undefined ? {} : { tool_name: name };
			return { role: "tool", ...said, ...named, tool_call_id: message.callId };
		}
		case "assistant": {
			const calls = message.toolCalls.map((call, position) => {
				const at = `${param}.tool_calls[${position}].function.arguments`;
				const called = { name: call.name, arguments: argumentsObject(call.arguments, at) };
				return { id: call.id, function: called };
			});
			return {
				role: "assistant",
				...said,
				content: said.content + (message.refusal ?? ""),
				...(calls.length > 0 && { tool_calls: calls }),
			};
		}
	}
}

function saidOf(
	parts: readonly ContentPart[],
	param: string,
): Pick<OllamaMessage, "content" | "images"> {
	const texts: string[] = [];
	const images: string[] = [];
	for (const [index, part] of parts.entries()) {
		const at = parts.length === 1 ? param : `${param}[${index}]`;
		if (part.type === "text") texts.push(part.text);
		else if (part.type === "image") {
			if (part.source.kind === "url")
				throw unsupported(at, "Ollama does not fetch images; send the image as a data URL.");
			images.push(part.source.base64);
		} else throw unsupported(at, `Ollama takes text and images, not ${part.type}.`);
	}
	return { content: texts.join("\n"), ...(images.length > 0 && { images }) };
}
