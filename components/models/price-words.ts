import type { ModelPrice, RateName } from "../../lib/contracts/prices.ts";

interface RateWords {
	readonly label: string;
	/** What the amount is for, after it: `$2.50 per 1M tokens`. */
	readonly per: string;
}

const perTokens = "per 1M tokens";

/** Every rate a price can have, in the order in which people look for them. */
export const rateWords: Readonly<Record<RateName, RateWords>> = {
	inputMicroUsd: { label: "Input", per: perTokens },
	outputMicroUsd: { label: "Output", per: perTokens },
	cachedInputMicroUsd: { label: "Cached input", per: perTokens },
	cacheWriteMicroUsd: { label: "Cache write", per: perTokens },
	longCacheWriteMicroUsd: { label: "Cache write, long-lived", per: perTokens },
	reasoningMicroUsd: { label: "Reasoning", per: perTokens },
	inputAudioMicroUsd: { label: "Audio input", per: perTokens },
	outputAudioMicroUsd: { label: "Audio output", per: perTokens },
	inputImageMicroUsd: { label: "Image input", per: perTokens },
	outputImageMicroUsd: { label: "Image output", per: perTokens },
	imageMicroUsd: { label: "Image", per: "each" },
	audioMinuteMicroUsd: { label: "Sound", per: "per minute" },
	charactersMicroUsd: { label: "Text spoken", per: "per 1M characters" },
	searchesMicroUsd: { label: "Searches", per: "per 1,000" },
	requestMicroUsd: { label: "Request", per: "each" },
};

export const rateNames = Object.keys(rateWords) as readonly RateName[];

/** Rates that a dearer tier for long prompts can have. */
export const tokenRateNames = rateNames.filter((name) => rateWords[name].per === perTokens);

export interface RateLine {
	readonly id: string;
	readonly label: string;
	/** `$2.50 per 1M tokens`. */
	readonly text: string;
}

/** A price line by line, without those for long prompts. */
export function linesOf(price: ModelPrice): readonly RateLine[] {
	const isByThePiece = isSoldByThePiece(price);
	const sizes = Object.entries(price.imageVariants ?? {});
	const rates = rateNames.flatMap((name): RateLine[] => {
		const value = price[name];
		if (value === undefined) return [];
		if (isByThePiece && value === 0 && rateWords[name].per === perTokens) return [];
		const { label, per } = rateWords[name];
		const isRest = name === "imageMicroUsd" && sizes.length > 0;
		return [{ id: name, label: isRest ? "Image, other sizes" : label, text: amount(value, per) }];
	});
	const variants = sizes.map(([name, value]) => ({
		id: name,
		label: `Image, ${variantInWords(name)}`,
		text: amount(value, "each"),
	}));
	return [...rates, ...variants];
}

export function longLinesOf(price: ModelPrice): readonly RateLine[] {
	const { longContext } = price;
	if (longContext === undefined) return [];
	return tokenRateNames.flatMap((name): RateLine[] => {
		const value = longContext.rates[name];
		return value === undefined
			? []
			: [{ id: name, label: rateWords[name].label, text: amount(value, perTokens) }];
	});
}

/** The price in a few words for models that tokens say nothing about: `$0.006 per minute`. */
export function pieceInWords(price: ModelPrice): string | undefined {
	if (!isSoldByThePiece(price)) return undefined;
	const name = rateNames.find((one) => rateWords[one].per !== perTokens && (price[one] ?? 0) > 0);
	return name === undefined ? undefined : shortAmount(price, name);
}

/** The rates that people compare, in one line: `$2.50 in, $10.00 out per 1M tokens`. */
export function priceInShort(price: ModelPrice): string {
	const piece = pieceInWords(price);
	if (piece !== undefined) return piece;
	if (isFree(price)) return "free";
	const { inputMicroUsd, outputMicroUsd, cachedInputMicroUsd: cached, longContext } = price;
	const parts = [`${formatRate(inputMicroUsd)} in`, `${formatRate(outputMicroUsd)} out`];
	if (cached !== undefined) parts.push(`${formatRate(cached)} cached`);
	const tier = longContext === undefined ? "" : ", dearer for long prompts";
	return `${parts.join(", ")} ${perTokens}${tier}`;
}

function shortAmount(price: ModelPrice, name: RateName): string {
	const variants = Object.values(price.imageVariants ?? {});
	const value = price[name] ?? 0;
	if (name !== "imageMicroUsd") return amount(value, rateWords[name].per);
	const least = Math.min(value, ...variants);
	if (least === value) return `${formatRate(value)} per image`;
	return `${formatRate(least)} to ${formatRate(value)} per image`;
}

export function isFree(price: ModelPrice): boolean {
	return rateNames.every((name) => (price[name] ?? 0) === 0);
}

function isSoldByThePiece(price: ModelPrice): boolean {
	return tokenRateNames.every((name) => (price[name] ?? 0) === 0) && !isFree(price);
}

/** `high/1024x1536` is `1024 × 1536, high`. */
export function variantInWords(variant: string): string {
	const [quality, size] = variant.includes("/") ? variant.split("/") : [undefined, variant];
	const words = (size ?? "").replace("x", " × ");
	return quality === undefined ? words : `${words}, ${quality}`;
}

/** Prices are compared and multiplied, so none of their digits is rounded away: `$0.125`. */
export function formatRate(microUsd: number): string {
	const digits = { minimumFractionDigits: 2, maximumFractionDigits: 6 };
	return `$${new Intl.NumberFormat("en-US", digits).format(microUsd / 1_000_000)}`;
}

function amount(microUsd: number, per: string): string {
	return `${formatRate(microUsd)} ${per}`;
}
