import type { ChatCall, ChatMessage, ContentPart, ToolChoice } from "../../contract/chat.ts";
import type { JsonEdit } from "../../text/json-splice.ts";
import { spliceJson } from "../../text/json-splice.ts";
import type { EncodeInput } from "../define-provider.ts";
import { refuseForeign, unsupported } from "../shared/refuse.ts";
import { attachmentsAfterResults } from "../shared/tool-attachments.ts";

/** OpenAI renamed the field; some who copied its wire know the old name only. */
export type OutputLimitField = "max_completion_tokens" | "max_tokens";

export interface BodyOptions {
	readonly outputLimit: OutputLimitField;
	/** Top-level fields that this upstream has no use for. */
	readonly unsupported: readonly string[];
}

/**
 * The body of a chat completion request. An OpenAI caller's own text stays as sent but for model and
 * usage. Throws `request.unsupported` for a field that the upstream would not honour.
 */
export function encodeBody(input: EncodeInput, options: BodyOptions): string {
	if (input.dialect !== "openai") return encodeCall(input, options);
	const { outputLimit } = options;
	const edits: JsonEdit[] = [{ path: ["model"], value: input.model }];
	const limit = input.json["max_completion_tokens"];
	if (outputLimit === "max_tokens" && limit !== undefined) {
		edits.push({ path: ["max_completion_tokens"], value: undefined });
		// The newer name wins where a caller sent both, as it does at OpenAI.
		edits.push({ path: ["max_tokens"], value: limit });
	}
	// Asked for always, so that every stream can be accounted for; whoever did not ask never sees it.
	if (input.stream) edits.push({ path: ["stream_options", "include_usage"], value: true });
	// Some upstreams fail a request for the mere presence of a field, so neutral values go as well.
	for (const field of unusable(input.json, options))
		edits.push({ path: [field], value: undefined });
	edits.push(...gatewayLabels(input.json));
	return spliceJson(input.body, edits);
}

/**
 * Labels that clients of other gateways put into the body for the gateway. OpenAI's own `metadata`
 * holds texts only, and a request with anything else in it is refused there.
 */
function gatewayLabels(json: EncodeInput["json"]): readonly JsonEdit[] {
	const { metadata, litellm_metadata: foreign } = json as Readonly<
		Record<"metadata" | "litellm_metadata", unknown>
	>;
	const isObject = typeof metadata === "object" && metadata !== null && !Array.isArray(metadata);
	const labels = isObject ? Object.entries(metadata) : [];
	return [
		...(foreign === undefined ? [] : [{ path: ["litellm_metadata"], value: undefined }]),
		...labels
			.filter(([, value]) => typeof value !== "string")
			.map(([name]) => ({ path: ["metadata", name], value: undefined })),
	];
}

function encodeCall(input: EncodeInput, options: BodyOptions): string {
	const body = fromChatCall(input, options.outputLimit);
	for (const field of unusable(body, options)) delete body[field];
	return JSON.stringify(body);
}

/** The unsupported fields that are there without asking for anything. Throws for one that does ask. */
function unusable(
	body: Readonly<Record<string, unknown>>,
	{ unsupported: fields }: BodyOptions,
): readonly string[] {
	const present = fields.filter((field) => body[field] !== undefined);
	const asked = present.find((field) => !isNeutral(field, body[field]));
	if (asked === undefined) return present;
	throw unsupported(asked, `The chosen model's provider does not support \`${asked}\`.`);
}

/** Whether a value asks for nothing but what happens without it. */
function isNeutral(field: string, value: unknown): boolean {
	if (field === "n") return value === 1 || value === null;
	if (field === "parallel_tool_calls") return value !== false;
	if (field === "tool_choice") return value === "auto" || value === "none" || value === null;
	return (
		value === null ||
		value === false ||
		(field !== "seed" && value === 0) ||
		(typeof value === "object" && Object.keys(value).length === 0)
	);
}

function fromChatCall(input: EncodeInput, outputLimit: OutputLimitField): Record<string, unknown> {
	const call = input.call();
	refuseForeign({ ...call, logprobs: false, topLogprobs: 0 }, "OpenAI's chat completions");
	return {
		model: input.model,
		messages: attachmentsAfterResults(call.messages).map(messageOf),
		...(input.stream && { stream: true, stream_options: { include_usage: true } }),
		...toolFields(call),
		...(call.responseFormat.type === "json" && { response_format: { type: "json_object" } }),
		...(call.responseFormat.type === "json-schema" && {
			response_format: {
				type: "json_schema",
				json_schema: {
					name: call.responseFormat.name,
					schema: call.responseFormat.schema,
					strict: call.responseFormat.strict,
				},
			},
		}),
		...(call.choices !== 1 && { n: call.choices }),
		...(call.stop.length > 0 && { stop: call.stop }),
		...(call.logprobs && { logprobs: true }),
		// Undefined members are left out by JSON.stringify.
		reasoning_effort: call.reasoningEffort,
		[outputLimit]: call.maxOutputTokens,
		temperature: call.temperature,
		top_p: call.topP,
		frequency_penalty: call.frequencyPenalty,
		presence_penalty: call.presencePenalty,
		seed: call.seed,
		top_logprobs: call.topLogprobs,
		user: call.user,
	};
}

function toolFields(call: ChatCall): Record<string, unknown> {
	if (call.tools.length === 0) return {};
	return {
		tools: call.tools.map((tool) => ({ type: "function", function: tool })),
		tool_choice: call.toolChoice && choiceOf(call.toolChoice),
		parallel_tool_calls: call.parallelToolCalls,
	};
}

function choiceOf(choice: ToolChoice): unknown {
	if (choice.type !== "tool") return choice.type;
	return { type: "function", function: { name: choice.name } };
}

function messageOf(message: ChatMessage): Record<string, unknown> {
	switch (message.role) {
		case "system":
			return { role: "system", content: contentOf(message.parts) };
		case "user":
			return { role: "user", content: contentOf(message.parts), name: message.name };
		case "tool":
			return { role: "tool", tool_call_id: message.callId, content: contentOf(message.parts) };
		case "assistant":
			return {
				role: "assistant",
				content: message.parts.length === 0 ? null : contentOf(message.parts),
				refusal: message.refusal,
				...(message.toolCalls.length > 0 && {
					tool_calls: message.toolCalls.map(({ id, name, arguments: text, signature }) => ({
						id,
						type: "function",
						function: { name, arguments: text },
						...(signature && { extra_content: { google: { thought_signature: signature } } }),
					})),
				}),
			};
	}
}

function contentOf(parts: readonly ContentPart[]): unknown {
	const [only] = parts;
	return parts.length === 1 && only?.type === "text" ? only.text : parts.map(partOf);
}

function partOf(part: ContentPart): Record<string, unknown> {
	switch (part.type) {
		case "text":
			return { type: "text", text: part.text };
		case "image": {
			const { source, detail } = part;
			const url =
				source.kind === "url" ? source.url : `data:${source.mediaType};base64,${source.base64}`;
			return { type: "image_url", image_url: { url, detail } };
		}
		case "audio":
			return { type: "input_audio", input_audio: { data: part.base64, format: part.format } };
		case "file":
			return {
				type: "file",
				file: {
					filename: part.name,
					file_id: part.fileId,
					file_data:
						part.base64 && `data:${part.mediaType ?? "application/pdf"};base64,${part.base64}`,
				},
			};
	}
}
