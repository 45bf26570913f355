import type { Price, Rates } from "../snapshot.ts";
import { imageRate, partsPer, partsPerMicroUsd, whole } from "./cost.ts";
import { ExactSum } from "./exact-sum.ts";

/** Bounds of what a request may use. What it may have is assumed unless it is ruled out. */
export interface RequestBounds {
	readonly price: Price;
	readonly inputTokensMax: number;
	/** Of all alternative answers together, reasoning included. */
	readonly outputTokensMax: number;
	/** Whether input may be written to a cache, which can cost more than reading it plainly. */
	readonly cacheWritePossible?: boolean;
	/** Whether it may be written to one that lives an hour; no more likely than `cacheWritePossible`. */
	readonly longCacheWritePossible?: boolean;
	readonly inputAudioPossible?: boolean;
	readonly inputImagesPossible?: boolean;
	readonly outputAudioPossible?: boolean;
	readonly outputImagesPossible?: boolean;
	readonly imagesMax?: number;
	/** See `Usage.imageVariant`; the dearest when it is left out. */
	readonly imageVariant?: string;
	readonly audioMsMax?: number;
	readonly charactersMax?: number;
	readonly searchesMax?: number;
}

/**
 * The worst plausible cost of a request before it is sent, in whole micro-dollars: never less than
 * `costMicroUsd` of any usage within the bounds. Undefined: something may be used that the price has no
 * rate for, neither by the piece nor by the token.
 */
export function worstCostMicroUsd(bounds: RequestBounds): number | undefined {
	const { price, inputTokensMax } = bounds;
	const { longContext } = price;
	const usual = worstAt(bounds, price);
	if (usual === undefined || longContext === undefined) return usual;
	if (inputTokensMax <= longContext.aboveInputTokens) return usual;
	const long = worstAt(bounds, longContext.rates);
	return long === undefined ? undefined : Math.max(usual, long);
}

function worstAt(bounds: RequestBounds, rates: Rates): number | undefined {
	const sum = new ExactSum();
	if (!addWorstPieces(sum, bounds, rates)) return undefined;
	sum.add(whole(bounds.inputTokensMax), worstInputRate(bounds, rates), partsPer.token);
	sum.add(whole(bounds.outputTokensMax), worstOutputRate(bounds, rates), partsPer.token);
	return sum.dividedUp(partsPerMicroUsd);
}

function worstInputRate(bounds: RequestBounds, rates: Rates): number {
	const { cacheWritePossible = true, longCacheWritePossible = cacheWritePossible } = bounds;
	const { inputAudioPossible = true, inputImagesPossible = true } = bounds;
	return Math.max(
		rates.inputMicroUsd,
		rates.cachedInputMicroUsd ?? 0,
		cacheWritePossible ? (rates.cacheWriteMicroUsd ?? 0) : 0,
		longCacheWritePossible ? (rates.longCacheWriteMicroUsd ?? 0) : 0,
		inputAudioPossible ? (rates.inputAudioMicroUsd ?? 0) : 0,
		inputImagesPossible ? (rates.inputImageMicroUsd ?? 0) : 0,
	);
}

function worstOutputRate(bounds: RequestBounds, rates: Rates): number {
	const { outputAudioPossible = true, imagesMax = 0 } = bounds;
	const outputImagesPossible = imagesMax > 0 || (bounds.outputImagesPossible ?? true);
	return Math.max(
		rates.outputMicroUsd,
		rates.reasoningMicroUsd ?? 0,
		outputAudioPossible ? (rates.outputAudioMicroUsd ?? 0) : 0,
		outputImagesPossible ? (rates.outputImageMicroUsd ?? 0) : 0,
	);
}

/**
 * Pieces and tokens are both reserved for: which of the two is billed shows in the answer only. False:
 * something may be used that has no rate.
 */
function addWorstPieces(sum: ExactSum, bounds: RequestBounds, rates: Rates): boolean {
	const { imagesMax = 0, audioMsMax = 0, charactersMax = 0, searchesMax = 0 } = bounds;
	sum.add(1, rates.requestMicroUsd ?? 0, partsPer.piece);
	if (imagesMax + audioMsMax + charactersMax + searchesMax === 0) return true;
	const writesTokens = bounds.outputTokensMax > 0 && worstOutputRate(bounds, rates) > 0;
	const each = imageRate(rates, bounds.imageVariant) ?? (writesTokens ? 0 : undefined);
	const minute = rates.audioMinuteMicroUsd ?? (writesTokens ? 0 : undefined);
	const perCharacter = rates.charactersMicroUsd ?? (writesTokens || audioMsMax > 0 ? 0 : undefined);
	const parts: readonly (readonly [number, number | undefined, number])[] = [
		[imagesMax, each, partsPer.piece],
		[audioMsMax, minute, partsPer.millisecond],
		[charactersMax, perCharacter, partsPer.character],
		[searchesMax, rates.searchesMicroUsd, partsPer.search],
	];
	for (const [count, microUsd, unit] of parts) {
		if (count <= 0) continue;
		if (microUsd === undefined) return false;
		sum.add(whole(count), microUsd, unit);
	}
	return true;
}
