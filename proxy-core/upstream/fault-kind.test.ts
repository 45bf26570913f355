import { describe, expect, it } from "vitest";
import { eventFaultKind, faultKind } from "./fault-kind.ts";

const tooLong = [
	[
		"OpenAI",
		400,
		"context_length_exceeded",
		"Your input exceeds the context window of this model.",
	],
	[
		"vLLM",
		400,
		undefined,
		"This model's maximum context length is 8192 tokens. However, you requested 9000.",
	],
	[
		"vLLM, newer",
		400,
		undefined,
		"The decoder prompt (length 9001) is longer than the maximum model length of 8192.",
	],
	["Anthropic", 400, undefined, "prompt is too long: 210000 tokens > 200000 maximum"],
	[
		"Anthropic",
		400,
		undefined,
		"input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000",
	],
	[
		"Gemini",
		400,
		undefined,
		"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
	],
	["Bedrock", 400, undefined, "Input is too long for requested model."],
	[
		"Mistral",
		400,
		undefined,
		"Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length",
	],
	["Cohere", 400, undefined, "too many tokens: size limit exceeded by 19296 tokens."],
	["Groq", 413, undefined, "Please reduce the length of the messages or completion."],
	[
		"xAI",
		400,
		undefined,
		"This model's maximum prompt length is 131072 but the request contains 150000 tokens.",
	],
	[
		"text-generation-inference",
		422,
		undefined,
		"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096.",
	],
	[
		"llama.cpp",
		400,
		"exceed_context_size_error",
		"the request exceeds the available context size, try increasing it",
	],
	["Perplexity", 400, undefined, "The total length of all messages is too long."],
] as const;

const withheld = [
	[
		"Azure",
		400,
		"content_filter",
		"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
	],
	[
		"OpenAI images",
		400,
		"content_policy_violation",
		"Your request was rejected by the safety system.",
	],
	[
		"OpenAI reasoning",
		400,
		"invalid_prompt",
		"Invalid prompt: your prompt was flagged as potentially violating our usage policy.",
	],
	["Anthropic", 400, undefined, "Output blocked by content filtering policy"],
	[
		"OpenRouter",
		403,
		undefined,
		"Your chosen model requires moderation and your input was flagged for hate.",
	],
] as const;

const fault = (message: string, code: string | undefined) => ({
	message,
	...(code === undefined ? {} : { code }),
});

describe("faultKind", () => {
	it.each(tooLong)(
		"knows that %s refused a request for its length",
		(...[, status, code, message]) => {
			expect(faultKind(status, fault(message, code))).toBe("upstream.context_window");
			expect(eventFaultKind(message, code)).toBe("upstream.context_window");
		},
	);

	it.each(withheld)(
		"knows that %s refused a request for its content",
		(...[, status, code, message]) => {
			expect(faultKind(status, fault(message, code))).toBe("upstream.content_policy");
		},
	);

	it("takes nothing else for one of them", () => {
		const others = ["Invalid API key", "max_tokens must be at most 4096", "Unknown field: foo"];
		for (const message of others) expect(faultKind(400, fault(message, undefined))).toBeUndefined();
		expect(faultKind(500, fault("maximum context length", undefined))).toBeUndefined();
		expect(faultKind(403, fault("maximum context length", undefined))).toBeUndefined();
		expect(faultKind(429, fault("too many tokens: slow down", undefined))).toBeUndefined();
	});
});
