import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Route } from "../../lib/contracts/routes.ts";
import { checkDraft, draftOf, inputOf, moved, newDraft, sharesOf } from "./route-draft.ts";

const draft = {
	...newDraft,
	name: "fast",
	entries: [
		{ target: "openai/gpt-5-mini", weight: "3" },
		{ target: "anthropic/claude-haiku-4-5", weight: "1" },
	],
};

const route: Route = {
	name: "fast",
	description: "",
	strategy: "weighted",
	costWeight: 1,
	isSticky: false,
	retries: null,
	entries: [
		{ target: "a/m", weight: 1 },
		{ target: "b/m", weight: 2 },
		{ target: "a/m", weight: 4 },
	],
	fallbacks: { error: ["b/m", "b/m"], "context-window": [], "content-policy": [] },
	isEnabled: true,
	id: "ZmFzdA",
	candidates: [],
	missing: [],
	problem: null,
	createdAt: "2026-03-04T05:06:07.000Z",
	updatedAt: "2026-03-04T05:06:07.000Z",
};

describe("checkDraft", () => {
	it("takes empty retries as the installation's setting and 0 as none", () => {
		const empty = checkDraft(draft);
		const zero = checkDraft({ ...draft, retries: " 0 " });
		expect(empty.ok && empty.input.retries).toBeNull();
		expect(zero.ok && zero.input.retries).toBe(0);
	});

	it("names every field at fault by its path", () => {
		const check = checkDraft({
			...draft,
			name: "two words",
			costWeight: "",
			retries: "11",
			entries: [{ target: "openai/gpt-5", weight: "half" }],
		});
		const paths = check.ok ? [] : check.issues.map((issue) => issue.path);
		expect(paths.toSorted()).toEqual(["costWeight", "entries.0.weight", "name", "retries"]);
	});

	it("asks for a target", () => {
		const check = checkDraft({ ...draft, entries: [] });
		expect(check.ok ? [] : check.issues).toEqual([
			{ path: "entries", message: "Name at least one target" },
		]);
	});
});

describe("draftOf", () => {
	it("makes one entry of two that name the same target, and one of equal fallbacks", () => {
		const made = draftOf(route);
		expect(made.entries).toEqual([
			{ target: "a/m", weight: "5" },
			{ target: "b/m", weight: "2" },
		]);
		expect(made.fallbacks.error).toEqual(["b/m"]);
	});

	it("is accepted as it is", () => {
		expect(checkDraft(draftOf(route)).ok).toBe(true);
	});
});

describe("inputOf", () => {
	it("keeps what the API takes and nothing else", () => {
		expect(Object.keys(inputOf(route)).toSorted()).toEqual(Object.keys(newDraft).toSorted());
	});
});

describe("sharesOf", () => {
	it("divides the weights by their sum", () => {
		expect(sharesOf(draft.entries)).toEqual([0.75, 0.25]);
	});

	it("treats all alike when nobody has a weight, and is unknown while one is no number", () => {
		expect(sharesOf(draft.entries.map((entry) => ({ ...entry, weight: "0" })))).toEqual([0.5, 0.5]);
		expect(sharesOf([...draft.entries, { target: "c/m", weight: "" }])).toEqual([null, null, null]);
	});
});

describe("moved", () => {
	it("keeps every item and puts the moved one where it was asked", () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(fc.string(), { minLength: 1 }),
				fc.nat(),
				fc.nat(),
				(items, a, b) => {
					const [from, to] = [a % items.length, b % items.length];
					const result = moved(items, from, to);
					expect(result.toSorted()).toEqual(items.toSorted());
					expect(result[to]).toBe(items[from]);
				},
			),
		);
	});
});
