import { describe, expect, it } from "vitest";
import { draftFrom, questionOf, tokensIssue } from "./trial-question.ts";

describe("a trial's question", () => {
	it("leaves out what was not chosen", () => {
		const draft = draftFrom(new URLSearchParams("model=fast&endpoint=weather"));
		expect(questionOf(draft)).toEqual({ model: "fast" });
	});

	it("has everything that the address names", () => {
		const draft = draftFrom(
			new URLSearchParams("model=fast&key=k1&session=%20s1&endpoint=embeddings&tokens=0"),
		);
		expect(questionOf(draft)).toEqual({
			model: "fast",
			keyId: "k1",
			session: "s1",
			endpoint: "embeddings",
			inputTokens: 0,
		});
	});

	it("is not asked without a model or with a number of tokens that is none", () => {
		expect(questionOf(draftFrom(new URLSearchParams("model=%20")))).toBeUndefined();
		expect(questionOf(draftFrom(new URLSearchParams("model=fast&tokens=many")))).toBeUndefined();
		expect(tokensIssue("1.5")).toBe("A whole number from 0 to 10,000,000.");
	});
});
