import Anthropic from "@anthropic-ai/sdk";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChatEvent, Frame, Usage } from "../../contract/chat.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import { describeError } from "../../errors/to-wire.ts";
import { createMessageDecoder } from "../../providers/shared/anthropic/decode.ts";
import { anthropicDialect } from "./dialect.ts";

const request = { model: "m", max_tokens: 9, messages: [{ role: "user", content: "hi there" }] };
const identity = { requestId: "req_1", model: "upstream-model", createdAtSeconds: 1 };
const options = { identity, wantsUsage: true, request };

const text = (said: string): ChatEvent => ({ type: "text", choice: 0, text: said });
const thought = (said: string): ChatEvent => ({ type: "reasoning", choice: 0, text: said });
const signed = (signature: string, isRedacted?: true): ChatEvent => ({
	type: "reasoning-signature",
	choice: 0,
	signature,
	...(isRedacted && { isRedacted }),
});
const started = (index: number): ChatEvent => ({
	type: "tool-start",
	choice: 0,
	index,
	id: `t${index}`,
	name: `f${index}`,
});
const argued = (index: number, said: string): ChatEvent => ({
	type: "tool-arguments",
	choice: 0,
	index,
	text: said,
});
const ended = (reason: "stop" | "length" | "tool-calls" | "filtered"): ChatEvent => ({
	type: "end",
	choice: 0,
	reason,
});
const used = (usage: Partial<Usage> = {}): ChatEvent => ({
	type: "usage",
	usage: { inputTokens: 100, outputTokens: 20, estimated: false, ...usage },
});

function whole(events: readonly ChatEvent[]): Record<string, unknown> {
	return JSON.parse(anthropicDialect.encodeAnswer(events, options));
}

function streamed(frames: readonly Frame[]): string {
	const encoder = anthropicDialect.createStreamEncoder(options);
	return frames.map((frame) => encoder.encode([frame])).join("") + encoder.end();
}

function eventsIn(sse: string): readonly Record<string, unknown>[] {
	return [...sse.matchAll(/^event: (.*)\ndata: (.*)\n\n/gm)].map(([, type, data = ""]) => {
		const event = JSON.parse(data);
		expect(event.type).toBe(type);
		return event;
	});
}

/** What Anthropic's own SDK makes of a stream. */
async function understood(sse: string): Promise<Anthropic.Message> {
	const headers = { "content-type": "text/event-stream" };
	const client = new Anthropic({
		apiKey: "k",
		maxRetries: 0,
		fetch: async () => new Response(sse, { headers }),
	});
	const stream = client.messages.stream({
		model: "m",
		max_tokens: 9,
		messages: [{ role: "user", content: "hi" }],
	});
	return await stream.finalMessage();
}

/** Tool calls whose arguments come in pieces, those of parallel calls in any order. */
const callsArbitrary = (from: number) =>
	fc
		.array(fc.tuple(fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }), fc.nat(9)), {
			minLength: 1,
			maxLength: 3,
		})
		.chain((calls) => {
			const runs = calls.map(([input, cut], offset) => {
				const args = JSON.stringify(input);
				const at = Math.min(cut, args.length);
				const pieces = [args.slice(0, at), args.slice(at)].filter((piece) => piece !== "");
				return [started(from + offset), ...pieces.map((piece) => argued(from + offset, piece))];
			});
			const order = runs.flatMap((run, index) => run.map(() => index));
			return fc.shuffledSubarray(order, { minLength: order.length }).map((picks) => {
				const left = runs.map((run) => [...run]);
				const mixed = picks.flatMap((index) => left[index]?.splice(0, 1) ?? []);
				// Calls begin in their order, as they do everywhere.
				const starts = mixed.filter((event) => event.type === "tool-start");
				const sorted = starts.toSorted((a, b) => a.index - b.index);
				return starts.every((event, index) => event === sorted[index]) ? mixed : runs.flat();
			});
		});

const answerArbitrary = fc
	.array(
		fc.oneof(
			fc.string({ minLength: 1, unit: "grapheme" }).map((said) => [text(said)]),
			fc.string({ minLength: 1 }).map((said) => [thought(said), signed("c2ln")]),
			fc.constant([signed("ZW5j", true)]),
			fc.constant("calls" as const),
		),
		{ minLength: 1, maxLength: 5 },
	)
	.chain((parts) => {
		let from = 0;
		return fc.tuple(
			...parts.map((part) => {
				if (part !== "calls") return fc.constant(part);
				from += 3;
				return callsArbitrary(from);
			}),
		);
	})
	.map((parts): readonly ChatEvent[] => [...parts.flat(), ended("stop"), used()]);

describe("a whole answer", () => {
	it("is a message with its blocks in order", () => {
		const events = [
			{ type: "start", id: "x" } as const,
			thought("Let "),
			thought("me see"),
			signed("c2ln"),
			signed("ZW5j", true),
			text("Hel"),
			text("lo"),
			started(0),
			argued(0, '{"id": 123456789012345'),
			argued(0, "67890}"),
			ended("tool-calls"),
			used({ inputTokens: 115, cachedInputTokens: 100, cacheWriteTokens: 5, reasoningTokens: 7 }),
		];
		expect(anthropicDialect.encodeAnswer(events, options)).toContain("12345678901234567890");
		expect(whole(events)).toEqual({
			id: "msg_1",
			type: "message",
			role: "assistant",
			model: "upstream-model",
			content: [
				{ type: "thinking", thinking: "Let me see", signature: "c2ln" },
				{ type: "redacted_thinking", data: "ZW5j" },
				{ type: "text", text: "Hello" },
				{ type: "tool_use", id: "t0", name: "f0", input: { id: expect.any(Number) } },
			],
			stop_reason: "tool_use",
			stop_sequence: null,
			usage: {
				input_tokens: 10,
				cache_read_input_tokens: 100,
				cache_creation_input_tokens: 5,
				output_tokens: 20,
				output_tokens_details: { thinking_tokens: 7 },
			},
		});
	});

	it.each([
		[[text("a"), ended("stop")], "end_turn"],
		[[text("a"), ended("length")], "max_tokens"],
		[[text("a"), ended("filtered")], "refusal"],
		[[{ type: "refusal", choice: 0, text: "no" } as const, ended("stop")], "refusal"],
		[[started(0), ended("stop")], "tool_use"],
		[[started(0), argued(0, '{"a'), ended("length")], "max_tokens"],
	])("says why it ended: %#", (events, reason) => {
		expect(whole(events)["stop_reason"]).toBe(reason);
	});

	it("names the stop sequence where the provider does", () => {
		const end = { type: "end", choice: 0, reason: "stop", stopSequence: "END" } as const;
		expect(whole([text("a"), end])).toMatchObject({
			stop_reason: "stop_sequence",
			stop_sequence: "END",
		});
	});

	it("shows arguments that are no object whole, so that nothing is lost", () => {
		expect(whole([started(0), argued(0, '{"a": 1'), ended("length")])["content"]).toMatchObject([
			{ input: { invalid_arguments: '{"a": 1' } },
		]);
		expect(whole([started(0), ended("tool-calls")])["content"]).toMatchObject([{ input: {} }]);
	});

	it("has estimated counts when the provider gave none", () => {
		const { usage } = whole([text("word ".repeat(8)), ended("stop")]);
		expect(usage).toMatchObject({ output_tokens: 10 });
		expect((usage as { input_tokens: number }).input_tokens).toBeGreaterThan(0);
	});

	it("carries Gemini's proof of a call, which comes back with it", () => {
		const start = { ...started(0), signature: "c2ln" } as ChatEvent;
		expect(whole([start, ended("tool-calls")])["content"]).toMatchObject([
			{ extra_content: { google: { thought_signature: "c2ln" } } },
		]);
	});
});

describe("a streamed answer", () => {
	it("has the events of this dialect in their order", () => {
		const frames = [
			{ events: [{ type: "start" } as const] },
			{ events: [text("Hi")] },
			{ events: [started(0), argued(0, "{}")] },
			{ events: [ended("tool-calls"), used()] },
		];
		const events = eventsIn(streamed(frames));
		expect(
			events.map(({ type, index }) => (index === undefined ? type : `${type} ${index}`)),
		).toEqual([
			"message_start",
			"ping",
			"content_block_start 0",
			"content_block_delta 0",
			"content_block_stop 0",
			"content_block_start 1",
			"content_block_delta 1",
			"content_block_stop 1",
			"message_delta",
			"message_stop",
		]);
		expect(events.at(-2)).toMatchObject({
			delta: { stop_reason: "tool_use", stop_sequence: null },
			usage: { input_tokens: 100, output_tokens: 20 },
		});
	});

	it("keeps its end back until the answer may be complete", () => {
		const encoder = anthropicDialect.createStreamEncoder(options);
		const sent = encoder.encode([{ events: [text("Hi"), ended("stop"), used()] }]);
		expect(sent).not.toContain("message_delta");
		expect(encoder.end()).toMatch(/message_delta[\s\S]*message_stop/);
	});

	it("is understood by Anthropic's SDK as the whole answer is, however frames are cut", async () => {
		await fc.assert(
			fc.asyncProperty(answerArbitrary, fc.infiniteStream(fc.boolean()), async (events, cuts) => {
				const frames: { events: ChatEvent[] }[] = [{ events: [] }];
				for (const event of events) {
					if (cuts.next().value) frames.push({ events: [] });
					frames.at(-1)?.events.push(event);
				}
				const expected = whole(events);
				const message = await understood(streamed(frames));
				expect(JSON.parse(JSON.stringify(message.content))).toEqual(expected["content"]);
				expect(message.stop_reason).toBe(expected["stop_reason"]);
				expect(message.usage).toMatchObject(expected["usage"] as object);
			}),
			{ numRuns: 60 },
		);
	});

	it("ends what has begun as a refusal when it is cut", async () => {
		const encoder = anthropicDialect.createStreamEncoder(options);
		const sent = encoder.encode([{ events: [text("Half")] }]) + encoder.cut() + encoder.end();
		const message = await understood(sent);
		expect(message).toMatchObject({
			stop_reason: "refusal",
			content: [{ type: "text", text: "Half" }],
		});
		expect(eventsIn(sent).filter(({ type }) => type === "message_stop")).toHaveLength(1);
	});

	it("ends with an error event, which the SDK throws, when it breaks", async () => {
		const encoder = anthropicDialect.createStreamEncoder(options);
		const error = describeError(new GatewayError("upstream.interrupted"), "req_1");
		const sent = encoder.encode([{ events: [text("Half")] }]) + encoder.fail(error);
		const failure = await understood(sent).catch((thrown: unknown) => thrown);
		expect(failure).toMatchObject({ type: "api_error", errorCode: "upstream_interrupted" });
	});
});

describe("a stream of an upstream that speaks this dialect", () => {
	const wireEvents = [
		`{"type":"message_start","message":{"id":"msg_9","type":"message","role":"assistant","model":"claude","content":[],"stop_reason":null,"usage":{"input_tokens":5,"output_tokens":1}}}`,
		`{"type": "ping"}`,
		`{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}`,
		`{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"h\\u00e9 1e400"}}`,
		`{"index":0,"type":"content_block_stop"}`,
		`{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":3}}`,
		`{"type":"message_stop"}`,
	];
	const asSse = (events: readonly string[]) =>
		events.map((data) => `event: ${JSON.parse(data).type}\ndata: ${data}\n\n`).join("");
	const framesOf = (events: readonly string[]) =>
		createMessageDecoder().push(new TextEncoder().encode(asSse(events)));

	it("passes byte for byte, all but its end at once", () => {
		const encoder = anthropicDialect.createStreamEncoder(options);
		const sent = encoder.encode(framesOf(wireEvents));
		expect(sent).toBe(asSse(wireEvents.slice(0, -1)));
		expect(sent + encoder.end()).toBe(asSse(wireEvents));
	});

	it("is closed properly when it is cut inside a block", async () => {
		const encoder = anthropicDialect.createStreamEncoder(options);
		const sent = encoder.encode(framesOf(wireEvents.slice(0, 4))) + encoder.cut() + encoder.end();
		expect(await understood(sent)).toMatchObject({ id: "msg_9", stop_reason: "refusal" });
		expect(
			eventsIn(sent)
				.map(({ type }) => type)
				.slice(-3),
		).toEqual(["content_block_stop", "message_delta", "message_stop"]);
	});
});

describe("an error", () => {
	it.each([
		["request.invalid", "invalid_request_error"],
		["auth.key_unknown", "authentication_error"],
		["budget.exceeded", "billing_error"],
		["guard.blocked", "permission_error"],
		["route.unknown_model", "not_found_error"],
		["request.too_large", "request_too_large"],
		["limit.rate", "rate_limit_error"],
		["limit.draining", "overloaded_error"],
		["upstream.timeout", "timeout_error"],
		["internal.unexpected", "api_error"],
	] as const)("of code %s has the type %s", (code, type) => {
		const described = describeError(new GatewayError(code, { param: "p" }), "req_1");
		expect(JSON.parse(anthropicDialect.encodeError(described))).toEqual({
			type: "error",
			error: {
				type,
				message: described.message,
				code: described.code,
				param: "p",
				details: { error_code: described.code },
			},
			request_id: "req_1",
		});
	});
});
