import { describe, expect, it } from "vitest";
import { firstRequestSnippets, matchesPattern, modelForKey } from "./snippets.ts";

const offered = [
	{ id: "simulator/echo", model: "echo" },
	{ id: "openai/gpt-4o", model: "gpt-4o" },
	{ id: "openai/gpt-4o-mini", model: "gpt-4o-mini" },
];

describe("modelForKey", () => {
	it("is the first offered model when the key may use all", () => {
		expect(modelForKey([], offered)).toBe("simulator/echo");
	});

	it("is the first one that a pattern or a bare name allows", () => {
		expect(modelForKey(["openai/*"], offered)).toBe("openai/gpt-4o");
		expect(modelForKey(["gpt-4o-mini"], offered)).toBe("openai/gpt-4o-mini");
	});

	it("falls back to a name that nobody offers yet", () => {
		expect(modelForKey(["mistral/*", "mistral/large"], offered)).toBe("mistral/large");
		expect(modelForKey(["mistral/*"], offered)).toBe("MODEL");
	});
});

describe("matchesPattern", () => {
	it.each([
		["*", "anything", true],
		["openai/*", "openai/gpt-4o", true],
		["openai/*", "azure/gpt-4o", false],
		["*mini", "gpt-4o-mini", true],
		["gpt-*-mini", "gpt-4o-mini", true],
		["gpt-*-mini", "gpt-mini", false],
		["a*b*c", "axxbxxc", true],
		["aa*aa", "aaa", false],
		["gpt.4", "gpt-4", false],
	])("says whether %s stands for %s", (pattern, text, expected) => {
		expect(matchesPattern(pattern, text)).toBe(expected);
	});
});

describe("firstRequestSnippets", () => {
	it("carries address, token and model in every language", () => {
		const facts = {
			gatewayUrl: "http://gw:8090/v1",
			token: "sk-llmproxy-x",
			model: "simulator/echo",
		};
		for (const { code } of firstRequestSnippets(facts)) {
			for (const fact of Object.values(facts)) expect(code).toContain(fact);
		}
	});
});
