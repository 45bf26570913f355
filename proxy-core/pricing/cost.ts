import type { Usage } from "../contract/chat.ts";
import type { Price } from "../snapshot.ts";
import type { ListPrice } from "./price-catalogue.ts";

/**
 * What a request cost, in whole micro-dollars. A part of a micro-dollar counts as one, so that a sum
 * of costs never falls short of the bill (by at most 0.000001 dollars a request).
 * Counts that contradict each other (more cached than sent) are read in the caller's disfavour, never
 * below zero.
 */
export function costMicroUsd(usage: Usage, price: ListPrice): number {
	const { longContext } = price;
	const isLong = longContext !== undefined && usage.inputTokens > longContext.aboveInputTokens;
	const total = inMillionths(usage, isLong ? longContext.price : price);
	return Number((total + 999_999n) / 1_000_000n);
}

/** Exact: a million tokens at 600 dollars per million would not fit a double once multiplied. */
function inMillionths(usage: Usage, price: Price): bigint {
	const cached = usage.cachedInputTokens ?? 0;
	const written = usage.cacheWriteTokens ?? 0;
	const reasoned = usage.reasoningTokens ?? 0;
	const plainInput = Math.max(0, usage.inputTokens - cached - written);
	const plainOutput = Math.max(0, usage.outputTokens - reasoned);
	return (
		times(plainInput, price.inputMicroUsd) +
		times(cached, price.cachedInputMicroUsd ?? price.inputMicroUsd) +
		times(written, price.cacheWriteMicroUsd ?? price.inputMicroUsd) +
		times(plainOutput, price.outputMicroUsd) +
		times(reasoned, price.reasoningMicroUsd ?? price.outputMicroUsd)
	);
}

function times(tokens: number, microUsd: number): bigint {
	return BigInt(tokens) * BigInt(microUsd);
}
