import { describe, expect, it } from "vitest";
import { emptyAnswer } from "./answer.ts";
import { chatRequest } from "./chat-request.ts";
import type { Turn } from "./conversation.ts";
import { openCalls, withoutTurn, withText } from "./conversation.ts";
import { initialParameters, issuesOf, toolNames } from "./parameters.ts";

const turns: readonly Turn[] = [
	{ id: "1", kind: "user", text: "Weather in Rome?" },
	{
		id: "2",
		kind: "assistant",
		answer: {
			...emptyAnswer,
			state: { kind: "done" },
			toolCalls: [
				{ id: "a", name: "get_weather", arguments: '{"city":"Rome"}', extra: { google: {} } },
				{ id: "b", name: "now", arguments: "{}" },
			],
		},
	},
	{ id: "3", kind: "tool", callId: "a", name: "get_weather", text: "sunny" },
];

describe("chatRequest", () => {
	it("asks for nothing that was left to the model", () => {
		const parameters = { ...initialParameters, isStreaming: false };
		expect(chatRequest({ model: "simulator/echo", turns: turns.slice(0, 1), parameters })).toEqual({
			model: "simulator/echo",
			messages: [{ role: "user", content: "Weather in Rome?" }],
		});
	});

	it("sends tool calls and their results as turns", () => {
		const { messages } = chatRequest({ model: "m", turns, parameters: initialParameters });
		expect(messages).toEqual([
			{ role: "user", content: "Weather in Rome?" },
			{
				role: "assistant",
				content: null,
				tool_calls: [
					{
						id: "a",
						type: "function",
						function: { name: "get_weather", arguments: '{"city":"Rome"}' },
						extra_content: { google: {} },
					},
					{ id: "b", type: "function", function: { name: "now", arguments: "{}" } },
				],
			},
			{ role: "tool", tool_call_id: "a", content: "sunny" },
		]);
	});

	it("carries every parameter that is set", () => {
		const parameters = {
			...initialParameters,
			system: "Be brief.",
			temperature: "0.2",
			maxTokens: "64",
			format: "schema",
			schema: '{"type":"object"}',
			hasTools: true,
			toolChoice: "get_weather",
		} as const;
		expect(chatRequest({ model: "m", turns: [], parameters })).toMatchObject({
			messages: [{ role: "system", content: "Be brief." }],
			temperature: 0.2,
			max_completion_tokens: 64,
			response_format: { type: "json_schema", json_schema: { schema: { type: "object" } } },
			tools: [{ function: { name: "get_weather" } }],
			tool_choice: { type: "function", function: { name: "get_weather" } },
			stream: true,
			stream_options: { include_usage: true },
		});
	});

	it("falls back to auto for a tool that is not offered any more", () => {
		const parameters = { ...initialParameters, hasTools: true, toolChoice: "gone" };
		expect(chatRequest({ model: "m", turns: [], parameters })["tool_choice"]).toBe("auto");
	});

	it("leaves out an answer that failed before its first word", () => {
		const failed: Turn = { id: "4", kind: "assistant", answer: emptyAnswer };
		const { messages } = chatRequest({
			model: "m",
			turns: [failed],
			parameters: initialParameters,
		});
		expect(messages).toEqual([]);
	});
});

describe("issuesOf", () => {
	it("is empty for the parameters one begins with", () => {
		expect(issuesOf({ ...initialParameters, hasTools: true, format: "schema" })).toEqual({});
	});

	it("names what would be sent and is wrong, and nothing else", () => {
		const wrong = {
			...initialParameters,
			temperature: "warm",
			maxTokens: "1.5",
			schema: "[]",
			tools: "{",
		};
		expect(Object.keys(issuesOf(wrong))).toEqual(["temperature", "maxTokens"]);
		expect(Object.keys(issuesOf({ ...wrong, format: "schema", hasTools: true }))).toEqual([
			"temperature",
			"maxTokens",
			"schema",
			"tools",
		]);
	});
});

describe("toolNames", () => {
	it("lists the tools while they are offered and can be read", () => {
		expect(toolNames({ ...initialParameters, hasTools: true })).toEqual(["get_weather"]);
		expect(toolNames(initialParameters)).toEqual([]);
		expect(toolNames({ ...initialParameters, hasTools: true, tools: "[" })).toEqual([]);
	});
});

describe("conversation", () => {
	it("knows which calls still want a result", () => {
		expect(openCalls(turns, "2").map((call) => call.id)).toEqual(["b"]);
		expect(openCalls(turns, "1")).toEqual([]);
	});

	it("takes results away together with the turn that asked for them", () => {
		expect(withoutTurn(turns, "2").map((turn) => turn.id)).toEqual(["1"]);
		expect(withoutTurn(turns, "3").map((turn) => turn.id)).toEqual(["1", "2"]);
	});

	it("changes the words of one turn", () => {
		const [first, second] = withText(withText(turns, "1", "Hi"), "2", "Edited");
		expect(first).toMatchObject({ text: "Hi" });
		expect(second).toMatchObject({ answer: { text: "Edited" } });
	});
});
