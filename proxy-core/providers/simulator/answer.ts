import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { toChatCall } from "../../dialects/openai/to-chat-call.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import { estimateTokens } from "../../text/estimate-tokens.ts";
import type { LocalAnswer, WireRequest } from "../define-provider.ts";
import type { ComposedAnswer } from "./compose.ts";
import { compose, piecesOf } from "./compose.ts";
import { simulateOperation } from "./operations.ts";

export const simulatedModels = ["echo", "lorem"] as const;

export interface Pace {
	/** Before the first byte. */
	readonly latencyMs: number;
	/** 0: as fast as possible. */
	readonly tokensPerSecond: number;
}

interface Answering {
	readonly pace: Pace;
	readonly signal: AbortSignal;
}

/** Answers a request as OpenAI's servers would. Rejects with the signal's reason when it aborts. */
export async function answer(request: WireRequest, answering: Answering): Promise<LocalAnswer> {
	await pause(answering.pace.latencyMs, answering.signal);
	if (request.method === "GET") return listModels();
	try {
		if (request.path !== "/chat/completions") return await answerOperation(request);
		return answerChat(
			JSON.parse(Buffer.from(request.body ?? "").toString("utf8")) as Readonly<
				Record<string, unknown>
			>,
			answering,
		);
	} catch (error) {
		if (GatewayError.is(error)) return failure(400, error.message, { param: error.detail.param });
		if (error instanceof SyntaxError) return failure(400, "The body is not valid JSON.", {});
		throw error;
	}
}

async function answerOperation(request: WireRequest): Promise<LocalAnswer> {
	const made = await simulateOperation(request);
	if (made === undefined) return failure(404, "The simulator has no such endpoint.", {});
	if ("events" in made) return ok("text/event-stream; charset=utf-8", eventsOf(made.events));
	const { contentType, body } = made;
	return ok(contentType, once(typeof body === "string" ? bytesOf(body) : body));
}

async function* eventsOf(
	events: readonly Readonly<Record<string, unknown>>[],
): AsyncGenerator<Uint8Array> {
	for (const event of events) {
		yield bytesOf(`event: ${event["type"]}\ndata: ${JSON.stringify(event)}\n\n`);
	}
}

function answerChat(json: Readonly<Record<string, unknown>>, answering: Answering): LocalAnswer {
	const call = toChatCall(json);
	const model = simulatedModels.find(
		(name) => json["model"] === name || json["model"] === `simulator/${name}`,
	);
	if (model === undefined)
		return failure(404, "The simulator has the models echo and lorem.", {
			param: "model",
			code: "model_not_found",
		});
	if (call.logprobs)
		return failure(400, "The simulator has no log probabilities.", {
			param: "logprobs",
			code: "unsupported_parameter",
		});
	const composed = compose(call, model);
	const head = {
		id: `chatcmpl-sim-${randomUUID()}`,
		created: Math.floor(Date.now() / 1000),
		model: String(json["model"]),
		system_fingerprint: "simulator",
	};
	if (!call.stream)
		return ok("application/json", paced(completionOf(composed, head), composed, answering));
	const options = json["stream_options"] as { readonly include_usage?: unknown } | null | undefined;
	const chunks = chunksOf(composed, { head, withUsage: options?.include_usage === true });
	return ok("text/event-stream; charset=utf-8", streamed(chunks, answering));
}

type Head = Readonly<Record<string, unknown>>;

function usageOf({ inputTokens, outputTokens }: ComposedAnswer) {
	return {
		prompt_tokens: inputTokens,
		completion_tokens: outputTokens,
		total_tokens: inputTokens + outputTokens,
		prompt_tokens_details: { cached_tokens: 0 },
		completion_tokens_details: { reasoning_tokens: 0 },
	};
}

function completionOf(composed: ComposedAnswer, head: Head): Uint8Array {
	return bytesOf(
		JSON.stringify({
			...head,
			object: "chat.completion",
			choices: composed.choices.map(({ text, toolCalls, finish }, index) => ({
				index,
				message: {
					role: "assistant",
					content: toolCalls.length > 0 ? null : text,
					refusal: null,
					...(toolCalls.length > 0 && {
						tool_calls: toolCalls.map(({ id, name, arguments: json }) => ({
							id,
							type: "function",
							function: { name, arguments: json },
						})),
					}),
				},
				logprobs: null,
				finish_reason: finish,
			})),
			usage: usageOf(composed),
		}),
	);
}

interface Chunk {
	readonly json: string;
	readonly tokens: number;
}

interface ChunkOptions {
	readonly head: Head;
	readonly withUsage: boolean;
}

function* chunksOf(composed: ComposedAnswer, { head, withUsage }: ChunkOptions): Generator<Chunk> {
	const chunk = (index: number, delta: unknown, finish: string | null = null) =>
		JSON.stringify({
			...head,
			object: "chat.completion.chunk",
			choices: [{ index, delta, logprobs: null, finish_reason: finish }],
			...(withUsage && { usage: null }),
		});
	for (const [index, { text, toolCalls, finish }] of composed.choices.entries()) {
		const content = toolCalls.length > 0 ? null : "";
		yield { json: chunk(index, { role: "assistant", content, refusal: null }), tokens: 0 };
		for (const piece of piecesOf(text))
			yield { json: chunk(index, { content: piece }), tokens: estimateTokens(piece) };
		for (const [position, { id, name, arguments: json }] of toolCalls.entries()) {
			const opened = { index: position, id, type: "function", function: { name, arguments: "" } };
			yield { json: chunk(index, { tool_calls: [opened] }), tokens: estimateTokens(name) };
			for (const piece of json.match(/.{1,12}/gsu) ?? []) {
				const delta = { tool_calls: [{ index: position, function: { arguments: piece } }] };
				yield { json: chunk(index, delta), tokens: estimateTokens(piece) };
			}
		}
		yield { json: chunk(index, {}, finish), tokens: 0 };
	}
	if (withUsage)
		yield {
			json: JSON.stringify({
				...head,
				object: "chat.completion.chunk",
				choices: [],
				usage: usageOf(composed),
			}),
			tokens: 0,
		};
	yield { json: "[DONE]", tokens: 0 };
}

async function* streamed(
	chunks: Iterable<Chunk>,
	{ pace, signal }: Answering,
): AsyncGenerator<Uint8Array> {
	const startedAt = performance.now();
	let tokens = 0;
	for (const chunk of chunks) {
		signal.throwIfAborted();
		tokens += chunk.tokens;
		if (pace.tokensPerSecond > 0)
			await pause(startedAt + (tokens * 1000) / pace.tokensPerSecond - performance.now(), signal);
		yield bytesOf(`data: ${chunk.json}\n\n`);
	}
}

async function* paced(
	bytes: Uint8Array,
	{ outputTokens }: ComposedAnswer,
	{ pace, signal }: Answering,
): AsyncGenerator<Uint8Array> {
	if (pace.tokensPerSecond > 0) await pause((outputTokens * 1000) / pace.tokensPerSecond, signal);
	yield bytes;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
	signal.throwIfAborted();
	if (ms >= 1) await sleep(ms, undefined, { signal });
}

function listModels(): LocalAnswer {
	const data = simulatedModels.map((id) => ({
		id,
		object: "model",
		created: 0,
		owned_by: "simulator",
	}));
	return ok("application/json", once(bytesOf(JSON.stringify({ object: "list", data }))));
}

function ok(contentType: string, body: AsyncIterable<Uint8Array>): LocalAnswer {
	return { status: 200, headers: { "content-type": contentType }, body };
}

interface FailureOptions {
	readonly param?: string | undefined;
	readonly code?: string;
	readonly type?: string;
}

/** An error in OpenAI's shape. */
export function failure(status: number, message: string, options: FailureOptions): LocalAnswer {
	const { param = null, code = null, type = "invalid_request_error" } = options;
	const body = bytesOf(JSON.stringify({ error: { message, type, param, code } }));
	return { status, headers: { "content-type": "application/json" }, body: once(body) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	yield bytes;
}

function bytesOf(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}
