import { LRUCache } from "lru-cache";
import type { Dispatched } from "../pipeline/context.ts";
import type { KeptAnswer, SharedAnswer } from "./shared-answer.ts";
import { shareAnswer } from "./shared-answer.ts";

/** How an answer is to be remembered, besides its key. */
export interface Keeping {
	/** 0: only shared while it is under way. */
	readonly ttlMs: number;
	/** Told when a complete answer has been kept. */
	readonly kept: (() => void) | undefined;
}

interface Entry {
	readonly answer: KeptAnswer;
	readonly keptAt: number;
}

interface Running {
	readonly shared: Promise<SharedAnswer>;
	followers: number;
}

/** Whoever asked first; the others wait for what it gets. */
export interface Lead {
	/** What the leader itself reads from. */
	readonly share: (dispatched: Dispatched) => SharedAnswer;
	/** The leader got no answer; whoever waits gets the same error, or asks itself when the leader hung up. */
	readonly failed: (error: unknown) => void;
	/** Whether anybody waits for the same answer. */
	readonly hasFollowers: () => boolean;
}

/**
 * Answers of this process, complete ones within a bound of memory and those under way. Nothing in
 * here knows who may see what: that is part of the key.
 */
export interface AnswerCache {
	readonly find: (key: string, maxAgeMs: number) => KeptAnswer | undefined;
	/** The same request, while it is being answered. Rejects with the leader's error. */
	readonly underWay: (key: string) => Promise<SharedAnswer> | undefined;
	readonly lead: (key: string, keeping: Keeping) => Lead;
	/** Complete answers that are kept now. */
	readonly size: () => { readonly answers: number; readonly bytes: number };
}

export function createAnswerCache(options: {
	readonly bytesMax: number;
	/** Epoch milliseconds. */
	readonly now: () => number;
}): AnswerCache {
	const kept = new LRUCache<string, Entry>({
		maxSize: options.bytesMax,
		// One answer may not push out all others.
		maxEntrySize: Math.ceil(options.bytesMax / 8),
		sizeCalculation: ({ answer }) => Math.max(1, answer.bytes),
		perf: { now: options.now },
		ttlResolution: 0,
	});
	const running = new Map<string, Running>();
	return {
		find: (key, maxAgeMs) => {
			const entry = kept.get(key);
			if (entry === undefined || options.now() - entry.keptAt > maxAgeMs) return undefined;
			return entry.answer;
		},
		underWay: (key) => {
			const entry = running.get(key);
			if (entry !== undefined) entry.followers++;
			return entry?.shared;
		},
		lead: (key, keeping) => {
			const shared = Promise.withResolvers<SharedAnswer>();
			// Nobody may be waiting; an error that only the leader hears of is no unhandled one.
			shared.promise.catch(() => {});
			const entry: Running = { shared: shared.promise, followers: 0 };
			running.set(key, entry);
			const over = (): void => {
				if (running.get(key) === entry) running.delete(key);
			};
			return {
				hasFollowers: () => entry.followers > 0,
				share: ({ target, answer, omitted }) => {
					const sharedAnswer = shareAnswer({
						target,
						omitted,
						source: answer,
						abandoned: over,
						completed: (complete) => {
							over();
							if (keeping.ttlMs === 0 || !isWorthKeeping(complete)) return;
							kept.set(key, { answer: complete, keptAt: options.now() }, { ttl: keeping.ttlMs });
							keeping.kept?.();
						},
					});
					shared.resolve(sharedAnswer);
					return sharedAnswer;
				},
				failed: (error) => {
					over();
					shared.reject(error);
				},
			};
		},
		size: () => ({ answers: kept.size, bytes: kept.calculatedSize }),
	};
}

/** Answers that the provider broke off or filtered may come out better the next time. */
function isWorthKeeping({ batches }: KeptAnswer): boolean {
	const events = batches.flat().flatMap((frame) => frame.events);
	return !events.some(
		(event) => event.type === "error" || (event.type === "end" && event.reason === "filtered"),
	);
}
