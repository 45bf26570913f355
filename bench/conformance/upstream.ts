import type { IncomingMessage, ServerResponse } from "node:http";
import type { FixtureOpts } from "@copilotkit/aimock";
import { LLMock } from "@copilotkit/aimock";

/** Prompts that the mock answers in a known way; each check sends one of these. */
export const prompts = {
	hello: "Say hello to the conformance suite",
	long: "Tell a long story in many pieces",
	slow: "Tell a story very slowly",
	cut: "Break off in the middle",
	weather: "What is the weather in Paris",
	twoWeathers: "Compare the weather in Paris and Tokyo",
	afterTool: "Look it up and then tell me",
	extract: "Extract the person as JSON",
	picture: "What is in this picture",
	badRequest: "Make the upstream refuse this with 400",
	overloaded: "Make the upstream fail with 500",
	limited: "Make the upstream limit this with 429",
} as const;

export const answers = {
	hello: "Hello from the upstream.",
	long: "Once upon a time there was a gateway that counted every word, twice, and never lost one of them.",
	slow: "slow ".repeat(40).trim(),
	cut: "This answer will not be complete because the connection breaks before its end comes.",
	afterTool: "It is 21 degrees in Paris.",
	extract: { name: "Ada", age: 36 },
	picture: "A single red pixel.",
} as const;

/** The same numbers in every provider's words; the mock picks those of the wire. */
const helloUsage = {
	prompt_tokens: 11,
	completion_tokens: 7,
	total_tokens: 18,
	input_tokens: 11,
	output_tokens: 7,
	promptTokenCount: 11,
	candidatesTokenCount: 7,
	totalTokenCount: 18,
};

export type Mock = LLMock;

/** A mock that somebody else wrote, with one fixture per prompt, the same for every wire. */
export async function startUpstream(): Promise<Mock> {
	const mock = new LLMock({
		port: 0,
		host: "127.0.0.1",
		logLevel: "silent",
		strict: true,
		chunkSize: 6,
	});
	const toolCall = (city: string) => ({ name: "get_weather", arguments: JSON.stringify({ city }) });
	const slowly: FixtureOpts = { chunkSize: 5, streamingProfile: { ttft: 10, tps: 5 } };
	mock.onMessage(prompts.hello, { content: answers.hello, usage: helloUsage });
	mock.onMessage(prompts.long, { content: answers.long });
	mock.onMessage(prompts.slow, { content: answers.slow }, slowly);
	// Without a pause the connection is gone before its first bytes have left.
	mock.onMessage(
		prompts.cut,
		{ content: answers.cut },
		{ truncateAfterChunks: 6, streamingProfile: { ttft: 10, tps: 50 } },
	);
	mock.onMessage(prompts.weather, { toolCalls: [toolCall("Paris")] });
	mock.onMessage(prompts.twoWeathers, { toolCalls: [toolCall("Paris"), toolCall("Tokyo")] });
	mock.on(
		{ userMessage: prompts.afterTool, hasToolResult: false },
		{ toolCalls: [toolCall("Paris")] },
	);
	mock.on({ userMessage: prompts.afterTool, hasToolResult: true }, { content: answers.afterTool });
	mock.onMessage(prompts.extract, { content: JSON.stringify(answers.extract) });
	mock.onMessage(prompts.picture, { content: answers.picture });
	mock.onMessage(prompts.badRequest, {
		error: { message: "The upstream does not like this.", type: "invalid_request_error" },
		status: 400,
	});
	mock.onMessage(prompts.overloaded, {
		error: { message: "The upstream is on fire.", type: "server_error" },
		status: 500,
	});
	mock.onMessage(prompts.limited, {
		error: { message: "The upstream is busy.", type: "rate_limit_error" },
		status: 429,
		retryAfter: 0,
	});
	mock.mount("/choices", { handleRequest: answerChoices });
	await mock.start();
	return mock;
}

/** Several choices and log probabilities, which the mock itself does not make. OpenAI's wire. */
async function answerChoices(
	request: IncomingMessage,
	response: ServerResponse,
	pathname: string,
): Promise<boolean> {
	if (!pathname.endsWith("/chat/completions")) return false;
	const chunks: Buffer[] = [];
	for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
	const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as {
		n?: number;
		logprobs?: boolean;
		stream?: boolean;
	};
	const logprobs = {
		content: [{ token: "yes", logprob: -0.25, bytes: [121, 101, 115], top_logprobs: [] }],
		refusal: null,
	};
	const choice = (index: number) => ({
		index,
		finish_reason: "stop",
		logprobs: body.logprobs === true ? logprobs : null,
	});
	const indexes = Array.from({ length: Math.min(body.n ?? 1, 8) }, (_, index) => index);
	const head = { id: "chatcmpl-choices", created: 1_700_000_000, model: "several" };
	const usage = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 };
	if (body.stream === true) {
		const chunk = { ...head, object: "chat.completion.chunk" };
		const events = [
			...indexes.map((index) => ({
				...chunk,
				choices: [
					{
						index,
						delta: { role: "assistant", content: `choice ${index}` },
						logprobs: choice(index).logprobs,
						finish_reason: null,
					},
				],
			})),
			...indexes.map((index) => ({
				...chunk,
				choices: [{ index, delta: {}, finish_reason: "stop" }],
			})),
			{ ...chunk, choices: [], usage },
		];
		response.writeHead(200, { "content-type": "text/event-stream" });
		for (const event of events) response.write(`data: ${JSON.stringify(event)}\n\n`);
		response.end("data: [DONE]\n\n");
		return true;
	}
	response.writeHead(200, { "content-type": "application/json" });
	response.end(
		JSON.stringify({
			...head,
			object: "chat.completion",
			choices: indexes.map((index) => ({
				...choice(index),
				message: { role: "assistant", content: `choice ${index}`, refusal: null },
			})),
			usage,
		}),
	);
	return true;
}
