import { describe, expect, it } from "vitest";
import { createScoreMemory } from "./remember-scores.ts";
import type { TextClassifier } from "./text-classifier.ts";

/** Scores by the text's length, and writes down what it was asked. */
function lengthClassifier() {
	const asked: (readonly string[])[] = [];
	const classifier: TextClassifier = {
		classify: async (texts) => {
			asked.push(texts);
			return texts.map((text) => text.length / 100);
		},
	};
	return { classifier, asked };
}

const { signal } = new AbortController();
const options = { tenant: "a", timeoutMs: 1000, signal };

describe("createScoreMemory", () => {
	it("asks about a text once, in a request and over all", async () => {
		const { classifier, asked } = lengthClassifier();
		const score = createScoreMemory();
		expect(await score(["one", "three", "one"], { ...options, classifier })).toEqual([
			0.03, 0.05, 0.03,
		]);
		expect(await score(["one", "three", "four"], { ...options, classifier })).toEqual([
			0.03, 0.05, 0.04,
		]);
		expect(await score(["one"], { ...options, classifier })).toEqual([0.03]);
		expect(asked).toEqual([["one", "three"], ["four"]]);
	});

	it("remembers for one tenant only", async () => {
		const { classifier, asked } = lengthClassifier();
		const score = createScoreMemory();
		await score(["one"], { ...options, classifier });
		await score(["one"], { ...options, classifier, tenant: "b" });
		expect(asked).toHaveLength(2);
	});

	it("forgets the oldest when it remembers enough", async () => {
		const { classifier, asked } = lengthClassifier();
		const score = createScoreMemory(2);
		for (const text of ["1", "2", "3", "1"]) await score([text], { ...options, classifier });
		expect(asked).toHaveLength(4);
	});

	it("remembers no failure", async () => {
		const { classifier } = lengthClassifier();
		const score = createScoreMemory();
		const broken = { classify: () => Promise.reject(new Error("It is down.")) };
		await expect(score(["one"], { ...options, classifier: broken })).rejects.toThrow("down");
		expect(await score(["one"], { ...options, classifier })).toEqual([0.03]);
	});

	it.each([[[]], [[Number.NaN]], [[-0.1]], [[1.2]]])(
		"takes %j for a failure and not for a harmless text",
		async (scores) => {
			const classifier: TextClassifier = { classify: async () => scores };
			await expect(createScoreMemory()(["one"], { ...options, classifier })).rejects.toThrow(
				"no score",
			);
		},
	);

	it("does not wait longer than it may, even for who overlooks the signal", async () => {
		const classifier: TextClassifier = { classify: () => new Promise(() => {}) };
		const asked = createScoreMemory()(["one"], { ...options, classifier, timeoutMs: 20 });
		await expect(asked).rejects.toMatchObject({ name: "TimeoutError" });
	});

	it("ends with the caller", async () => {
		const caller = new AbortController();
		const classifier: TextClassifier = { classify: () => new Promise(() => {}) };
		const asked = createScoreMemory()(["one"], {
			...options,
			classifier,
			signal: caller.signal,
		});
		caller.abort();
		await expect(asked).rejects.toMatchObject({ name: "AbortError" });
	});
});
