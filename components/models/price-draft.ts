import type { ModelPrice, RateName, Traits } from "../../lib/contracts/prices.ts";
import { tokenRateNames } from "./price-words.ts";

/** Dollars as they are typed; empty means that the rate is not there. */
export type RateTexts = Readonly<Partial<Record<RateName, string>>>;

export interface PriceDraft {
	readonly rates: RateTexts;
	/** By `quality/1024x1024`. */
	readonly variants: Readonly<Record<string, string>>;
	/** Undefined: long prompts cost what short ones do. */
	readonly long: { readonly above: string; readonly rates: RateTexts } | undefined;
}

/** What is wrong, by the path of the field: `rates.inputMicroUsd`, `long.above`. */
export type DraftErrors = Readonly<Record<string, string>>;

const usualRates: Readonly<Record<Traits["purpose"], readonly RateName[]>> = {
	chat: ["inputMicroUsd", "outputMicroUsd", "cachedInputMicroUsd"],
	completion: ["inputMicroUsd", "outputMicroUsd"],
	embedding: ["inputMicroUsd", "outputMicroUsd"],
	image: ["inputMicroUsd", "outputMicroUsd", "imageMicroUsd"],
	speech: ["inputMicroUsd", "outputMicroUsd", "charactersMicroUsd"],
	transcription: ["inputMicroUsd", "outputMicroUsd", "audioMinuteMicroUsd"],
	rerank: ["inputMicroUsd", "outputMicroUsd", "searchesMicroUsd"],
	moderation: ["inputMicroUsd", "outputMicroUsd"],
};

/** Starts from a price, or from the rates that such a model usually has. */
export function draftOf(
	price: ModelPrice | null,
	purpose: Traits["purpose"] | undefined,
): PriceDraft {
	const usual = Object.fromEntries(usualRates[purpose ?? "chat"].map((name) => [name, ""]));
	if (price === null) return { rates: usual, variants: {}, long: undefined };
	const { longContext, imageVariants = {}, ...rates } = price;
	return {
		rates: { ...usual, ...textsOf(rates) },
		variants: Object.fromEntries(
			Object.entries(imageVariants).map(([name, value]) => [name, dollarsOf(value)]),
		),
		long:
			longContext === undefined
				? undefined
				: { above: String(longContext.aboveInputTokens), rates: tokenTexts(longContext.rates) },
	};
}

export type ReadDraft =
	| { readonly price: ModelPrice; readonly errors?: undefined }
	| { readonly price?: undefined; readonly errors: DraftErrors };

/** Micro-dollars out of what was typed. Input and output are needed; 0 says that they cost nothing. */
export function readDraft(draft: PriceDraft): ReadDraft {
	const errors: Record<string, string> = {};
	const read = (texts: RateTexts, path: string) => {
		const found: Record<string, number> = {};
		for (const [name, text = ""] of Object.entries(texts)) {
			const isNeeded = name === "inputMicroUsd" || name === "outputMicroUsd";
			if (text.trim() === "" && !isNeeded) continue;
			const value = microUsdOf(text);
			if (value === undefined) errors[`${path}.${name}`] = amountWanted;
			else found[name] = value;
		}
		return found as Pick<ModelPrice, "inputMicroUsd" | "outputMicroUsd">;
	};
	const rates = read({ inputMicroUsd: "", outputMicroUsd: "", ...draft.rates }, "rates");
	const variants = read(draft.variants as RateTexts, "variants") as Record<string, number>;
	const long = draft.long === undefined ? undefined : readLong(draft.long, { read, errors });
	if (Object.keys(errors).length > 0) return { errors };
	return {
		price: {
			...rates,
			...(Object.keys(variants).length === 0 ? {} : { imageVariants: variants }),
			...(long === undefined
				? {}
				: {
						longContext: {
							aboveInputTokens: long.above,
							// What is sold by the piece costs the same whatever the length.
							rates: { ...piecesOf(rates), ...long.rates },
						},
					}),
		},
	};
}

interface Reading {
	readonly read: (
		texts: RateTexts,
		path: string,
	) => Pick<ModelPrice, "inputMicroUsd" | "outputMicroUsd">;
	readonly errors: Record<string, string>;
}

function readLong(long: NonNullable<PriceDraft["long"]>, { read, errors }: Reading) {
	const above = Number(long.above);
	if (!Number.isInteger(above) || above < 1) errors["long.above"] = "A whole number above 0.";
	return {
		above,
		rates: read({ inputMicroUsd: "", outputMicroUsd: "", ...long.rates }, "long.rates"),
	};
}

const amountWanted = "An amount in dollars, such as 2.50; 0 if it costs nothing.";

/** Whole micro-dollars; undefined for what is no amount or finer than a millionth. */
function microUsdOf(text: string): number | undefined {
	const trimmed = text.trim();
	if (!/^\d{1,6}(\.\d{1,6})?$/.test(trimmed)) return undefined;
	return Math.round(Number(trimmed) * 1_000_000);
}

function dollarsOf(microUsd: number): string {
	return String(microUsd / 1_000_000);
}

function textsOf(rates: Readonly<Record<string, number | undefined>>): RateTexts {
	return Object.fromEntries(
		Object.entries(rates).flatMap(([name, value]) =>
			value === undefined ? [] : [[name, dollarsOf(value)]],
		),
	);
}

function tokenTexts(rates: NonNullable<ModelPrice["longContext"]>["rates"]): RateTexts {
	const tokens = tokenRateNames.map((name) => [name, rates[name]] as const);
	return textsOf(Object.fromEntries(tokens));
}

function piecesOf(rates: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
	const names: readonly string[] = tokenRateNames;
	return Object.fromEntries(Object.entries(rates).filter(([name]) => !names.includes(name)));
}
