import type { ChatCall } from "../../contract/chat.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import type { Fields, Json } from "../openai/read-field.ts";
import { fieldsOf, invalid } from "../openai/read-field.ts";
import { toStop } from "../openai/to-chat-call.ts";

/** Fields with a place in `ChatCall`, or read here. */
const understood: ReadonlySet<string> = new Set([
	"prompt",
	"suffix",
	"echo",
	"best_of",
	"logprobs",
	"n",
	"max_tokens",
	"temperature",
	"top_p",
	"frequency_penalty",
	"presence_penalty",
	"seed",
	"stop",
	"user",
]);

/** Fields that say nothing about the content. */
const withoutMeaning: ReadonlySet<string> = new Set(["model", "stream", "stream_options"]);

/**
 * The canonical form of a request for a completion: the prompt becomes the one thing that a person
 * says. Strict: throws `request.invalid`, or `request.unsupported` for what no conversation can do:
 * several prompts at once, text after the gap, the prompt repeated, log probabilities. Without
 * `max_tokens` the model's own limit applies, not the 16 tokens of OpenAI's old models.
 */
export function toChatCall(json: Json): ChatCall {
	const field = fieldsOf(json, "");
	refuseForeign(field);
	const text = promptOf(json["prompt"]);
	return {
		messages: [{ role: "user", parts: [{ type: "text", text }] }],
		stream: field.boolean("stream") ?? false,
		tools: [],
		responseFormat: { type: "text" },
		choices: field.integer("n", { min: 1, max: 128 }) ?? 1,
		...optional("maxOutputTokens", field.integer("max_tokens", { min: 1 })),
		...optional("temperature", field.number("temperature", { min: 0, max: 2 })),
		...optional("topP", field.number("top_p", { min: 0, max: 1 })),
		...optional("frequencyPenalty", field.number("frequency_penalty", { min: -2, max: 2 })),
		...optional("presencePenalty", field.number("presence_penalty", { min: -2, max: 2 })),
		...optional("seed", field.integer("seed", {})),
		stop: toStop(json["stop"]),
		logprobs: false,
		...optional("user", field.string("user")),
		other: toOther(json),
	};
}

function optional<Key extends string, Value>(
	key: Key,
	value: Value | undefined,
): { readonly [K in Key]?: Value } {
	return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: Value };
}

function promptOf(prompt: unknown): string {
	const [only, ...more] = Array.isArray(prompt) ? prompt : [prompt];
	if (more.length > 0)
		throw unsupported("prompt", "The chosen model takes one prompt in a request.");
	if (typeof only !== "string" || only === "") throw invalid("prompt", "must be a text");
	return only;
}

function refuseForeign(field: Fields): void {
	const { json } = field;
	const asked =
		(field.string("suffix") && "suffix") ||
		(field.boolean("echo") && "echo") ||
		((field.integer("best_of", { min: 1 }) ?? 1) > (field.integer("n", { min: 1 }) ?? 1) &&
			"best_of") ||
		(json["logprobs"] !== undefined && json["logprobs"] !== null && "logprobs");
	if (asked)
		throw unsupported(asked, `\`${asked}\` needs a model that completes text; this one converses.`);
}

function unsupported(param: string, message: string): GatewayError {
	return new GatewayError("request.unsupported", { param, message });
}

function toOther(json: Json): Json {
	return Object.fromEntries(
		Object.entries(json).filter(
			([name, value]) =>
				!understood.has(name) && !withoutMeaning.has(name) && !asksNothing(name, value),
		),
	);
}

function asksNothing(name: string, value: unknown): boolean {
	if (value === undefined || value === null) return true;
	return name === "logit_bias" && typeof value === "object" && Object.keys(value).length === 0;
}
