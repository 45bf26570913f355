import type { Price } from "../snapshot.ts";
import type { ListedModel, PriceCatalogue } from "./price-catalogue.ts";

/** A price that holds in place of the list's: of one configured provider, or of every provider of a kind. */
export interface PriceOverride {
	readonly scope: "provider" | "kind";
	/** Id of the provider or of the kind. */
	readonly place: string;
	/** The upstream's own name, exactly as configured. */
	readonly model: string;
	readonly price: Price;
	/** ISO instant; the newest is part of the catalogue's version. */
	readonly since: string;
}

/** The same catalogue with other prices; a provider's own wins over its kind's. */
export function withOverrides(
	catalogue: PriceCatalogue,
	overrides: readonly PriceOverride[],
): PriceCatalogue {
	if (overrides.length === 0) return catalogue;
	const prices = new Map(
		overrides.map(({ scope, place, model, price }) => [key(scope, place, model), price]),
	);
	const newest =
		overrides
			.map(({ since }) => since)
			.toSorted()
			.at(-1) ?? "";
	return {
		...catalogue,
		version: `${catalogue.version}+${newest}`,
		find: (kind, model, provider) => {
			const own = provider === undefined ? undefined : prices.get(key("provider", provider, model));
			const price = own ?? prices.get(key("kind", kind, model));
			const listed = catalogue.find(kind, model);
			return price === undefined ? listed : { price, traits: listed?.traits };
		},
		list: () => overList(catalogue, overrides, prices),
	};
}

function overList(
	catalogue: PriceCatalogue,
	overrides: readonly PriceOverride[],
	prices: ReadonlyMap<string, Price>,
): readonly ListedModel[] {
	const listed = catalogue.list().map((entry) => {
		const price = prices.get(key("kind", entry.kind, entry.model));
		return price === undefined ? entry : { ...entry, price };
	});
	const names = new Set(listed.map(({ kind, model }) => key("kind", kind, model)));
	const unlisted = overrides.filter(
		({ scope, place, model }) => scope === "kind" && !names.has(key(scope, place, model)),
	);
	return [
		...listed,
		...unlisted.map(({ place, model, price }) => ({
			kind: place,
			model,
			price,
			traits: catalogue.find(place, model)?.traits,
		})),
	];
}

function key(scope: PriceOverride["scope"], place: string, model: string): string {
	return `${scope} ${place} ${model}`;
}
