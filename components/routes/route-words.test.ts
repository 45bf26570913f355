import { describe, expect, it } from "vitest";
import { kindOf, pathOf, shortScore, stepTitle } from "./route-words.ts";

const entry = { target: "openai/gpt-5", weight: 1 };

describe("the words about a route", () => {
	it("tell an alias, a group and a pattern apart", () => {
		expect(kindOf({ name: "fast", entries: [entry] })).toBe("alias");
		expect(kindOf({ name: "fast", entries: [entry, { ...entry, target: "a/b" }] })).toBe("group");
		expect(kindOf({ name: "gpt-*", entries: [entry] })).toBe("pattern");
	});

	it("leave out what a score was made of", () => {
		expect(shortScore("0.42 /s (100 % worked, 180 ms, $0.002100)")).toBe("0.42 /s");
		expect(shortScore("priority 0")).toBe("priority 0");
	});

	it("show a step that they do not know as it is called", () => {
		expect(stepTitle("sticky")).toBe("Session");
		expect(stepTitle("weather")).toBe("weather");
	});

	it("name the address of an endpoint", () => {
		expect(pathOf("chat.completions")).toBe("/v1/chat/completions");
		expect(pathOf("messages.count_tokens")).toBe("/v1/messages/count_tokens");
	});
});
