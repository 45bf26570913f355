import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SseItem } from "./sse-parser.ts";
import { createSseParser } from "./sse-parser.ts";

function parse(...pieces: readonly string[]): readonly SseItem[] {
	const parser = createSseParser();
	return pieces.flatMap((piece) => parser.push(piece));
}

const data = (text: string): SseItem => ({ kind: "data", text });
const comment = (text: string): SseItem => ({ kind: "comment", text });

describe("createSseParser", () => {
	it("reads events and comments in order", () => {
		expect(parse(': ping\n\ndata: {"a":1}\n\n: cost=0.1\n\ndata: [DONE]\n\n')).toEqual([
			comment("ping"),
			data('{"a":1}'),
			comment("cost=0.1"),
			data("[DONE]"),
		]);
	});

	it("joins the data lines of one event", () => {
		expect(parse("event: x\ndata: a\ndata:b\ndata:  c\nid: 7\n\n")).toEqual([data("a\nb\n c")]);
	});

	it("takes every kind of line end, also cut in two", () => {
		expect(parse("data: a\r", "\n\r", "\ndata: b\r\rdata: c\n\n")).toEqual([
			data("a"),
			data("b"),
			data("c"),
		]);
	});

	it("drops an event that never ended, a byte order mark and fields it does not know", () => {
		expect(parse("\uFEFFdata: a\n\nretry: 5\n\ndata: cut")).toEqual([data("a")]);
	});

	it("gives the same items however the text is cut", () => {
		const line = fc.constantFrom("data: x", "data:y z", ": note", "", "id: 1", "data", "data: ü😀");
		const end = fc.constantFrom("\n", "\r\n", "\r");
		const stream = fc.array(fc.tuple(line, end)).map((lines) => lines.flat().join(""));
		fc.assert(
			fc.property(stream, fc.infiniteStream(fc.integer({ min: 1, max: 5 })), (text, sizes) => {
				const pieces: string[] = [];
				for (let at = 0; at < text.length; ) {
					const size = sizes.next().value ?? 1;
					pieces.push(text.slice(at, at + size));
					at += size;
				}
				expect(parse(...pieces)).toEqual(parse(text));
			}),
		);
	});
});
