import { describe, expect, it } from "vitest";
import { guardControl } from "../../proxy-core/guards/guard-policy.ts";
import { exceptionDraft, exceptionProblems, toException } from "./exception-draft.ts";

describe("exception drafts", () => {
	it("come back as what they were made from", () => {
		const exception = {
			rule: "jwt",
			teamId: "t",
			source: "tool-result",
			text: "sample",
			note: "docs",
		} as const;
		expect(toException(exceptionDraft(exception))).toEqual(exception);
	});

	it("leave out every condition that is empty", () => {
		const draft = { ...exceptionDraft(undefined), keyId: "k", text: "  ", note: " why " };
		expect(toException(draft)).toEqual({ keyId: "k", note: "why" });
	});

	it.each([
		[{ note: "only a reason" }, "all"],
		[{ text: "ab" }, "text"],
		[{ text: "   " }, "all"],
		[{ rule: "jwt" }, undefined],
		[{ text: "abc" }, undefined],
	])("are refused when a guard would refuse them: %o", (part, problem) => {
		const draft = { ...exceptionDraft(undefined), ...part };
		expect(Object.keys(exceptionProblems(draft))).toEqual(problem === undefined ? [] : [problem]);
		const isTaken = guardControl.safeParse({ exceptions: [toException(draft)] }).success;
		expect(isTaken).toBe(problem === undefined);
	});
});
