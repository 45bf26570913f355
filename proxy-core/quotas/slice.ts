import type { QuotaAsk } from "../ports.ts";

/** A slice is at most this part of the limit, and of what is left, unless waiting requests need more. */
export const slicing = { ofLimit: 20, ofRest: 4 } as const;

/**
 * How much a node gets of what is left: enough that it rarely has to ask, little enough that the last
 * part of a limit is not locked up in nodes that do not need it. The store's statement says the same.
 */
export function sliceOf(ask: Pick<QuotaAsk, "need" | "least" | "limit">, rest: number): number {
	if (ask.need === 0 || rest <= 0 || rest < ask.least) return 0;
	const { ofLimit, ofRest } = slicing;
	const comfortable = Math.min(Math.floor(ask.limit / ofLimit), Math.floor(rest / ofRest));
	return Math.min(rest, Math.max(ask.need, comfortable));
}
