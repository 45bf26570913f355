import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { familiesOf, gatherFamilies } from "./live-invalidation.ts";

describe("gathering live events", () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	test("hands the first on at once and the others together, once a period", () => {
		const flushed: string[][] = [];
		const gatherer = gatherFamilies(1000, (families) => flushed.push([...families]));
		for (let event = 0; event < 500; event++) {
			gatherer.add(familiesOf({ type: "requests.settled", count: 1, refused: 0, failed: 0 }));
		}
		gatherer.add(familiesOf({ type: "keys.changed" }));
		expect(flushed).toEqual([["requests", "overview", "budgets"]]);
		vi.advanceTimersByTime(1000);
		expect(flushed[1]).toEqual(["requests", "overview", "budgets", "keys"]);
		vi.advanceTimersByTime(5000);
		expect(flushed).toHaveLength(2);
	});

	test("does nothing more once it was stopped", () => {
		const flush = vi.fn();
		const gatherer = gatherFamilies(1000, flush);
		gatherer.add(["keys"]);
		gatherer.add(["keys"]);
		gatherer.stop();
		vi.advanceTimersByTime(5000);
		expect(flush).toHaveBeenCalledTimes(1);
	});

	test("takes a sign of life for no change", () => {
		expect(familiesOf({ type: "stream.alive", at: 0 })).toEqual([]);
	});
});
