import { readdirSync, readFileSync } from "node:fs";
import type { ModelTraits } from "../contract/model-traits.ts";
import type { Price, Rates } from "../snapshot.ts";
import { namesOf } from "./model-names.ts";
import type { KindCatalogue, ModelFacts, PriceFacts, TraitFacts } from "./price-data.ts";

/** What is known of one model. Never both undefined. */
export interface Listing {
	/** Undefined: no source names one. */
	readonly price: Price | undefined;
	readonly traits: ModelTraits | undefined;
}

/** A model's own entry of the list, for people who look through it. */
export interface ListedModel extends Listing {
	readonly kind: string;
	readonly model: string;
}

export interface PriceCatalogue {
	/** The day on which the prices were put together. */
	readonly version: string;
	/**
	 * By kind of provider and the upstream's own name of the model; a dated snapshot, an inference
	 * profile or a tuned model is what its model is unless it is listed itself. Undefined: nobody knows,
	 * so nothing may be assumed. The id of the configured provider finds prices that hold only there.
	 */
	readonly find: (kind: string, model: string, provider?: string) => Listing | undefined;
	/** Every entry but the ones that stand for many models. */
	readonly list: () => readonly ListedModel[];
	/** The vendors' pages that a kind's figures come from. */
	readonly sourcesOf: (kind: string) => readonly string[];
}

const folder = new URL("catalogue/", import.meta.url);

/**
 * The catalogue that this version came with. The files are checked against the schema by the tests and
 * by the tool that writes them, not at every start.
 */
export function readShippedPrices(): readonly KindCatalogue[] {
	return readdirSync(folder)
		.filter((name) => name.endsWith(".json"))
		.toSorted()
		.map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as KindCatalogue);
}

/** Entries are translated when they are asked for: an installation uses a few of the thousands. */
export function createPriceCatalogue(data: readonly KindCatalogue[]): PriceCatalogue {
	const kinds = new Map(data.map((one) => [one.kind, one]));
	let listed: readonly ListedModel[] | undefined;
	return {
		version:
			data
				.map((one) => one.version)
				.toSorted()
				.at(-1) ?? "",
		find: (kind, model) => {
			const shelf = kinds.get(kind);
			return shelf === undefined ? undefined : toListing(factsOf(shelf, model));
		},
		list: () => {
			listed ??= data.flatMap(entriesOf);
			return listed;
		},
		sourcesOf: (kind) => kinds.get(kind)?.sources ?? [],
	};
}

function entriesOf({ kind, models }: KindCatalogue): readonly ListedModel[] {
	return Object.entries(models).flatMap(([model, facts]) => {
		const listing = model.startsWith("*") ? undefined : toListing(facts);
		return listing === undefined ? [] : [{ kind, model, ...listing }];
	});
}

/** Price and traits may come from different names: a source can know what a snapshot does and not what it costs. */
function factsOf({ kind, models }: KindCatalogue, model: string): ModelFacts {
	const found = namesOf(kind, model).flatMap((name) =>
		Object.hasOwn(models, name) ? [models[name] ?? {}] : [],
	);
	if (found.length === 0) return endingFacts(models, model);
	return known({
		price: found.find(({ price }) => price !== undefined)?.price,
		traits: found.find(({ traits }) => traits !== undefined)?.traits,
	}) as ModelFacts;
}

/** `*:cloud` is nearer than `*`, also when it says that nothing is known. */
function endingFacts(models: KindCatalogue["models"], model: string): ModelFacts {
	const endings = Object.entries(models)
		.filter(([name]) => name.startsWith("*") && model.endsWith(name.slice(1)))
		.toSorted(([a], [b]) => b.length - a.length);
	return endings[0]?.[1] ?? {};
}

function toListing({ price, traits }: ModelFacts): Listing | undefined {
	if (price === undefined && traits === undefined) return undefined;
	return {
		price: price === undefined ? undefined : toPrice(price),
		traits: traits === undefined ? undefined : toTraits(traits),
	};
}

function toTraits({ context, output, retires, ...rest }: TraitFacts): ModelTraits {
	return known({
		...rest,
		contextTokens: context,
		outputTokensMax: output,
		retiresOn: retires,
	}) as ModelTraits;
}

/** Vendors' dollars as whole micro-dollars; see `Rates` for the units. */
function toPrice({ above, image, images, ...facts }: PriceFacts): Price {
	const variants = Object.entries(images ?? {}).map(([name, value]) => [name, micro(value)]);
	const pieces = known({
		imageMicroUsd: micro(image),
		imageVariants: images === undefined ? undefined : Object.fromEntries(variants),
		audioMinuteMicroUsd: micro(facts.audioMinute),
		charactersMicroUsd: micro(facts.characters),
		searchesMicroUsd: micro(facts.searches),
		requestMicroUsd: micro(facts.request),
	});
	const base = { ...tokenRates(facts), ...pieces } as Rates;
	if (above === undefined) return base;
	const { inputTokens, ...rates } = above;
	return {
		...base,
		longContext: {
			aboveInputTokens: inputTokens,
			rates: { ...tokenRates(rates), ...pieces } as Rates,
		},
	};
}

function tokenRates(facts: Omit<PriceFacts, "above">): Rates {
	return known({
		inputMicroUsd: micro(facts.input),
		outputMicroUsd: micro(facts.output),
		cachedInputMicroUsd: micro(facts.cachedInput),
		cacheWriteMicroUsd: micro(facts.cacheWrite),
		longCacheWriteMicroUsd: micro(facts.longCacheWrite),
		reasoningMicroUsd: micro(facts.reasoning),
		inputAudioMicroUsd: micro(facts.inputAudio),
		outputAudioMicroUsd: micro(facts.outputAudio),
		inputImageMicroUsd: micro(facts.inputImage),
		outputImageMicroUsd: micro(facts.outputImage),
	}) as Rates;
}

function micro(dollars: number | undefined): number | undefined {
	return dollars === undefined ? undefined : Math.round(dollars * 1_000_000);
}

/** Drops what is undefined, which is not the same as absent where properties are exactly optional. */
function known<Value extends object>(value: Value): Partial<Value> {
	const entries = Object.entries(value).filter(([, part]) => part !== undefined);
	return Object.fromEntries(entries) as Partial<Value>;
}
