import type { ChatCompletionRequest, FixtureOpts, FixtureResponse } from "@copilotkit/aimock";
import { LLMock } from "@copilotkit/aimock";
import { answerChoices } from "./choices-upstream.ts";
import { answerGeminiEmbeddings, answerOllamaEmbeddings } from "./embeddings-upstream.ts";
import { latenessMs, ollamaUpstream } from "./ollama-upstream.ts";
import { addOperations } from "./operations-upstream.ts";
import { helloTokens } from "./prompts.ts";
import type { Asked, Reply } from "./replies.ts";
import { createScript, thinkingProof } from "./replies.ts";

/** The same numbers in every provider's words; the mock picks those of the wire. */
const usage = {
	prompt_tokens: helloTokens.input,
	completion_tokens: helloTokens.output,
	total_tokens: helloTokens.input + helloTokens.output,
	input_tokens: helloTokens.input,
	output_tokens: helloTokens.output,
	promptTokenCount: helloTokens.input,
	candidatesTokenCount: helloTokens.output,
	totalTokenCount: helloTokens.input + helloTokens.output,
};

export type Mock = LLMock;

/** A mock that somebody else wrote, which says the same on every wire; only Ollama's is our own. */
export async function startUpstream(): Promise<Mock> {
	const mock = new LLMock({
		port: 0,
		host: "127.0.0.1",
		logLevel: "silent",
		strict: true,
		chunkSize: 6,
	});
	const script = createScript();
	const replyTo = remembered(script);
	const say = (kind: (reply: Reply) => boolean, options?: FixtureOpts): void => {
		const predicate = (request: ChatCompletionRequest) =>
			request._endpointType === "chat" && kind(replyTo(request));
		mock.on({ predicate }, (request) => responseOf(replyTo(request)), options);
	};
	mock.on({ endpoint: "chat", model: /^late-/ }, responseOf({ text: "too late" }), {
		chaos: { latencyMs: latenessMs },
	});
	say((reply) => reply.isGarbled === true, { chaos: { malformedRate: 1 } });
	say((reply) => reply.isSlow === true, {
		chunkSize: 5,
		streamingProfile: { ttft: 10, tps: 5 },
	});
	// Without a pause the connection is gone before its first bytes have left.
	say((reply) => reply.isCut === true, {
		truncateAfterChunks: 8,
		streamingProfile: { ttft: 10, tps: 50 },
	});
	say(() => true);
	addOperations(mock);
	mock.mount("/choices", { handleRequest: answerChoices });
	mock.mount("/v1beta/models", { handleRequest: answerGeminiEmbeddings });
	mock.mount("/ollama", { handleRequest: answerOllamaEmbeddings });
	mock.mount("/ollama", { handleRequest: ollamaUpstream(script) });
	await mock.start();
	return mock;
}

/** The script is asked once for each request, because some of its answers come only once. */
function remembered(script: (asked: Asked) => Reply) {
	const replies = new WeakMap<ChatCompletionRequest, Reply>();
	return (request: ChatCompletionRequest): Reply => {
		const known = replies.get(request);
		if (known !== undefined) return known;
		const reply = script(summaryOf(request));
		replies.set(request, reply);
		return reply;
	};
}

function summaryOf({ model, messages, tools = [] }: ChatCompletionRequest): Asked {
	const last = messages.findLastIndex(({ role }) => role === "user");
	const after = messages.slice(last + 1).filter(({ role }) => role === "tool");
	return {
		model,
		prompt: textOf(messages[last]?.content),
		results: after.map(({ content }) => textOf(content)),
		tools: tools.map((tool) => tool.function.name),
	};
}

function textOf(content: ChatCompletionRequest["messages"][number]["content"] | undefined): string {
	if (typeof content === "string") return content;
	return (content ?? []).map(({ text }) => text ?? "").join("\n");
}

function responseOf(reply: Reply): FixtureResponse {
	if (reply.failure !== undefined) {
		const { status, type, message } = reply.failure;
		return { error: { message, type }, status, retryAfter: 0 };
	}
	const thought =
		reply.thinking === undefined
			? {}
			: { reasoning: reply.thinking, reasoningSignature: thinkingProof };
	if (reply.toolCalls !== undefined) return { toolCalls: [...reply.toolCalls], usage, ...thought };
	return {
		content: reply.text ?? "",
		usage,
		...thought,
		...(reply.isShort && { finishReason: "length" }),
	};
}
