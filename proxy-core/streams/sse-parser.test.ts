import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GatewayError } from "../errors/gateway-error.ts";
import type { SseEvent } from "./sse-parser.ts";
import { createSseParser } from "./sse-parser.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

function parse(chunks: readonly Uint8Array[], charactersMax?: number): SseEvent[] {
	const parser = createSseParser(charactersMax);
	return [...chunks.flatMap((chunk) => parser.push(chunk)), ...parser.end()];
}

const parseText = (text: string) => parse([bytesOf(text)]);

describe("createSseParser", () => {
	it("reads events whatever the line ends", () => {
		for (const end of ["\n", "\r", "\r\n"])
			expect(parseText(["event: a", "data: 1", "id: 7", "", "data:2", "", ""].join(end))).toEqual([
				{ event: "a", data: "1", id: "7" },
				{ data: "2" },
			]);
	});

	it("joins several data lines and strips one space only", () => {
		expect(parseText("data: a\ndata:  b\ndata\ndata:c\n\n")).toEqual([{ data: "a\n b\n\nc" }]);
	});

	it("passes over comments, unknown fields, a byte order mark and events without data", () => {
		expect(parseText("\uFEFF: ping\n\nevent: x\n\nretry: 10\nfoo: bar\ndata: y\n\n")).toEqual([
			{ data: "y" },
		]);
	});

	it("delivers a last event without its blank line", () => {
		expect(parseText("data: a\n\ndata: b")).toEqual([{ data: "a" }, { data: "b" }]);
		expect(parseText("data: a\r\n")).toEqual([{ data: "a" }]);
	});

	it("delivers an event as soon as the CR of its blank line is there", () => {
		const parser = createSseParser();
		expect(parser.push(bytesOf("data: a\r\n\r"))).toEqual([{ data: "a" }]);
		expect(parser.push(bytesOf("\ndata: b\r\n\r\n"))).toEqual([{ data: "b" }]);
	});

	it("refuses an event above the limit, in one line or in many", () => {
		const isMalformed = (run: () => unknown) => {
			try {
				run();
			} catch (error) {
				return GatewayError.is(error) && error.code === "upstream.malformed";
			}
			return false;
		};
		expect(isMalformed(() => parse([bytesOf(`data: ${"x".repeat(2000)}`)], 1000))).toBe(true);
		const lines = bytesOf("data: xxxxxxxxx\n".repeat(200));
		expect(isMalformed(() => parse([lines], 1000))).toBe(true);
		expect(isMalformed(() => parse([bytesOf("data: x\n\n".repeat(2000))], 1000))).toBe(false);
	});

	it("gives the same events for every split of a stream", () => {
		const line = fc.oneof(
			fc.constantFrom(
				"",
				"",
				'data: {"a":1}',
				"data:",
				": ping",
				"event: x",
				"id: 1",
				"data: ü😀漢",
			),
			fc.string({ unit: "grapheme" }).map((text) => `data: ${text}`),
		);
		const stream = fc
			.array(fc.tuple(line, fc.constantFrom("\n", "\r", "\r\n")), { maxLength: 20 })
			.map((lines) => bytesOf(lines.flat().join("")));
		fc.assert(
			fc.property(stream, fc.array(fc.nat(400)), (bytes, cuts) => {
				const whole = parse([bytes]);
				expect(parse(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(whole);
				expect(parse(splitAt(bytes, cuts))).toEqual(whole);
			}),
		);
	});
});

function splitAt(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
	const at = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
	return at.slice(1).map((end, index) => bytes.slice(at[index], end));
}
