import { expect, it } from "vitest";
import { conformancePage, conformanceTable } from "./conformance-page.ts";

const results = {
	measuredAt: "2026-01-02T03:04:05Z",
	wires: ["openai", "anthropic", "gemini"],
	clients: [
		{
			name: "sdk: chat",
			package: "sdk 7",
			skipped: null,
			checks: [
				{ name: "text", results: { openai: "pass", anthropic: "pass", gemini: "absent" } },
				{ name: "tools", results: { openai: "refused", anthropic: "fail" } },
			],
		},
		{ name: "agent", package: "agent 1", skipped: "no program for this machine", checks: [] },
	],
};

it("counts what held on each wire, a refusal that must be included", () => {
	const text = conformanceTable(results);
	expect(text).toContain("Measured on 2026-01-02");
	expect(text).toContain("| sdk: chat | sdk 7 | all 2 | **1 of 2** | – |");
});

it("says which client was skipped and why", () => {
	const text = conformanceTable(results);
	expect(text).toContain("| agent | agent 1 | skipped | skipped | skipped |");
	expect(text).toContain("Skipped, agent: no program for this machine.");
	expect(conformancePage(results)).toContain("Skipped: no program for this machine.");
});

it("lists every check with its outcome on each wire", () => {
	const text = conformancePage(results);
	expect(text).toContain("| text | yes | yes | – |");
	expect(text).toContain("| tools | 400 | **no** | – |");
});

it("refuses results of another shape, and says when there are none", () => {
	expect(() => conformanceTable({ ...results, wires: undefined })).toThrow();
	expect(conformancePage(undefined)).toContain("No results are stored.");
});
