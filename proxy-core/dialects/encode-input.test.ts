import { describe, expect, it } from "vitest";
import { provider } from "../providers/anthropic/provider.ts";
import { anthropicDialect } from "./anthropic/dialect.ts";
import { encodeInputOf } from "./encode-input.ts";

const connector = provider.connect(provider.settings.parse({ apiKey: "k" }));
const text =
	'{"model":"m","max_tokens":5,"service_tier":"auto","messages":[{"role":"user","content":"x"}]}';
const headers = {
	"anthropic-version": "2099-01-01",
	"anthropic-beta": "context-1m",
	"x-api-key": "caller's",
};
const question = {
	dialect: anthropicDialect,
	body: { text, json: JSON.parse(text) },
	headers,
	isStreaming: false,
	model: "upstream-model",
};

describe("the input of a wire", () => {
	it("has the headers that may pass, and only for a wire of the caller's dialect", () => {
		const { input } = encodeInputOf({ ...question, wire: "anthropic" });
		expect(input.headers).toEqual({
			"anthropic-version": "2099-01-01",
			"anthropic-beta": "context-1m",
		});
		expect(connector.encode(input).headers).toMatchObject({
			"anthropic-version": "2099-01-01",
			"anthropic-beta": "context-1m",
			"x-api-key": "k",
		});
		expect(encodeInputOf({ ...question, wire: "openai" }).input).not.toHaveProperty("headers");
	});

	it("translates once, and tells what was left out only when it was translated", () => {
		const { input, omitted } = encodeInputOf({ ...question, wire: "openai" });
		expect(omitted()).toEqual([]);
		expect(input.call()).toBe(input.call());
		expect(omitted()).toEqual(["service_tier"]);
	});
});
