import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Frame } from "../../contract/chat.ts";
import { createStreamEncoder } from "../../dialects/responses/encode-stream.ts";
import {
	nativeEvents,
	nativeMessage,
	nativeResponse,
	typedEvents,
} from "../../testing/responses-script.ts";
import { responsesWire } from "./responses-wire.ts";

const wire = responsesWire({ path: "/responses", headers: { authorization: "Bearer k" } });
const whole = Buffer.from(nativeEvents({ deltas: ["Hé", "llo 🌍", "."] }).join(""));

function decode(chunks: readonly Uint8Array[]): { frames: readonly Frame[]; complete: boolean } {
	const decoder = wire.decodeStream();
	const frames = chunks.flatMap((bytes) => decoder.push(bytes));
	const { frames: last, complete } = decoder.end();
	return { frames: [...frames, ...last], complete };
}

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
	const at = [...new Set(places.map((place) => place % bytes.length))].toSorted((a, b) => a - b);
	return [0, ...at].map((start, index) => bytes.subarray(start, at[index]));
}

function forwarded(frames: readonly Frame[]): string {
	const encoder = createStreamEncoder({
		identity: { requestId: "req_1", model: "m", createdAtSeconds: 1 },
		wantsUsage: true,
		request: {},
	});
	return encoder.encode(frames) + encoder.end();
}

/** Frames as hold-back hands them on when a guard changes every text. */
function edited(frames: readonly Frame[], change: (text: string) => string): readonly Frame[] {
	return frames.map((frame) => {
		const events = frame.events.map((event) =>
			"text" in event ? { ...event, text: change(event.text) } : event,
		);
		const { wire: own } = frame;
		return own === undefined
			? { events }
			: { events, wire: { ...own, data: own.rewrite(events, true) } };
	});
}

describe("a request on the Responses wire", () => {
	it("is the caller's own text but for the model", () => {
		const body = '{"model":"alias" ,"input":"a\\u0041", "n":12345678901234567890}';
		const json = JSON.parse(body) as Record<string, unknown>;
		const request = wire.encode({
			model: "gpt",
			stream: true,
			dialect: "responses",
			body,
			json,
			call: () => {
				throw new Error("It needs no translation.");
			},
		});
		expect(request).toMatchObject({
			path: "/responses",
			headers: { authorization: "Bearer k", accept: "text/event-stream" },
			body: body.replace('"alias"', '"gpt"'),
		});
	});

	it("leaves out thinking of another provider that the gateway had put into an answer", () => {
		const own = { type: "reasoning", id: "rs_1", summary: [] };
		const input = [{ role: "user", content: "x" }, { ...own, id: "rs_llmproxy_1_0" }, own];
		const body = JSON.stringify({ model: "alias", input });
		const request = wire.encode({
			model: "gpt",
			stream: false,
			dialect: "responses",
			body,
			json: JSON.parse(body) as Record<string, unknown>,
			call: () => {
				throw new Error("It needs no translation.");
			},
		});
		expect(JSON.parse(String(request.body))).toEqual({
			model: "gpt",
			input: [{ role: "user", content: "x" }, own],
		});
	});
});

describe("a stream on the Responses wire", () => {
	it("gives the same events and leaves as it came, whatever the chunking", () => {
		const golden = decode([whole]);
		expect(golden.complete).toBe(true);
		fc.assert(
			fc.property(fc.array(fc.nat(), { maxLength: 12 }), (places) => {
				const { frames, complete } = decode(cut(whole, places));
				expect(complete).toBe(true);
				expect(frames.map((frame) => frame.events)).toEqual(
					golden.frames.map((frame) => frame.events),
				);
				expect(forwarded(frames)).toBe(whole.toString("utf8"));
			}),
		);
	});

	it("says every text once", () => {
		const events = decode([whole]).frames.flatMap((frame) => frame.events);
		expect(events.filter((event) => !("text" in event))).toMatchObject([
			{ type: "start", id: "resp_upstream", model: "test-model" },
			{ type: "tool-start", index: 0, id: "call_1", name: "weather" },
			{ type: "usage", usage: { inputTokens: 100, cachedInputTokens: 40, reasoningTokens: 5 } },
			{ type: "end", reason: "tool-calls" },
		]);
		const textOf = (type: string) =>
			events.map((event) => (event.type === type && "text" in event ? event.text : "")).join("");
		expect(textOf("text")).toBe("Héllo 🌍.");
		expect(textOf("reasoning")).toBe("Thinking hard.");
		expect(textOf("tool-arguments")).toBe('{"city":"Paris"}');
	});

	it("carries an edit of any text to every place that repeats it", () => {
		fc.assert(
			fc.property(fc.constantFrom("", "x", "[REDACTED]"), (mask) => {
				const text = forwarded(edited(decode([whole]).frames, () => mask));
				for (const word of ["Hé", "llo", "Thinking", "hard", "city", "Paris"])
					expect(text).not.toContain(word);
			}),
		);
	});

	it("keeps deltas, done events and the last event of one mind after an edit", () => {
		const text = forwarded(edited(decode([whole]).frames, (piece) => piece.toUpperCase()));
		const events = text
			.split("\n\n")
			.flatMap((block) => (/^data: (.*)$/m.exec(block)?.[1] ?? "").split("\n"))
			.filter((data) => data !== "")
			.map((data) => JSON.parse(data) as Record<string, unknown>);
		const done = events.find(({ type }) => type === "response.output_text.done");
		expect(done?.["text"]).toBe("HÉLLO 🌍.");
		expect(events.at(-1)?.["response"]).toMatchObject({
			output: [
				{ summary: [{ text: "THINKING HARD." }] },
				{ content: [{ text: "HÉLLO 🌍." }] },
				{ arguments: '{"CITY":"PARIS"}' },
			],
		});
		expect(text).not.toContain('"token":"Hé"');
	});

	it.each([
		[
			"only when it is complete",
			[{ type: "response.output_item.done", output_index: 0, item: nativeMessage("secret") }],
		],
		[
			"only at the very end",
			[{ type: "response.completed", response: nativeResponse([nativeMessage("secret")]) }],
		],
		[
			"longer at the end than before",
			[
				{ type: "response.output_text.delta", output_index: 0, content_index: 0, delta: "sec" },
				{ type: "response.output_text.done", output_index: 0, content_index: 0, text: "secret" },
			],
		],
		[
			"otherwise at the end than before",
			[
				{ type: "response.output_text.delta", output_index: 0, content_index: 0, delta: "fine" },
				{ type: "response.output_text.done", output_index: 0, content_index: 0, text: "secret" },
				{ type: "response.completed", response: nativeResponse([nativeMessage("secret")]) },
			],
		],
		["in an event of an unknown kind", [{ type: "response.brand_new", deep: { id: "secret" } }]],
		[
			"in a citation",
			[
				{
					type: "response.output_text.annotation.added",
					output_index: 0,
					content_index: 0,
					annotation_index: 0,
					annotation: { type: "url_citation", title: "secret" },
				},
			],
		],
		[
			"in arguments of MCP",
			[{ type: "response.mcp_call_arguments.delta", output_index: 0, delta: "secret" }],
		],
		[
			"in the field for convenience",
			[{ type: "response.completed", response: { ...nativeResponse([]), output_text: "secret" } }],
		],
	])("shows guards a text that comes %s, and lets them edit it", (_when, events) => {
		const { frames } = decode([Buffer.from(typedEvents(events).join(""))]);
		const texts = frames.flatMap(({ events: all }) =>
			all.flatMap((event) => ("text" in event ? [event.text] : [])),
		);
		expect(texts.join("")).toContain("secret");
		const masked = forwarded(edited(frames, (text) => text.replaceAll(/sec|ret/g, "#")));
		expect(masked).not.toContain("sec");
		expect(masked).toContain("#");
	});

	it("keeps two messages apart, so that words do not grow together", () => {
		const part = (output_index: number, delta: string) => ({
			type: "response.output_text.delta",
			output_index,
			content_index: 0,
			delta,
		});
		const { frames } = decode([
			Buffer.from(typedEvents([part(0, "one"), part(1, "two")]).join("")),
		]);
		const texts = frames.flatMap(({ events }) =>
			events.flatMap((event) => (event.type === "text" ? [event.text] : [])),
		);
		expect(texts.join("")).toBe("one\n\ntwo");
	});

	it("counts an answer without its last event as broken, and one that failed as complete", () => {
		const events = nativeEvents({ deltas: ["x"] });
		expect(decode([Buffer.from(events.slice(0, -1).join(""))]).complete).toBe(false);
		const failed = { type: "response.failed", response: { error: { message: "It broke." } } };
		const { frames, complete } = decode([Buffer.from(typedEvents([failed]).join(""))]);
		expect(complete).toBe(true);
		expect(frames[0]?.events[0]).toMatchObject({ type: "error", message: "It broke." });
	});
});

describe("a JSON answer on the Responses wire", () => {
	it("that was cut short or failed says so", () => {
		const cutShort = wire.decode(
			JSON.stringify(nativeResponse([nativeMessage("x")], "incomplete")),
		);
		expect(cutShort.events.at(-1)).toEqual({ type: "end", choice: 0, reason: "length" });
		const failed = { ...nativeResponse([], "failed"), error: { code: "c", message: "It broke." } };
		expect(wire.decode(JSON.stringify(failed)).events[0]).toMatchObject({ type: "error" });
		expect(() => wire.decode('{"object":"response"}')).toThrow();
	});
});
