import { describe, expect, test } from "vitest";
import type { Steps } from "./take-turns.ts";
import { takeTurns } from "./take-turns.ts";

function* countTo(steps: number, chars: number): Steps<number> {
	for (let step = 0; step < steps; step += 1) yield chars;
	return steps;
}

describe("work in turns", () => {
	test("that is short is done at once", () => {
		expect(takeTurns(countTo(3, 1000))).toBe(3);
	});

	test("lets others work between its turns", async () => {
		let turns = 0;
		let isOver = false;
		const count = (): void => {
			turns += 1;
			if (!isOver) setImmediate(count);
		};
		setImmediate(count);
		const done = takeTurns(countTo(10, 20_000));
		expect(done).toBeInstanceOf(Promise);
		expect(await done).toBe(10);
		isOver = true;
		expect(turns).toBeGreaterThanOrEqual(4);
	});

	test("that fails late rejects, and that fails at once throws", async () => {
		function* fail(chars: number): Steps<never> {
			yield chars;
			throw new RangeError("No.");
		}
		await expect(takeTurns(fail(50_000))).rejects.toThrow(RangeError);
		expect(() => takeTurns(fail(10))).toThrow(RangeError);
	});
});
