import { createHash } from "node:crypto";
import type { ChatCall, ChatMessage } from "../../contract/chat.ts";
import { parseExact } from "../../text/parse-exact.ts";
import type { Json } from "../openai/read-field.ts";
import { fieldsOf, invalid, isObject, listOf } from "../openai/read-field.ts";
import { toMessages } from "./to-messages.ts";
import { toReasoning, toResponseFormat } from "./to-output.ts";
import type { Omit } from "./to-parts.ts";
import { foreign, toTexts } from "./to-parts.ts";
import { toToolChoice, toTools } from "./to-tools.ts";

/** Fields with a place in `ChatCall`, and those that the gateway answers itself. */
const understood = new Set([
	"model",
	"stream",
	"messages",
	"system",
	"tools",
	"tool_choice",
	"max_tokens",
	"temperature",
	"top_p",
	"stop_sequences",
	"thinking",
	"output_config",
	"output_format",
	"metadata",
]);

/** Fields about billing, speed and upkeep of the context: another provider's answer is right without them. */
const hints = new Set([
	"cache_control",
	"service_tier",
	"speed",
	"context_management",
	"diagnostics",
	"user_profile_id",
	"workspace_id",
	"betas",
]);

/**
 * The canonical form of a Messages request. Strict about types: throws `request.invalid` with the
 * path of the field. What only Anthropic's own API can do (its server tools, files, citations, an
 * answer that the caller began) throws `request.unsupported`; unknown top-level fields go into
 * `other`, hints about billing and speed into `omitted`. With `text`, numbers that a double cannot
 * hold survive in tool calls and schemas.
 */
export function toChatCall(json: Json, text = ""): ChatCall {
	const field = fieldsOf(json, "");
	const omitted = new Set<string>();
	const omit: Omit = (name) => omitted.add(name);
	const exact = hasLongNumber.test(text) ? (parseExact(text) as Json) : json;
	const tools = toTools(exact["tools"], omit);
	const maxOutputTokens = field.integer("max_tokens", { min: 1 });
	if (maxOutputTokens === undefined) throw invalid("max_tokens", "is required");
	const reasoning = toReasoning(json, omit);
	const temperature = field.number("temperature", { min: 0, max: 1 });
	const topP = field.number("top_p", { min: 0, max: 1 });
	const user = userOf(json["metadata"]);
	const other = toOther(json, omit);
	return {
		messages: conversation(exact, omit),
		stream: field.boolean("stream") ?? false,
		tools,
		...toToolChoice(json["tool_choice"], tools),
		responseFormat: toResponseFormat(json),
		...reasoning,
		choices: 1,
		maxOutputTokens,
		...(temperature !== undefined && { temperature }),
		...(topP !== undefined && { topP }),
		stop: toStop(json["stop_sequences"]),
		logprobs: false,
		...(user !== undefined && { user }),
		other,
		...(omitted.size > 0 && { omitted: [...omitted] }),
	};
}

/** Whether parsing could have changed a number; a false alarm costs a second parsing. */
const hasLongNumber = /[:,[\s]-?(?:[\d.]{16}|[\d.]+[eE])/;

function conversation(json: Json, omit: Omit): readonly ChatMessage[] {
	const { system } = json;
	const turns = listOf(json["messages"], "messages");
	if (turns.length === 0) throw invalid("messages", "must not be empty");
	const messages = turns.flatMap((turn, index) => toMessages(turn, `messages[${index}]`, omit));
	const last = messages.at(-1);
	if (last?.role === "assistant" && last.parts.length > 0) {
		throw foreign(`messages[${turns.length - 1}]`, "An answer that the request begins");
	}
	const parts = system === undefined || system === null ? [] : toTexts(system, "system", omit);
	return parts.length === 0 ? messages : [{ role: "system", parts }, ...messages];
}

function toStop(value: unknown): readonly string[] {
	if (value === undefined || value === null) return [];
	return listOf(value, "stop_sequences").map((item, index) => {
		if (typeof item !== "string") throw invalid(`stop_sequences[${index}]`, "must be a string");
		return item;
	});
}

/** The longest id of an end user that every provider takes. */
const userLengthMax = 64;

/** Providers only compare the id, so a long one is as good as its hash. */
function userOf(metadata: unknown): string | undefined {
	if (metadata === undefined || metadata === null) return undefined;
	const user = fieldsOf(metadata, "metadata").string("user_id");
	if (user === undefined || user.length <= userLengthMax) return user;
	return createHash("sha256").update(user).digest("hex");
}

function toOther(json: Json, omit: Omit): Json {
	const other: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(json)) {
		if (understood.has(name) || asksNothing(value)) continue;
		if (hints.has(name)) omit(name);
		else other[name] = value;
	}
	return other;
}

function asksNothing(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	if (Array.isArray(value)) return value.length === 0;
	return isObject(value) && Object.keys(value).length === 0;
}
