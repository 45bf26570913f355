import { describe, expect, it } from "vitest";
import { isIntact, streamChunks, upstreamAnswer } from "./workload.ts";

const stream = streamChunks();

describe("the check of an answer", () => {
	it("accepts what the mock sends", () => {
		expect(isIntact({ status: 200, body: upstreamAnswer(), isStreaming: false })).toBe(true);
		expect(isIntact({ status: 200, body: stream.join(""), isStreaming: true })).toBe(true);
	});

	it.each([
		["another status", { status: 500, body: upstreamAnswer(), isStreaming: false }],
		["a cut body", { status: 200, body: upstreamAnswer().slice(0, -20), isStreaming: false }],
		[
			"changed words",
			{ status: 200, body: upstreamAnswer().replace("microsecond", "minute"), isStreaming: false },
		],
		["a lost chunk", { status: 200, body: stream.toSpliced(7, 1).join(""), isStreaming: true }],
		[
			"swapped chunks",
			{ status: 200, body: [stream[1], stream[0], ...stream.slice(2)].join(""), isStreaming: true },
		],
		["a missing end", { status: 200, body: stream.slice(0, -1).join(""), isStreaming: true }],
	])("refuses %s", (_, answer) => {
		expect(isIntact(answer)).toBe(false);
	});
});
