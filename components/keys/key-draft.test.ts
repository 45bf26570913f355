import { describe, expect, it } from "vitest";
import { checkDraft, dayOf, endOfDay, inDays, newDraft } from "./key-draft.ts";

const now = new Date("2026-03-04T05:06:07.000Z");
const draft = { ...newDraft("0f8fad5b-d9cb-469f-a165-70867728950e"), name: "CI runner" };

describe("checkDraft", () => {
	it("takes an empty limit as the installation's default and 0 as none", () => {
		const empty = checkDraft(draft, now);
		const zero = checkDraft({ ...draft, requestsPerMinute: " 0 " }, now);
		expect(empty.ok && empty.input.requestsPerMinute).toBeNull();
		expect(zero.ok && zero.input.requestsPerMinute).toBe(0);
	});

	it("names every field at fault", () => {
		const check = checkDraft(
			{
				...draft,
				name: "  ",
				allowedModels: ["openai/*", "no spaces"],
				allowedEndpoints: [],
				requestsPerMinute: "many",
				expiresAt: "2026-03-04T05:06:06.000Z",
			},
			now,
		);
		expect(check.ok ? [] : check.issues.map((issue) => issue.path).toSorted()).toEqual([
			"allowedEndpoints",
			"allowedModels",
			"expiresAt",
			"name",
			"requestsPerMinute",
		]);
	});

	it("accepts an expiry in the future", () => {
		expect(checkDraft({ ...draft, expiresAt: inDays(7, now) }, now).ok).toBe(true);
	});
});

describe("endOfDay", () => {
	it("is the last second of the reader's day", () => {
		const end = endOfDay("2026-03-04");
		expect(end === null ? "" : dayOf(end)).toBe("2026-03-04");
		expect(new Date(end ?? "").getHours()).toBe(23);
	});

	it("is nothing for a text that is no day", () => {
		expect(endOfDay("")).toBeNull();
		expect(endOfDay("2026-13-40")).toBeNull();
	});
});
