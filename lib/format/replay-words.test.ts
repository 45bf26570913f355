import { describe, expect, it } from "vitest";
import { replaySentence } from "./replay-words.ts";

describe("replaySentence", () => {
	const result = { skipped: 0, items: [], durationMs: 1 };
	it("says what changes and what only changes hands", () => {
		expect(replaySentence({ ...result, replayed: 0, same: 0, moves: [] })).toContain("No recorded");
		expect(replaySentence({ ...result, replayed: 3, same: 3, moves: [] })).toBe(
			"Nothing would change for 3 recorded requests.",
		);
		const moves = [
			{ from: "flag", to: "block", count: 4 },
			{ from: "flag", to: "flag", count: 1 },
		] as const;
		expect(replaySentence({ ...result, replayed: 9, same: 4, moves: [...moves] })).toBe(
			"Of 9 recorded requests, 4 requests would be decided otherwise, and 1 request would be decided as before, by other rules.",
		);
	});
});
