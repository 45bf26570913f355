import { describe, expect, it } from "vitest";
import { encodeEventStream, event } from "../__fixtures__/event-stream.ts";
import { usageIn } from "../__fixtures__/play.ts";
import { provider } from "./provider.ts";

const connector = provider.connect(provider.settings.parse({ apiKey: "k" }));

function streamed(...events: Parameters<typeof encodeEventStream>[0]) {
	const decoder = connector.decodeStream();
	const frames = [...decoder.push(encodeEventStream(events))];
	const { frames: last, complete } = decoder.end();
	return { events: [...frames, ...last].flatMap((frame) => frame.events), complete };
}

describe("decoding", () => {
	it.each([
		["end_turn", "stop"],
		["max_tokens", "length"],
		["guardrail_intervened", "filtered"],
		["something_new", "stop"],
	])("reads the end %s as %s", (stopReason, reason) => {
		const { events } = streamed(event("messageStop", { stopReason }));
		expect(events).toEqual([{ type: "end", choice: 0, reason }]);
	});

	it("takes a failure of the model for an error", () => {
		const body = { output: { message: { content: [] } }, stopReason: "malformed_tool_use" };
		expect(connector.decode(JSON.stringify(body)).events.at(-1)).toMatchObject({
			type: "error",
			code: "malformed_tool_use",
		});
	});

	it("reports exceptions and errors inside a stream", () => {
		const { events, complete } = streamed(
			event("messageStart", { role: "assistant" }),
			{
				headers: { ":message-type": "exception", ":exception-type": "throttlingException" },
				payload: { message: "Too many tokens" },
			},
			{
				headers: {
					":message-type": "error",
					":error-code": "InternalFailure",
					":error-message": "oops",
				},
				payload: "",
			},
		);
		expect(events.slice(1)).toEqual([
			{ type: "error", message: "Too many tokens", code: "throttlingException" },
			{ type: "error", message: "oops", code: "InternalFailure" },
		]);
		expect(complete).toBe(false);
	});

	it("is complete with the model's last word, though usage never comes", () => {
		const { events, complete } = streamed(event("messageStop", { stopReason: "end_turn" }));
		expect([complete, usageIn(events)]).toEqual([true, undefined]);
	});

	it("counts caches into the input", () => {
		const usage = {
			inputTokens: 1,
			outputTokens: 0,
			cacheReadInputTokens: 20,
			cacheWriteInputTokens: 300,
		};
		expect(usageIn(streamed(event("metadata", { usage })).events)).toEqual({
			inputTokens: 321,
			outputTokens: 0,
			cachedInputTokens: 20,
			cacheWriteTokens: 300,
			estimated: false,
		});
	});

	it("reads AWS's error bodies", () => {
		expect(connector.decodeFault(400, '{"message":"bad model"}').message).toBe("bad model");
		const body = '{"__type":"AccessDeniedException","Message":"no"}';
		expect(connector.decodeFault(403, body)).toEqual({
			message: "no",
			type: "AccessDeniedException",
		});
	});
});
