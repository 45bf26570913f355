import { describe, expect, it } from "vitest";
import { encoded, refusalOf, streamed } from "../__fixtures__/play.ts";
import { provider } from "./provider.ts";

const connector = provider.connect(provider.settings.parse({}));
const tools = [{ type: "function", function: { name: "f" } }];
const image = (url: string) => [
	{
		role: "user",
		content: [
			{ type: "text", text: "see" },
			{ type: "image_url", image_url: { url } },
		],
	},
];

describe("encoding", () => {
	it("says whether to stream, because Ollama does unless told otherwise", () => {
		expect(encoded(connector, {})["stream"]).toBe(false);
		expect(encoded(connector, {}, { stream: true })["stream"]).toBe(true);
	});

	it("maps options, formats and thinking", () => {
		const body = encoded(connector, {
			max_tokens: 5,
			temperature: 0,
			top_p: 1,
			seed: 3,
			stop: "x",
			response_format: { type: "json_object" },
			reasoning_effort: "low",
		});
		expect(body).toMatchObject({
			options: { num_predict: 5, temperature: 0, top_p: 1, seed: 3, stop: ["x"] },
			format: "json",
			think: true,
		});
		expect(encoded(connector, { reasoning_effort: "none" })["think"]).toBe(false);
		expect(
			encoded(connector, { reasoning_effort: "minimal" }, { model: "gpt-oss:20b" })["think"],
		).toBe("low");
		expect(encoded(connector, {})).not.toHaveProperty("options");
	});

	it("sends images as base64 and refuses remote ones", () => {
		expect(
			encoded(connector, { messages: image("data:image/png;base64,QUJD") })["messages"],
		).toEqual([{ role: "user", content: "see", images: ["QUJD"] }]);
		const remote = () => encoded(connector, { messages: image("https://example.com/a.png") });
		expect(refusalOf(remote)).toEqual(["request.unsupported", "messages[0].content[1]"]);
	});

	it.each([
		[{ n: 2 }, "n"],
		[{ logprobs: true }, "logprobs"],
		[{ tools, tool_choice: "required" }, "tool_choice"],
		[{ tools, parallel_tool_calls: false }, "parallel_tool_calls"],
		[{ top_k: 3 }, "top_k"],
	])("cannot express %j and names %s", (json, param) => {
		expect(refusalOf(() => encoded(connector, json))).toEqual(["request.unsupported", param]);
	});

	it("offers no tools when none may be called", () => {
		expect(encoded(connector, { tools, tool_choice: "none" })).not.toHaveProperty("tools");
	});
});

describe("decoding", () => {
	it("reports an error line in mid-stream", () => {
		const { events, complete } = streamed(
			connector,
			'{"model":"m","message":{"content":"x"},"done":false}\n{"error":"out of memory"}\n',
		);
		expect(events.at(-1)).toEqual({ type: "error", message: "out of memory" });
		expect(complete).toBe(false);
	});

	it("reports no usage when a count is missing", () => {
		const { events } = connector.decode(
			'{"model":"m","message":{"content":"x"},"done":true,"eval_count":3}',
		);
		expect(events.some((event) => event.type === "usage")).toBe(false);
	});

	it("reads error bodies and lists models", () => {
		expect(connector.decodeFault(404, '{"error":"model \'x\' not found"}')).toEqual({
			message: "model 'x' not found",
		});
		expect(
			connector.models.parse('{"models":[{"name":"a:latest","model":"a:latest"},{"name":"b"}]}'),
		).toEqual(["a:latest", "b"]);
	});
});
