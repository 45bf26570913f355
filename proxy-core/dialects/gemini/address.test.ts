import { describe, expect, it } from "vitest";
import { keyInQuery, readCall } from "./address.ts";

describe("readCall", () => {
	it.each([
		["/v1beta/models/gemini-2.5-pro:generateContent", "gemini-2.5-pro"],
		["/v1/models/gemini-2.5-pro:generateContent", "gemini-2.5-pro"],
		["/v1beta/models/openai/gpt-4o:generateContent", "openai/gpt-4o"],
		["/v1beta/models/openai%2Fgpt-4o:generateContent", "openai/gpt-4o"],
		["/v1beta/openai/gpt-4o:generateContent", "openai/gpt-4o"],
		["/v1beta/models/ollama/llama3:8b:generateContent", "ollama/llama3:8b"],
		["/v1beta/tunedModels/mine:generateContent", "tunedModels/mine"],
	])("reads the model of %s", (path, model) => {
		expect(readCall(path, undefined)).toEqual({
			method: "generate",
			address: { model, isStreaming: false, isArray: false },
		});
	});

	it.each([
		["alt=sse", false],
		["key=k&alt=sse", false],
		["alt=json", true],
		[undefined, true],
	])("takes a stream with the query %s for an array: %s", (query, isArray) => {
		const path = "/v1beta/models/m:streamGenerateContent";
		expect(readCall(path, query)?.address).toEqual({ model: "m", isStreaming: true, isArray });
	});

	it("tells counting from answering, and knows no other method", () => {
		expect(readCall("/v1beta/models/m:countTokens", undefined)?.method).toBe("count");
		for (const path of [
			"/v1beta/models/m:embedContent",
			"/v1beta/models/m:toString",
			"/v1beta/models/m",
			"/v1beta/models/:generateContent",
			"/v1beta/models/%zz:generateContent",
			"/v2/models/m:generateContent",
			"/v1/chat/completions",
		]) {
			expect([path, readCall(path, undefined)]).toEqual([path, undefined]);
		}
	});
});

it("takes a key from the query, and nothing else for one", () => {
	expect(keyInQuery("alt=sse&key=abc%20")).toBe("abc");
	for (const query of [undefined, "", "alt=sse", "key=", "apikey=x"]) {
		expect(keyInQuery(query)).toBeUndefined();
	}
});
