import { describe, expect, it } from "vitest";
import { emptyAnswer } from "./answer.ts";
import { factsOfComment, factsOfHeaders, withChunk } from "./read-answer.ts";

const delta = (part: unknown, finish: string | null = null) => ({
	choices: [{ index: 0, delta: part, finish_reason: finish }],
});

const fold = (...chunks: readonly unknown[]) =>
	chunks.reduce<typeof emptyAnswer>(withChunk, emptyAnswer);

describe("withChunk", () => {
	it("gathers text, reasoning and the reason of the end", () => {
		const answer = fold(
			delta({ role: "assistant", content: "" }),
			delta({ reasoning_content: "Hm" }),
			delta({ reasoning: "m." }),
			delta({ content: "Hel" }),
			delta({ content: "lo" }),
			delta({}, "stop"),
		);
		expect(answer).toMatchObject({ text: "Hello", reasoning: "Hmm.", finishReason: "stop" });
	});

	it("puts tool calls together from their pieces, several at once", () => {
		const extra = { google: { thought_signature: "s" } };
		const answer = fold(
			delta({
				tool_calls: [
					{
						index: 0,
						id: "a",
						function: { name: "get_weather", arguments: "" },
						extra_content: extra,
					},
				],
			}),
			delta({ tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] }),
			delta({ tool_calls: [{ index: 1, id: "b", function: { name: "now", arguments: "{}" } }] }),
			delta({ tool_calls: [{ index: 0, function: { arguments: '"Rome"}' } }] }, "tool_calls"),
		);
		expect(answer.toolCalls).toEqual([
			{ id: "a", name: "get_weather", arguments: '{"city":"Rome"}', extra },
			{ id: "b", name: "now", arguments: "{}" },
		]);
	});

	it("reads a whole answer as one chunk", () => {
		const answer = fold({
			choices: [
				{
					message: {
						content: null,
						refusal: "No.",
						tool_calls: [
							{ id: "a", function: { name: "x", arguments: "1" } },
							{ id: "b", function: { name: "y", arguments: "2" } },
						],
					},
					finish_reason: "tool_calls",
				},
			],
			usage: {
				prompt_tokens: 3,
				completion_tokens: 4,
				prompt_tokens_details: { cached_tokens: 2 },
			},
		});
		expect(answer.refusal).toBe("No.");
		expect(answer.toolCalls.map((call) => call.name)).toEqual(["x", "y"]);
		expect(answer.usage).toEqual({
			inputTokens: 3,
			outputTokens: 4,
			cachedTokens: 2,
			reasoningTokens: undefined,
		});
	});

	it("leaves the answer alone for chunks it cannot read", () => {
		for (const junk of [null, 7, "x", [], {}, { choices: "no" }, { choices: [{ delta: 5 }] }]) {
			expect(withChunk({ ...emptyAnswer, text: "kept" }, junk).text).toBe("kept");
		}
	});
});

describe("factsOfHeaders", () => {
	it("reads what the gateway adds and leaves out what is not there", () => {
		const headers = new Headers({
			"x-request-id": "r1",
			"x-llmproxy-provider": "openai",
			"x-llmproxy-model": "gpt-4o",
			"x-llmproxy-overhead-ms": "0.412",
		});
		expect(factsOfHeaders(headers)).toEqual({
			requestId: "r1",
			provider: "openai",
			model: "gpt-4o",
			costUsd: undefined,
			overheadMs: 0.412,
		});
	});
});

describe("factsOfComment", () => {
	it("reads cost and overhead", () => {
		expect(factsOfComment("x-llmproxy-cost-usd=0.000125 x-llmproxy-overhead-ms=1.250")).toEqual({
			costUsd: "0.000125",
			overheadMs: 1.25,
		});
		expect(factsOfComment("x-llmproxy-cost-usd=unknown")).toEqual({ costUsd: "unknown" });
	});

	it("takes nothing from other comments", () => {
		expect(factsOfComment("ping")).toEqual({});
	});
});
