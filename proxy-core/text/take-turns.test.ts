import { describe, expect, it } from "vitest";
import type { Steps } from "./take-turns.ts";
import { finish, takeTurns, turnMs } from "./take-turns.ts";

/** Work of so many steps, each of which takes a millisecond of its own clock. */
function createWork(steps: number) {
	const clock = { ms: 0 };
	const ended: number[] = [];
	function* work(): Steps<string> {
		for (let step = 0; step < steps; step += 1) {
			clock.ms += 1;
			ended.push(step);
			yield;
		}
		return "done";
	}
	return { work: work(), ended, now: () => clock.ms };
}

describe("takeTurns", () => {
	it("is synchronous while the work fits into one turn", () => {
		const { work, now } = createWork(turnMs - 1);
		expect(takeTurns(work, { now })).toBe("done");
	});

	it("gives others a turn whenever the time of one is over", async () => {
		const { work, ended, now } = createWork(4 * turnMs);
		const seen: number[] = [];
		const result = takeTurns(work, { now });
		const state = { isOver: false };
		const over = Promise.resolve(result).then(() => {
			state.isOver = true;
		});
		while (!state.isOver) {
			seen.push(ended.length);
			await new Promise(setImmediate);
		}
		await over;
		expect(await result).toBe("done");
		expect(seen.slice(0, 4)).toEqual([turnMs, 2 * turnMs, 3 * turnMs, 4 * turnMs]);
	});

	it("stops when nobody waits any more", async () => {
		const { work, ended, now } = createWork(100);
		const caller = new AbortController();
		const result = takeTurns(work, { now, signal: caller.signal });
		caller.abort(new Error("hung up"));
		await expect(result).rejects.toThrow("hung up");
		expect(ended).toHaveLength(turnMs);
	});

	it("rejects with what a later step throws", async () => {
		function* fails(): Steps<void> {
			yield;
			throw new Error("no good");
		}
		const clock = { ms: 0 };
		const now = () => {
			clock.ms += turnMs;
			return clock.ms;
		};
		await expect(takeTurns(fails(), { now })).rejects.toThrow("no good");
	});
});

describe("finish", () => {
	it("gives the result of all steps at once", () => {
		const { work, ended } = createWork(50);
		expect(finish(work)).toBe("done");
		expect(ended).toHaveLength(50);
	});
});
