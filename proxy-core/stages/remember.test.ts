import { describe, expect, it } from "vitest";
import { createTally } from "../accounting/tally.ts";
import { createAnswerCache } from "../cache/answer-cache.ts";
import type { Recollection } from "../cache/recollection.ts";
import type { Dispatched, Recalled, Received } from "../pipeline/context.ts";
import type { OutwardStage } from "../pipeline/pipeline.ts";
import { createTrace } from "../pipeline/trace.ts";
import { testTarget } from "../testing/test-gateway.ts";
import { remember } from "./remember.ts";

const target = testTarget("http://127.0.0.1:1/v1");

/** A provider that counts how often it was asked. */
function provider() {
	let calls = 0;
	const stage: OutwardStage<Received, Dispatched> = {
		name: "dispatch",
		run: async () => {
			calls++;
			await new Promise((resolve) => setTimeout(resolve, 5));
			let isOver = false;
			return {
				target,
				tally: createTally(),
				omitted: [],
				isPaid: () => false,
				answer: {
					next: async () => {
						if (isOver) return undefined;
						isOver = true;
						return [{ events: [{ type: "text", choice: 0, text: "hi" }] }];
					},
					cancel: () => {},
				},
			};
		},
	};
	return { stage, calls: () => calls };
}

function request(recollection: Recollection): Received & Recalled {
	const { signal } = new AbortController();
	// Only what the stage reads; the rest of a request has no part in this.
	return {
		recollection,
		trace: createTrace(performance.now()),
		exchange: { incoming: { signal } },
	} as unknown as Received & Recalled;
}

describe("remember", () => {
	it("asks once for identical requests that come out of one wait in the same turn", async () => {
		const { stage, calls } = provider();
		const cache = createAnswerCache({ bytesMax: 1_000_000, now: Date.now });
		const { run } = remember(stage, { cache, semantic: { look: async () => undefined } });
		const recollection = { key: "k", mayRead: true, ttlMs: 1000, isIdempotent: false };
		const released = Promise.withResolvers<void>();
		const answers = Array.from({ length: 10 }, async () => {
			await released.promise;
			return run(request(recollection));
		});
		released.resolve();
		const all = await Promise.all(answers);
		expect(calls()).toBe(1);
		expect(all.map((answer) => answer.cache).toSorted()).toEqual([
			...Array.from({ length: 9 }, () => "coalesced"),
			"miss",
		]);
		expect(all.filter((answer) => !answer.isPaid())).toHaveLength(1);
	});

	it("asks once, too, when each of them looks for similar questions first", async () => {
		const { stage, calls } = provider();
		const cache = createAnswerCache({ bytesMax: 1_000_000, now: Date.now });
		const look = async () => {
			await new Promise((resolve) => setTimeout(resolve, 1));
			return { key: undefined, cosine: undefined, costMicroUsd: 3, index: () => {} };
		};
		const { run } = remember(stage, { cache, semantic: { look } });
		const question = { text: "hi", partition: "p" };
		const recollection = { key: "k", mayRead: true, ttlMs: 1000, isIdempotent: false, question };
		const all = await Promise.all([run(request(recollection)), run(request(recollection))]);
		expect(calls()).toBe(1);
		expect(all.map((answer) => answer.tally.sideCostMicroUsd)).toEqual([3, 3]);
	});
});
