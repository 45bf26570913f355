import type { Usage } from "../contract/chat.ts";
import type { Price, Rates } from "../snapshot.ts";
import { ExactSum } from "./exact-sum.ts";

/**
 * Costs are added up in thirds of a millionth of a micro-dollar, in which rates per million tokens and
 * rates per minute of sound are both whole numbers.
 */
export const partsPerMicroUsd = 3_000_000;
export const partsPer = {
	token: 3,
	character: 3,
	piece: partsPerMicroUsd,
	millisecond: 50,
	search: 3000,
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
	const sum = new ExactSum();
	if (!addPieces(sum, usage, rates)) return undefined;
	addInput(sum, usage, rates);
	addOutput(sum, usage, rates);
	return sum.dividedUp(partsPerMicroUsd);
}

/** The rates of the tier that so much input falls into. */
function ratesFor(inputTokens: number, price: Price): Rates {
	const { longContext } = price;
	return longContext !== undefined && inputTokens > longContext.aboveInputTokens
		? longContext.rates
		: price;
}

function addInput(sum: ExactSum, usage: Usage, rates: Rates): void {
	const { inputMicroUsd, cacheWriteMicroUsd = inputMicroUsd } = rates;
	const long = usage.longCacheWriteTokens ?? 0;
	const written = usage.cacheWriteTokens ?? long;
	addTokens(sum, { total: usage.inputTokens, plainMicroUsd: inputMicroUsd }, [
		[usage.cachedInputTokens ?? 0, rates.cachedInputMicroUsd ?? inputMicroUsd],
		[Math.max(0, written - long), cacheWriteMicroUsd],
		[long, rates.longCacheWriteMicroUsd ?? cacheWriteMicroUsd],
		[usage.inputAudioTokens ?? 0, rates.inputAudioMicroUsd ?? inputMicroUsd],
		[usage.inputImageTokens ?? 0, rates.inputImageMicroUsd ?? inputMicroUsd],
	]);
}

function addOutput(sum: ExactSum, usage: Usage, rates: Rates): void {
	const { outputMicroUsd } = rates;
	// Who asked for images and is told only a total has got images for it.
	const drawn = usage.outputImageTokens ?? ((usage.images ?? 0) > 0 ? usage.outputTokens : 0);
	addTokens(sum, { total: usage.outputTokens, plainMicroUsd: outputMicroUsd }, [
		[usage.reasoningTokens ?? 0, rates.reasoningMicroUsd ?? outputMicroUsd],
		[usage.outputAudioTokens ?? 0, rates.outputAudioMicroUsd ?? outputMicroUsd],
		[drawn, rates.outputImageMicroUsd ?? outputMicroUsd],
	]);
}

type Part = readonly [tokens: number, microUsd: number];

interface Tokens {
	readonly total: number;
	readonly plainMicroUsd: number;
}

/** A total of which some parts have rates of their own. Never more tokens than the total or its largest part. */
function addTokens(sum: ExactSum, { total, plainMicroUsd }: Tokens, parts: readonly Part[]): void {
	const counted = parts.filter(([tokens]) => tokens > 0);
	let left = total;
	if (counted.length > 0) {
		left = Math.max(total, ...counted.map(([tokens]) => tokens));
		for (const [tokens, microUsd] of counted.sort((a, b) => b[1] - a[1])) {
			const taken = Math.min(tokens, left);
			sum.add(whole(taken), microUsd, partsPer.token);
			left -= taken;
		}
	}
	sum.add(whole(left), plainMicroUsd, partsPer.token);
}

/** False: there is something to pay and no rate. */
function addPieces(sum: ExactSum, usage: Usage, rates: Rates): boolean {
	const { images = 0, audioMs = 0, characters = 0, searches = 0 } = usage;
	if (images + audioMs + characters + searches === 0) {
		sum.add(1, rates.requestMicroUsd ?? 0, partsPer.piece);
		return !isByThePiece(rates);
	}
	const isHeardInTokens = countsSound(usage, rates);
	const isSpeechCounted =
		rates.charactersMicroUsd === undefined && (isHeardInTokens || audioMs > 0);
	const eachImage = imageRate(rates, usage.imageVariant);
	const parts: readonly (readonly [number, number | undefined, number])[] = [
		[drawsInTokens(usage, rates) ? 0 : images, eachImage, partsPer.piece],
		[isHeardInTokens ? 0 : audioMs, rates.audioMinuteMicroUsd, partsPer.millisecond],
		[isSpeechCounted ? 0 : characters, rates.charactersMicroUsd, partsPer.character],
		[searches, rates.searchesMicroUsd, partsPer.search],
		[1, rates.requestMicroUsd ?? 0, partsPer.piece],
	];
	for (const [count, microUsd, unit] of parts) {
		if (count === 0) continue;
		if (microUsd === undefined) return false;
		sum.add(whole(count), microUsd, unit);
	}
	return true;
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

/** Counts come from providers: half a token is a token, and less than nothing is nothing. */
export function whole(count: number): number {
	return Number.isFinite(count) && count > 0 ? Math.ceil(count) : 0;
}
