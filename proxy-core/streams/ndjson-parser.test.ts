import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createNdjsonParser } from "./ndjson-parser.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

function parse(chunks: readonly Uint8Array[]): string[] {
	const parser = createNdjsonParser();
	return [...chunks.flatMap((chunk) => parser.push(chunk)), ...parser.end()];
}

describe("createNdjsonParser", () => {
	it("gives one text per line, without blank ones and with an unfinished last one", () => {
		expect(parse([bytesOf('{"a":1}\r\n\n  \n{"b":"ü"}')])).toEqual(['{"a":1}', '{"b":"ü"}']);
	});

	it("gives the same lines for every split", () => {
		fc.assert(
			fc.property(fc.array(fc.jsonValue()), fc.nat(200), (values, cut) => {
				const texts = values.map((value) => JSON.stringify(value));
				const bytes = bytesOf(texts.join("\n"));
				expect(parse([bytes.slice(0, cut), bytes.slice(cut)])).toEqual(texts);
				expect(parse(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(texts);
			}),
		);
	});
});
