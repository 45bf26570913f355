import type { Usage } from "../contract/chat.ts";
import type { Price, Rates } from "../snapshot.ts";

/**
 * Costs are added up in thirds of a millionth of a micro-dollar, in which rates per million tokens and
 * rates per minute of sound are both whole numbers. A million tokens at 600 dollars per million would
 * not fit a double once multiplied, hence bigint.
 */
export const partsPerMicroUsd = 3_000_000n;
export const partsPer = {
	token: 3n,
	character: 3n,
	piece: partsPerMicroUsd,
	millisecond: 50n,
	search: 3000n,
} as const;

/**
 * What a request cost, in whole micro-dollars. A part of a micro-dollar counts as one, so that a sum
 * of costs never falls short of the bill (by at most 0.000001 dollars a request).
 *
 * Parts of the input (cached, written, audio, images) and of the output take the place of plain tokens,
 * the dearest first; counts that contradict each other are read in the caller's disfavour. Undefined:
 * something was used that the price has no rate for, or the price is by the piece and no piece was
 * counted. Such a cost is unknown, not zero.
 */
export function costMicroUsd(usage: Usage, price: Price): number | undefined {
	const rates = ratesFor(usage.inputTokens, price);
	const pieces = piecesCost(usage, rates);
	if (pieces === undefined) return undefined;
	return inMicroUsd(inputCost(usage, rates) + outputCost(usage, rates) + pieces);
}

/** The rates of the tier that so much input falls into. */
function ratesFor(inputTokens: number, price: Price): Rates {
	const { longContext } = price;
	return longContext !== undefined && inputTokens > longContext.aboveInputTokens
		? longContext.rates
		: price;
}

/** Rounded up to whole micro-dollars. */
export function inMicroUsd(parts: bigint): number {
	return Number((parts + partsPerMicroUsd - 1n) / partsPerMicroUsd);
}

function inputCost(usage: Usage, rates: Rates): bigint {
	const { inputMicroUsd, cacheWriteMicroUsd = inputMicroUsd } = rates;
	const long = usage.longCacheWriteTokens ?? 0;
	const written = usage.cacheWriteTokens ?? long;
	return charge(usage.inputTokens, inputMicroUsd, [
		[usage.cachedInputTokens ?? 0, rates.cachedInputMicroUsd ?? inputMicroUsd],
		[Math.max(0, written - long), cacheWriteMicroUsd],
		[long, rates.longCacheWriteMicroUsd ?? cacheWriteMicroUsd],
		[usage.inputAudioTokens ?? 0, rates.inputAudioMicroUsd ?? inputMicroUsd],
		[usage.inputImageTokens ?? 0, rates.inputImageMicroUsd ?? inputMicroUsd],
	]);
}

function outputCost(usage: Usage, rates: Rates): bigint {
	const { outputMicroUsd } = rates;
	// Who asked for images and is told only a total has got images for it.
	const drawn = usage.outputImageTokens ?? ((usage.images ?? 0) > 0 ? usage.outputTokens : 0);
	return charge(usage.outputTokens, outputMicroUsd, [
		[usage.reasoningTokens ?? 0, rates.reasoningMicroUsd ?? outputMicroUsd],
		[usage.outputAudioTokens ?? 0, rates.outputAudioMicroUsd ?? outputMicroUsd],
		[drawn, rates.outputImageMicroUsd ?? outputMicroUsd],
	]);
}

type Part = readonly [tokens: number, microUsd: number];

/** A total of which some parts have rates of their own. Never more tokens than the total or its largest part. */
function charge(total: number, plainMicroUsd: number, parts: readonly Part[]): bigint {
	const counted = parts.filter(([tokens]) => tokens > 0);
	if (counted.length === 0) return whole(total) * BigInt(plainMicroUsd) * partsPer.token;
	let left = Math.max(total, ...counted.map(([tokens]) => tokens));
	let sum = 0n;
	for (const [tokens, microUsd] of counted.toSorted((a, b) => b[1] - a[1])) {
		const taken = Math.min(tokens, left);
		sum += whole(taken) * BigInt(microUsd);
		left -= taken;
	}
	return (sum + whole(left) * BigInt(plainMicroUsd)) * partsPer.token;
}

function piecesCost(usage: Usage, rates: Rates): bigint | undefined {
	const { images = 0, audioMs = 0, characters = 0, searches = 0 } = usage;
	if (images + audioMs + characters + searches === 0 && isByThePiece(rates)) return undefined;
	const isHeardInTokens = countsSound(usage, rates);
	const isSpeechCounted =
		rates.charactersMicroUsd === undefined && (isHeardInTokens || audioMs > 0);
	const eachImage = imageRate(rates, usage.imageVariant);
	const parts = [
		times(drawsInTokens(usage, rates) ? 0 : images, eachImage, partsPer.piece),
		times(isHeardInTokens ? 0 : audioMs, rates.audioMinuteMicroUsd, partsPer.millisecond),
		times(isSpeechCounted ? 0 : characters, rates.charactersMicroUsd, partsPer.character),
		times(searches, rates.searchesMicroUsd, partsPer.search),
		times(1, rates.requestMicroUsd ?? 0, partsPer.piece),
	];
	let sum = 0n;
	for (const part of parts) {
		if (part === undefined) return undefined;
		sum += part;
	}
	return sum;
}

/** What one image costs at most when its size and quality are as said. */
export function imageRate(rates: Rates, variant: string | undefined): number | undefined {
	const { imageVariants = {}, imageMicroUsd } = rates;
	if (variant === undefined) return imageMicroUsd;
	const size = variant.slice(variant.indexOf("/") + 1);
	return ownValue(imageVariants, variant) ?? ownValue(imageVariants, size) ?? imageMicroUsd;
}

function ownValue(values: Readonly<Record<string, number>>, name: string): number | undefined {
	return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** Whether the images of this answer are paid by its tokens. */
function drawsInTokens(usage: Usage, { outputImageMicroUsd, outputMicroUsd }: Rates): boolean {
	if ((outputImageMicroUsd ?? outputMicroUsd) === 0) return false;
	if ((usage.outputImageTokens ?? 0) > 0) return true;
	return !usage.estimated && usage.outputTokens > 0;
}

/** Whether the sound of this request is paid by its tokens. */
function countsSound(usage: Usage, rates: Rates): boolean {
	if ((usage.inputAudioTokens ?? 0) + (usage.outputAudioTokens ?? 0) > 0) {
		return (rates.inputAudioMicroUsd ?? rates.inputMicroUsd) > 0;
	}
	const isBoth = usage.inputTokens > 0 && usage.outputTokens > 0;
	return !usage.estimated && isBoth && rates.inputMicroUsd > 0 && rates.outputMicroUsd > 0;
}

/** Tokens cost nothing here, something else does: without a count of that the cost is not known. */
function isByThePiece(rates: Rates): boolean {
	const { imageMicroUsd, audioMinuteMicroUsd, charactersMicroUsd, searchesMicroUsd } = rates;
	const perToken = [
		rates.inputMicroUsd,
		rates.outputMicroUsd,
		rates.inputAudioMicroUsd,
		rates.outputAudioMicroUsd,
		rates.outputImageMicroUsd,
	];
	const perPiece = [imageMicroUsd, audioMinuteMicroUsd, charactersMicroUsd, searchesMicroUsd];
	return perToken.every((rate) => (rate ?? 0) === 0) && perPiece.some((rate) => (rate ?? 0) > 0);
}

/** Undefined: there is something to pay and no rate. */
function times(count: number, microUsd: number | undefined, parts: bigint): bigint | undefined {
	if (count === 0) return 0n;
	return microUsd === undefined ? undefined : whole(count) * BigInt(microUsd) * parts;
}

/** Counts come from providers: half a token is a token, and less than nothing is nothing. */
export function whole(count: number): bigint {
	return Number.isFinite(count) && count > 0 ? BigInt(Math.ceil(count)) : 0n;
}
