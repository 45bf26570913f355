import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeEventStream } from "../__fixtures__/event-stream.ts";
import { refusalOf } from "../__fixtures__/play.ts";
import { createEventStreamParser } from "./event-stream.ts";

function bytesOf(hex: string): Buffer {
	return Buffer.from(hex.replaceAll(" ", ""), "hex");
}

function read(bytes: Uint8Array, bytesMax?: number) {
	const messages = createEventStreamParser(bytesMax).push(bytes);
	return messages.map(({ headers, payload }) => ({
		headers: Object.fromEntries(headers),
		text: Buffer.from(payload).toString("utf8"),
	}));
}

const malformed = ["upstream.malformed", undefined];

describe("AWS's published messages", () => {
	it("without anything in it is read", () => {
		expect(read(bytesOf("00000010 00000000 05c248eb 7d98c8ff"))).toEqual([
			{ headers: {}, text: "" },
		]);
	});

	it("with a payload only is read", () => {
		const hex = "0000001d 00000000 fd528c5a 7b27666f6f273a27626172277d c3653936";
		expect(read(bytesOf(hex))).toEqual([{ headers: {}, text: "{'foo':'bar'}" }]);
	});

	it("with a number in its headers is read, the number left out", () => {
		const header = "0a6576656e742d74797065 04 0000a00c";
		const hex = `0000002d 00000010 41c424b8 ${header} 7b27666f6f273a27626172277d 36f480a0`;
		expect(read(bytesOf(hex))).toEqual([{ headers: {}, text: "{'foo':'bar'}" }]);
	});
});

describe("a stream", () => {
	const bytes = encodeEventStream([
		{ headers: { ":event-type": "a", long: "ü😀".repeat(30) }, payload: { text: "Grüße" } },
		{ headers: {}, payload: "" },
		{ headers: { ":event-type": "b" }, payload: { text: "x".repeat(5000) } },
	]);

	it("gives the same messages whatever the chunking", () => {
		const whole = read(bytes);
		expect(whole).toHaveLength(3);
		fc.assert(
			fc.property(fc.uniqueArray(fc.nat(bytes.length), { maxLength: 60 }), (cuts) => {
				const parser = createEventStreamParser();
				const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
				const seen = at
					.slice(1)
					.flatMap((end, index) => parser.push(bytes.subarray(at[index], end)))
					.map(({ headers, payload }) => ({
						headers: Object.fromEntries(headers),
						text: Buffer.from(payload).toString("utf8"),
					}));
				expect(seen).toEqual(whole);
				expect(parser.isCut()).toBe(false);
			}),
			{ numRuns: 50 },
		);
	});

	it("is cut when it ends inside a message", () => {
		const parser = createEventStreamParser();
		parser.push(bytes.subarray(0, bytes.length - 1));
		expect(parser.isCut()).toBe(true);
	});

	it("is malformed when any bit is wrong", () => {
		const sound = encodeEventStream([{ headers: { a: "b" }, payload: "xyz" }]);
		for (let at = 0; at < sound.length; at += 1) {
			const broken = Uint8Array.from(sound);
			broken[at] = (broken[at] ?? 0) ^ 1;
			expect(
				refusalOf(() => read(broken)),
				`byte ${at}`,
			).toEqual(malformed);
		}
	});

	it("is malformed when a message is larger than allowed", () => {
		expect(refusalOf(() => read(bytes, 1000))).toEqual(malformed);
	});
});
