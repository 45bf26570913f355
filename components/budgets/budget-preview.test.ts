import { describe, expect, it } from "vitest";
import type { BudgetDraft } from "./budget-draft.ts";
import { newDraft } from "./budget-draft.ts";
import { previewOf } from "./budget-preview.ts";

const now = new Date("2026-03-04T05:06:07.000Z");
const draft: BudgetDraft = { ...newDraft("Europe/Vienna"), hard: "200", soft: "160" };

function preview(part: Partial<BudgetDraft>, name?: string): string {
	return previewOf({ ...draft, ...part }, { name, before: undefined, now }).join(" ");
}

describe("previewOf", () => {
	it("says who may spend what, when it warns and when it refuses", () => {
		expect(preview({}, "Search")).toBe(
			"Team Search may spend $200.00 a month. " +
				"At $160.00 (80 %) the Overview and this page warn; requests go on. " +
				"Requests that could go beyond $200.00 are refused with status 402 until the next month begins: now Wed 1 Apr, 00:00, Europe/Vienna. " +
				"Counting begins now; what was used before does not count.",
		);
	});

	it("says which cheaper models answer", () => {
		const text = preview({ softAction: "downgrade", downgradeTo: ["small", "tiny"] }, "Search");
		expect(text).toContain(
			"At $160.00 (80 %) a cheaper model answers instead: the first of small, tiny that the caller may use.",
		);
	});

	it.each([
		[{ scope: "organisation" }, undefined, "The whole organisation may spend"],
		[{ isEach: true }, undefined, "Each team, on its own, may spend"],
		[{ scope: "user" }, "Ada", "Ada may spend"],
		[{ scope: "model" }, "gpt-5", "All requests to model gpt-5 together may cost"],
		[{ scope: "tag" }, "atlas", "All requests with tag atlas together may cost"],
		[{ scope: "ip", isEach: true }, undefined, "Each address on its own may cost"],
	] as const)("begins with whom it is about: %j", (part, name, expected) => {
		expect(preview(part, name)).toContain(expected);
	});

	it("speaks of rates and of requests at once with their own status", () => {
		const rate = preview({ unit: "requests", window: "minute", hard: "100", soft: "" }, "CI");
		expect(rate).toContain("may send 100 requests a minute.");
		expect(rate).toContain("status 429 until the next minute begins.");
		const parallel = preview({ unit: "parallel", window: "total", hard: "10", soft: "" }, "CI");
		expect(parallel).toContain("may have requests under way, 10 at once.");
	});

	it("warns that other windows begin to count anew", () => {
		const sentences = previewOf(
			{ ...draft, window: "week" },
			{ name: "Search", before: draft, now },
		);
		expect(sentences.at(-1)).toContain("counting begins anew");
		expect(previewOf(draft, { name: "Search", before: draft, now })).toHaveLength(3);
	});

	it("says nothing before there is a limit, and that it does nothing while switched off", () => {
		expect(preview({ hard: "" })).toBe("");
		expect(preview({ isEnabled: false })).toContain("refuses nothing");
	});
});
