import type { Price, Rates } from "../snapshot.ts";
import { imageRate, inMicroUsd, partsPer, whole } from "./cost.ts";

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
	const pieces = worstPieces(bounds, rates);
	if (pieces === undefined) return undefined;
	const input = whole(bounds.inputTokensMax) * BigInt(worstInputRate(bounds, rates));
	const output = whole(bounds.outputTokensMax) * BigInt(worstOutputRate(bounds, rates));
	return inMicroUsd((input + output) * partsPer.token + pieces);
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

/** Pieces and tokens are both reserved for: which of the two is billed shows in the answer only. */
function worstPieces(bounds: RequestBounds, rates: Rates): bigint | undefined {
	const { imagesMax = 0, audioMsMax = 0, charactersMax = 0, searchesMax = 0 } = bounds;
	const writesTokens = bounds.outputTokensMax > 0 && worstOutputRate(bounds, rates) > 0;
	const each = imageRate(rates, bounds.imageVariant) ?? (writesTokens ? 0 : undefined);
	const minute = rates.audioMinuteMicroUsd ?? (writesTokens ? 0 : undefined);
	const perCharacter = rates.charactersMicroUsd ?? (writesTokens || audioMsMax > 0 ? 0 : undefined);
	const parts: readonly (readonly [number, number | undefined, bigint])[] = [
		[imagesMax, each, partsPer.piece],
		[audioMsMax, minute, partsPer.millisecond],
		[charactersMax, perCharacter, partsPer.character],
		[searchesMax, rates.searchesMicroUsd, partsPer.search],
		[1, rates.requestMicroUsd ?? 0, partsPer.piece],
	];
	let sum = 0n;
	for (const [count, microUsd, unit] of parts) {
		if (count <= 0) continue;
		if (microUsd === undefined) return undefined;
		sum += whole(count) * BigInt(microUsd) * unit;
	}
	return sum;
}
