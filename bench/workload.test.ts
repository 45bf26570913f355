import { describe, expect, it } from "vitest";
import { estimateTokens } from "../proxy-core/text/estimate-tokens.ts";
import { longPromptTokens, promptOf } from "./workload/texts.ts";
import { apis, bodyMaker, isIntact, markLength } from "./workload.ts";

describe.each(["chat", "responses", "messages"] as const)("the check of an answer of %s", (api) => {
	const { answer, streamChunks: stream } = apis[api];
	const word = stream.findIndex((chunk) => chunk.includes("word-007"));
	const json = { api, status: 200, isStreaming: false };
	const sse = { api, status: 200, isStreaming: true };

	it("accepts what the mock sends", () => {
		expect(isIntact({ ...json, body: answer })).toBe(true);
		expect(isIntact({ ...sse, body: stream.join("") })).toBe(true);
	});

	it.each([
		["another status", { ...json, status: 500, body: answer }],
		["a cut body", { ...json, body: answer.slice(0, -20) }],
		["changed words", { ...json, body: answer.replace("microsecond", "minute") }],
		["a lost chunk", { ...sse, body: stream.toSpliced(word, 1).join("") }],
		[
			"swapped chunks",
			{
				...sse,
				body: stream.toSpliced(word, 2, stream[word + 1] ?? "", stream[word] ?? "").join(""),
			},
		],
		["a missing end", { ...sse, body: stream.slice(0, -1).join("") }],
	])("refuses %s", (_, received) => {
		expect(isIntact(received)).toBe(false);
	});

	it("goes with questions that differ in their mark only", () => {
		const body = bodyMaker({ api, model: "m", isStreaming: true, promptSize: "short" });
		const [one, other] = ["1", "2"].map((digit) => body(digit.repeat(markLength)).toString());
		expect(JSON.parse(one ?? "")).toMatchObject({ model: "m", stream: true });
		expect(one).not.toBe(other);
		expect(one?.replaceAll("1", "2")).toBe(other?.replaceAll("1", "2"));
	});
});

describe("the long prompt", () => {
	it("has the number of tokens that the report names", () => {
		const tokens = estimateTokens(promptOf("long"));
		expect(tokens).toBeGreaterThanOrEqual(longPromptTokens);
		expect(tokens).toBeLessThan(longPromptTokens * 1.01);
	});
});
