import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scoreWindows } from "./score-windows.ts";

/** Counts words as tokens, with a mark at either end, and knows one bad word. */
function wordScorer(tokensMax: number) {
	const windows: string[] = [];
	return {
		windows,
		scorer: {
			tokensMax,
			countTokens: (text: string) => text.split(" ").length + 2,
			score: async (text: string) => {
				windows.push(text);
				return text.includes("zebra") ? 0.9 : 0.1;
			},
		},
	};
}

const proceed = async (): Promise<void> => {};

describe("scoreWindows", () => {
	it("scores a short text whole", async () => {
		const { scorer, windows } = wordScorer(16);
		expect(await scoreWindows("one two three", scorer, proceed)).toBe(0.1);
		expect(windows).toEqual(["one two three"]);
	});

	it("finds one bad word wherever it stands", async () => {
		await fc.assert(
			fc.asyncProperty(fc.nat(400), fc.nat(400), async (before, after) => {
				const { scorer, windows } = wordScorer(16);
				const text = `${"word ".repeat(before)}zebra${" word".repeat(after)}`;
				expect(await scoreWindows(text, scorer, proceed)).toBe(0.9);
				for (const window of windows) {
					expect(scorer.countTokens(window)).toBeLessThanOrEqual(16);
				}
			}),
			{ numRuns: 60 },
		);
	});

	it("ends with a text of which every character is too much", async () => {
		const windows: string[] = [];
		const scorer = {
			tokensMax: 4,
			countTokens: () => 100,
			score: async (text: string) => {
				windows.push(text);
				return 0;
			},
		};
		await scoreWindows("abcdefgh", scorer, proceed);
		expect(windows.every((window) => window.length === 1)).toBe(true);
	});

	it("stops before the next window when it may not proceed", async () => {
		const { scorer, windows } = wordScorer(16);
		let left = 4;
		const stop = async (): Promise<void> => {
			left -= 1;
			if (left === 0) throw new Error("cancelled");
		};
		await expect(scoreWindows("word ".repeat(200), scorer, stop)).rejects.toThrow("cancelled");
		expect(windows.length).toBeLessThan(4);
	});
});
