import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChatEvent } from "../../contract/chat.ts";
import { provider } from "../../providers/gemini/provider.ts";
import type { CallerDialect } from "../define-dialect.ts";
import { openaiDialect } from "../openai/dialect.ts";
import { geminiDialectAt } from "./dialect.ts";

type Json = Readonly<Record<string, unknown>>;

const gemini = provider.connect(provider.settings.parse({ apiKey: "k" }));
const address = { model: "gemini-2.5-pro", isStreaming: false, isArray: false };
const dialect = geminiDialectAt(address);

/** The body that Google gets for a call of some dialect. */
function sent(caller: CallerDialect, json: Json): Json {
	const body = JSON.stringify(json);
	const request = gemini.encode({
		model: address.model,
		stream: false,
		// Whatever it is, it is translated and not forwarded.
		dialect: "openai",
		body,
		json,
		call: () => caller.toChatCall(json, body),
	});
	return JSON.parse(String(request.body)) as Json;
}

const word = fc.string({ minLength: 1, maxLength: 8, unit: "grapheme" });
const round = (id: number) =>
	fc
		.array(fc.dictionary(word, fc.jsonValue(), { noNullPrototype: true, maxKeys: 2 }), {
			minLength: 1,
			maxLength: 3,
		})
		.map((calls): object[] => [
			{
				role: "assistant",
				content: null,
				tool_calls: calls.map((args, index) => ({
					id: `call_${id}_${index}`,
					type: "function",
					function: { name: `f${index}`, arguments: JSON.stringify(args) },
				})),
			},
			...calls.map((_, index) => ({
				role: "tool",
				tool_call_id: `call_${id}_${index}`,
				content: `said ${index}`,
			})),
		]);
const request = fc
	.record({
		system: fc.option(word, { nil: undefined }),
		asked: fc.array(word, { minLength: 1, maxLength: 3 }),
		rounds: fc.tuple(round(1), round(2)),
		temperature: fc.constantFrom(0, 0.5, 1),
		max: fc.option(fc.integer({ min: 1, max: 1000 }), { nil: undefined }),
		stop: fc.array(word, { maxLength: 2 }),
		n: fc.constantFrom(1, 2),
	})
	.map(({ system, asked, rounds, temperature, max, stop, n }) => ({
		model: "m",
		messages: [
			...(system === undefined ? [] : [{ role: "system", content: system }]),
			{ role: "user", content: asked.map((text) => ({ type: "text", text })) },
			...rounds.flat(),
			{ role: "user", content: "And?" },
		],
		tools: [
			{
				type: "function",
				function: { name: "f0", description: "d", parameters: { type: "object" } },
			},
		],
		temperature,
		...(max !== undefined && { max_completion_tokens: max }),
		...(stop.length > 0 && { stop }),
		n,
	}));

describe("a request", () => {
	it("means the same after it was put into Google's words and read again", () => {
		fc.assert(
			fc.property(request, (json) => {
				const once = sent(openaiDialect, json);
				expect(sent(dialect, once)).toEqual(once);
			}),
		);
	});
});

const piece = fc.string({ minLength: 1, maxLength: 6, unit: "grapheme" });
const calls = fc.array(fc.dictionary(word, fc.jsonValue(), { noNullPrototype: true, maxKeys: 2 }), {
	maxLength: 3,
});

/** Arguments that come in pieces, the calls one after the other. */
function callEvents(args: readonly object[]): ChatEvent[] {
	return args.flatMap((value, index): ChatEvent[] => {
		const text = JSON.stringify(value);
		const at = { type: "tool-arguments", choice: 0, index } as const;
		return [
			{ type: "tool-start", choice: 0, index, id: `call_${index}`, name: "f" },
			{ ...at, text: text.slice(0, 3) },
			{ ...at, text: text.slice(3) },
		];
	});
}

/** What a reader of events knows in the end. */
function gist(events: readonly ChatEvent[]) {
	const texts = (type: "text" | "reasoning") =>
		events.map((event) => (event.type === type ? event.text : "")).join("");
	return {
		text: texts("text"),
		thought: texts("reasoning"),
		calls: events.flatMap((event) => (event.type === "tool-start" ? [event.id] : [])),
		args: [0, 1, 2].map((index) => {
			const said = events.filter((e) => e.type === "tool-arguments" && e.index === index);
			const text = said.map((e) => ("text" in e ? e.text : "")).join("");
			return text === "" ? undefined : JSON.parse(text);
		}),
		ends: events.flatMap((event) => (event.type === "end" ? [event.reason] : [])),
		usage: events.findLast((event) => event.type === "usage")?.usage,
	};
}

describe("an answer", () => {
	const options = {
		identity: { requestId: "req_1", model: "m", createdAtSeconds: 1 },
		wantsUsage: true,
		request: {
			contents: [{ parts: [{ text: "x" }] }],
			generationConfig: { thinkingConfig: { includeThoughts: true } },
		},
	};
	const answer = fc.record({
		thoughts: fc.array(piece, { maxLength: 2 }),
		texts: fc.array(piece, { maxLength: 4 }),
		args: calls,
	});

	it("says the same to Google's clients, whole and as a stream, as the model has said", () => {
		fc.assert(
			fc.property(answer, ({ thoughts, texts, args }) => {
				const events: ChatEvent[] = [
					{ type: "start" },
					...thoughts.map((text): ChatEvent => ({ type: "reasoning", choice: 0, text })),
					...texts.map((text): ChatEvent => ({ type: "text", choice: 0, text })),
					...callEvents(args),
					{ type: "end", choice: 0, reason: args.length > 0 ? "tool-calls" : "stop" },
					{
						type: "usage",
						usage: { inputTokens: 3, outputTokens: 9, reasoningTokens: 2, estimated: false },
					},
				];
				const whole = gemini.decode(dialect.encodeAnswer(events, options));
				expect(gist(whole.events)).toEqual(gist(events));
				const encoder = dialect.createStreamEncoder(options);
				const sse = events.map((event) => encoder.encode([{ events: [event] }])).join("");
				const decoder = gemini.decodeStream();
				const frames = decoder.push(Buffer.from(sse + encoder.end()));
				const last = decoder.end();
				expect(last.complete).toBe(true);
				const streamed = [...frames, ...last.frames].flatMap((frame) => frame.events);
				expect(gist(streamed)).toEqual(gist(events));
			}),
		);
	});

	it("that was cut ends with SAFETY and says so, and its last chunk is never sent early", () => {
		const encoder = dialect.createStreamEncoder(options);
		const said = encoder.encode([
			{ events: [{ type: "text", choice: 0, text: "So" }] },
			{ events: [{ type: "end", choice: 0, reason: "stop" }] },
		]);
		expect(said).not.toContain("finishReason");
		expect(encoder.cut() + encoder.end()).toMatch(/"finishReason":"SAFETY","finishMessage":/);
	});

	it("with arguments that are no JSON object still reaches the tool", () => {
		const events: ChatEvent[] = [
			{ type: "tool-start", choice: 0, index: 0, id: "c", name: "f" },
			{ type: "tool-arguments", choice: 0, index: 0, text: '{"a":' },
			{ type: "end", choice: 0, reason: "length" },
		];
		const text = dialect.encodeAnswer(events, options);
		expect(JSON.parse(text).candidates[0]).toMatchObject({
			finishReason: "MAX_TOKENS",
			content: { parts: [{ functionCall: { args: { invalid_arguments: '{"a":' } } }] },
		});
	});
});
