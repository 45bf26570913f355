import { hash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { TextClassifier } from "./text-classifier.ts";

export interface ScoreOptions {
	readonly classifier: TextClassifier;
	/** Whose texts they are: nobody learns from the time it takes what others have sent. */
	readonly tenant: string;
	readonly timeoutMs: number;
	/** Of the caller. */
	readonly signal: AbortSignal;
}

/** One score a text; rejects as the classifier does, or with a `TimeoutError`. */
export type ScoreTexts = (
	texts: readonly string[],
	options: ScoreOptions,
) => Promise<readonly number[]>;

/** Asks a classifier about no text twice, as far as it remembers: conversations come again with every turn. */
export function createScoreMemory(rememberedMax = 20_000): ScoreTexts {
	const remembered = new LRUCache<string, number>({ max: rememberedMax });
	return async (texts, { classifier, tenant, timeoutMs, signal }) => {
		const keys = texts.map((text) => keyOf(tenant, text));
		const known = new Map(keys.map((key) => [key, remembered.get(key)]));
		const unknown = new Map<string, string>();
		for (const [index, key] of keys.entries()) {
			if (known.get(key) === undefined) unknown.set(key, texts[index] ?? "");
		}
		if (unknown.size > 0) {
			const limited = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
			const scores = await inTime(
				classifier.classify([...unknown.values()], { signal: limited }),
				limited,
			);
			for (const [index, key] of [...unknown.keys()].entries()) {
				const score = shareOf(scores[index]);
				known.set(key, score);
				remembered.set(key, score);
			}
		}
		return keys.map((key) => shareOf(known.get(key)));
	};
}

/** A classifier that overlooks its signal does not hold the request. */
async function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
	const late = Promise.withResolvers<never>();
	const end = (): void => late.reject(signal.reason);
	if (signal.aborted) end();
	signal.addEventListener("abort", end, { once: true });
	try {
		return await Promise.race([work, late.promise]);
	} finally {
		signal.removeEventListener("abort", end);
	}
}

/** A text without an answer must not pass for a harmless one. */
function shareOf(score: number | undefined): number {
	if (score === undefined || !(score >= 0 && score <= 1)) {
		throw new Error("The classifier gave no score from 0 to 1.");
	}
	return score;
}

function keyOf(tenant: string, text: string): string {
	return hash("sha256", `${tenant.length}:${tenant}${text}`, "base64");
}
