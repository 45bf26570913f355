import type {
	ChatCall,
	ReasoningEffort,
	ResponseFormat,
	ToolChoice,
	ToolDefinition,
} from "../../contract/chat.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import { toReasoning } from "../anthropic/to-output.ts";
import type { Json } from "./read-field.ts";
import { fieldsOf, invalid, listOf } from "./read-field.ts";
import { toMessage } from "./to-message.ts";

/** Fields with a place in `ChatCall`. */
const understood = new Set([
	"messages",
	"tools",
	"tool_choice",
	"parallel_tool_calls",
	"response_format",
	"reasoning_effort",
	"thinking",
	"n",
	"max_tokens",
	"max_completion_tokens",
	"temperature",
	"top_p",
	"frequency_penalty",
	"presence_penalty",
	"seed",
	"stop",
	"logprobs",
	"top_logprobs",
	"user",
]);

/** Fields about transport, storage, billing or speed: another provider's answer is right without them. */
const withoutMeaning = new Set([
	"model",
	"stream",
	"stream_options",
	"metadata",
	"store",
	"service_tier",
	"safety_identifier",
	"prompt_cache_key",
	"prompt_cache_retention",
	"prediction",
]);

/**
 * The canonical form of an OpenAI chat completion request. Strict about types: throws
 * `request.invalid` with the path of the field. `null` stands for an absent field, as OpenAI reads it.
 * Unknown top-level fields go into `other`, except those that say nothing about the content
 * (`model`, `stream`, `stream_options`, `metadata`, `store`, `service_tier`, `safety_identifier`,
 * `prompt_cache_key`, `prompt_cache_retention`, `prediction`). The long-gone `functions` and
 * `function_call` throw `request.unsupported`, because their answers have a shape of their own.
 */
export function toChatCall(json: Readonly<Record<string, unknown>>): ChatCall {
	refuseLegacy(json);
	const field = fieldsOf(json, "");
	const messages = listOf(json["messages"], "messages");
	if (messages.length === 0) throw invalid("messages", "must not be empty");
	const tools = toTools(json["tools"]);
	const toolChoice = toToolChoice(json["tool_choice"], tools);
	const omitted = new Set<string>();
	const effort = toEffort(field.string("reasoning_effort"));
	return {
		messages: messages.map((message, index) => toMessage(message, `messages[${index}]`)),
		stream: field.boolean("stream") ?? false,
		tools,
		...(toolChoice && { toolChoice }),
		...optional("parallelToolCalls", field.boolean("parallel_tool_calls")),
		responseFormat: toResponseFormat(json["response_format"]),
		// LiteLLM's clients ask for thinking in Anthropic's words.
		...toReasoning({ thinking: json["thinking"] }, (name) => omitted.add(name)),
		...optional("reasoningEffort", effort),
		choices: field.integer("n", { min: 1, max: 128 }) ?? 1,
		...optional(
			"maxOutputTokens",
			field.integer("max_completion_tokens", { min: 1 }) ?? field.integer("max_tokens", { min: 1 }),
		),
		...optional("temperature", field.number("temperature", { min: 0, max: 2 })),
		...optional("topP", field.number("top_p", { min: 0, max: 1 })),
		...optional("frequencyPenalty", field.number("frequency_penalty", { min: -2, max: 2 })),
		...optional("presencePenalty", field.number("presence_penalty", { min: -2, max: 2 })),
		...optional("seed", field.integer("seed", {})),
		stop: toStop(json["stop"]),
		logprobs: field.boolean("logprobs") ?? false,
		...optional("topLogprobs", field.integer("top_logprobs", { min: 0, max: 20 })),
		...optional("user", field.string("user")),
		other: toOther(json),
		...(omitted.size > 0 && { omitted: [...omitted] }),
	};
}

function optional<Key extends string, Value>(
	key: Key,
	value: Value | undefined,
): { readonly [K in Key]?: Value } {
	return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: Value };
}

function refuseLegacy(json: Json): void {
	for (const param of ["functions", "function_call"])
		if (json[param] !== undefined && json[param] !== null)
			throw new GatewayError("request.unsupported", {
				param,
				message: `\`${param}\` is not offered for this model; use \`tools\` and \`tool_choice\`.`,
			});
}

function toTools(value: unknown): ToolDefinition[] {
	if (value === undefined || value === null) return [];
	return listOf(value, "tools").map((tool, index) => {
		const param = `tools[${index}]`;
		const type = fieldsOf(tool, param).string("type");
		if (type !== "function")
			throw new GatewayError("request.unsupported", {
				param: `${param}.type`,
				message: "Only tools of type `function` can be offered to this model.",
			});
		const field = fieldsOf(fieldsOf(tool, param).json["function"], `${param}.function`);
		const name = field.string("name");
		if (name === undefined || name === "") throw invalid(`${param}.function.name`, "is required");
		return {
			name,
			...optional("description", field.string("description")),
			...optional("parameters", field.object("parameters")),
			...optional("strict", field.boolean("strict")),
		};
	});
}

function toToolChoice(value: unknown, tools: readonly ToolDefinition[]): ToolChoice | undefined {
	if (value === undefined || value === null) return undefined;
	if (value === "auto" || value === "none" || value === "required") return { type: value };
	if (typeof value === "string")
		throw invalid("tool_choice", "must be `none`, `auto`, `required` or a named tool");
	const field = fieldsOf(value, "tool_choice");
	const type = field.string("type");
	if (type === "allowed_tools" || type === "custom")
		throw new GatewayError("request.unsupported", {
			param: "tool_choice.type",
			message: `\`tool_choice\` of type \`${type}\` is not offered for this model.`,
		});
	const name = fieldsOf(field.json["function"], "tool_choice.function").string("name");
	if (name === undefined || !tools.some((tool) => tool.name === name))
		throw invalid("tool_choice.function.name", "must name one of `tools`");
	return { type: "tool", name };
}

function toResponseFormat(value: unknown): ResponseFormat {
	if (value === undefined || value === null) return { type: "text" };
	const type = fieldsOf(value, "response_format").string("type");
	if (type === "text") return { type: "text" };
	if (type === "json_object") return { type: "json" };
	if (type !== "json_schema")
		throw invalid("response_format.type", "must be `text`, `json_object` or `json_schema`");
	const param = "response_format.json_schema";
	const field = fieldsOf(fieldsOf(value, "response_format").json["json_schema"], param);
	const schema = field.object("schema");
	if (schema === undefined) throw invalid(`${param}.schema`, "is required");
	return {
		type: "json-schema",
		name: field.string("name") ?? "answer",
		schema,
		...optional("strict", field.boolean("strict")),
	};
}

function toEffort(value: string | undefined): ReasoningEffort | undefined {
	switch (value) {
		case undefined:
		case "none":
		case "minimal":
		case "low":
		case "medium":
		case "high":
			return value;
		// Above the canonical scale; the highest of it is the nearest.
		case "xhigh":
		case "max":
			return "high";
		default:
			throw invalid(
				"reasoning_effort",
				"must be `none`, `minimal`, `low`, `medium`, `high` or `xhigh`",
			);
	}
}

export function toStop(value: unknown): string[] {
	if (value === undefined || value === null) return [];
	if (typeof value === "string") return [value];
	return listOf(value, "stop").map((item, index) => {
		if (typeof item !== "string") throw invalid(`stop[${index}]`, "must be a string");
		return item;
	});
}

function toOther(json: Json): Json {
	return Object.fromEntries(
		Object.entries(json).filter(
			([name, value]) =>
				!understood.has(name) && !withoutMeaning.has(name) && !isDefault(name, value),
		),
	);
}

/** Values that SDKs and frameworks send although they ask for nothing. */
function isDefault(name: string, value: unknown): boolean {
	if (value === null || value === undefined) return true;
	if (name === "logit_bias") return typeof value === "object" && Object.keys(value).length === 0;
	if (name === "modalities")
		return Array.isArray(value) && value.length === 1 && value[0] === "text";
	return name === "verbosity" && value === "medium";
}
