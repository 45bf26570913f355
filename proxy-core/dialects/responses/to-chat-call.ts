import type {
	ChatCall,
	ReasoningEffort,
	ResponseFormat,
	ToolChoice,
	ToolDefinition,
} from "../../contract/chat.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import { required } from "../anthropic/to-parts.ts";
import type { Fields, Json } from "../openai/read-field.ts";
import { fieldsOf, invalid, listOf } from "../openai/read-field.ts";
import { toMessages } from "./to-items.ts";

/** Fields with a place in `ChatCall`, or read here. */
const understood: ReadonlySet<string> = new Set([
	"input",
	"instructions",
	"tools",
	"tool_choice",
	"parallel_tool_calls",
	"text",
	"reasoning",
	"include",
	"max_output_tokens",
	"temperature",
	"top_p",
	"top_logprobs",
	"truncation",
	"user",
]);

/** Fields about transport, storage, billing or speed: another provider's answer is right without them. */
const withoutMeaning: ReadonlySet<string> = new Set([
	"model",
	"stream",
	"stream_options",
	"metadata",
	// What a coding agent says about itself (Codex sends it with every turn).
	"client_metadata",
	"store",
	"background",
	"service_tier",
	"safety_identifier",
	"prompt_cache_key",
	"prompt_cache_retention",
	"prompt_cache_options",
	// Counts calls of tools that the provider runs, and those are refused.
	"max_tool_calls",
]);

/** Fields that refer to what a provider has kept of earlier requests. */
const stateful = ["previous_response_id", "conversation", "prompt"] as const;

/**
 * The canonical form of a request for a response. Strict: throws `request.invalid`, or
 * `request.unsupported` for state and tools that only a provider of this dialect has. Unknown
 * top-level fields go into `other`. `null` stands for an absent field, as OpenAI reads it.
 */
export function toChatCall(json: Json): ChatCall {
	refuseState(json);
	const field = fieldsOf(json, "");
	const omitted = new Set<string>();
	const messages = toMessages(json["input"] ?? [], (name) => omitted.add(name));
	const instructions = field.string("instructions");
	if (messages.length === 0) throw invalid("input", "must not be empty");
	const tools = toTools(json["tools"]);
	const toolChoice = toToolChoice(json["tool_choice"], tools);
	refuseLogprobs(field);
	if (field.string("truncation") === "auto")
		throw unsupported("truncation", "The gateway never drops parts of a conversation.");
	const text = fieldsOf(field.object("text") ?? {}, "text");
	return {
		messages: instructions
			? [{ role: "system", parts: [{ type: "text", text: instructions }] }, ...messages]
			: messages,
		stream: field.boolean("stream") ?? false,
		tools,
		...(toolChoice && { toolChoice }),
		...optional("parallelToolCalls", field.boolean("parallel_tool_calls")),
		responseFormat: toResponseFormat(text),
		...optional("reasoningEffort", toEffort(field)),
		choices: 1,
		...optional("maxOutputTokens", field.integer("max_output_tokens", { min: 1 })),
		...optional("temperature", field.number("temperature", { min: 0, max: 2 })),
		...optional("topP", field.number("top_p", { min: 0, max: 1 })),
		stop: [],
		logprobs: false,
		...optional("user", field.string("user")),
		other: { ...toOther(json), ...toVerbosity(text) },
		...(omitted.size > 0 && { omitted: [...omitted] }),
	};
}

function optional<Key extends string, Value>(
	key: Key,
	value: Value | undefined,
): { readonly [K in Key]?: Value } {
	return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: Value };
}

function unsupported(param: string, message: string): GatewayError {
	return new GatewayError("request.unsupported", { param, message });
}

function refuseState(json: Json): void {
	for (const param of stateful)
		if (json[param] !== undefined && json[param] !== null)
			throw unsupported(
				param,
				`\`${param}\` refers to state that only OpenAI keeps; send the whole conversation in \`input\`.`,
			);
}

function refuseLogprobs(field: Fields): void {
	const include = field.json["include"] ?? [];
	if (listOf(include, "include").includes("message.output_text.logprobs"))
		throw unsupported("include", "Log probabilities cannot be had from the chosen model.");
	if (field.integer("top_logprobs", { min: 0, max: 20 }))
		throw unsupported("top_logprobs", "Log probabilities cannot be had from the chosen model.");
}

function toTools(value: unknown): ToolDefinition[] {
	if (value === undefined || value === null) return [];
	return listOf(value, "tools").map((tool, index) => {
		const param = `tools[${index}]`;
		const field = fieldsOf(tool, param);
		const type = field.string("type");
		if (type === undefined) throw invalid(`${param}.type`, "is required");
		if (type !== "function")
			throw unsupported(
				`${param}.type`,
				`A tool of type \`${type.slice(0, 60)}\` needs a provider that speaks OpenAI's Responses; this model takes tools of type \`function\`.`,
			);
		refuseAsked(field, param);
		return {
			name: required(field, "name", param),
			...optional("description", field.string("description")),
			...optional("parameters", field.object("parameters")),
			...optional("strict", field.boolean("strict")),
		};
	});
}

/** What a function may ask for beyond being called. */
function refuseAsked(field: Fields, param: string): void {
	for (const name of ["defer_loading", "async"])
		if (field.boolean(name) === true)
			throw unsupported(`${param}.${name}`, `\`${name}\` is not offered for the chosen model.`);
}

function toToolChoice(value: unknown, tools: readonly ToolDefinition[]): ToolChoice | undefined {
	if (value === undefined || value === null) return undefined;
	if (value === "auto" || value === "none" || value === "required") return { type: value };
	if (typeof value === "string")
		throw invalid("tool_choice", "must be `none`, `auto`, `required` or a named tool");
	const field = fieldsOf(value, "tool_choice");
	const type = field.string("type");
	if (type !== "function")
		throw unsupported(
			"tool_choice.type",
			`\`tool_choice\` of type \`${String(type).slice(0, 60)}\` is not offered for the chosen model.`,
		);
	const name = required(field, "name", "tool_choice");
	if (!tools.some((tool) => tool.name === name))
		throw invalid("tool_choice.name", "must name one of `tools`");
	return { type: "tool", name };
}

function toResponseFormat(text: Fields): ResponseFormat {
	const format = text.object("format");
	if (format === undefined) return { type: "text" };
	const field = fieldsOf(format, "text.format");
	switch (field.string("type")) {
		case "text":
			return { type: "text" };
		case "json_object":
			return { type: "json" };
		case "json_schema": {
			const schema = field.object("schema");
			if (schema === undefined) throw invalid("text.format.schema", "is required");
			return {
				type: "json-schema",
				name: field.string("name") ?? "answer",
				schema,
				...optional("strict", field.boolean("strict")),
			};
		}
		default:
			throw invalid("text.format.type", "must be `text`, `json_object` or `json_schema`");
	}
}

function toEffort(field: Fields): ReasoningEffort | undefined {
	const reasoning = fieldsOf(field.object("reasoning") ?? {}, "reasoning");
	const effort = reasoning.string("effort");
	switch (effort) {
		case undefined:
		case "none":
		case "minimal":
		case "low":
		case "medium":
		case "high":
			return effort;
		// Above the canonical scale; the highest of it is the nearest.
		case "xhigh":
		case "max":
			return "high";
		default:
			throw invalid(
				"reasoning.effort",
				"must be `none`, `minimal`, `low`, `medium`, `high` or `xhigh`",
			);
	}
}

function toVerbosity(text: Fields): Json {
	const verbosity = text.string("verbosity");
	return verbosity === undefined || verbosity === "medium" ? {} : { "text.verbosity": verbosity };
}

function toOther(json: Json): Json {
	return Object.fromEntries(
		Object.entries(json).filter(
			([name, value]) =>
				!understood.has(name) && !withoutMeaning.has(name) && value !== null && value !== undefined,
		),
	);
}
