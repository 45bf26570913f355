import type { Model } from "../../lib/contracts/models.ts";
import type { Traits } from "../../lib/contracts/prices.ts";

export interface ModelFilter {
	/** Words that stand in the name of the model or of its provider. */
	readonly search: string;
	readonly provider: string | undefined;
	readonly purpose: Traits["purpose"] | undefined;
	readonly capability: Traits["capabilities"][number] | undefined;
	readonly isUnpriced: boolean;
}

export function filterModels(models: readonly Model[], filter: ModelFilter): readonly Model[] {
	const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
	return models.filter(({ id, provider, providerTitle, price, traits }) => {
		if (filter.provider !== undefined && provider !== filter.provider) return false;
		if (filter.purpose !== undefined && traits?.purpose !== filter.purpose) return false;
		if (filter.isUnpriced && price !== null) return false;
		const { capability } = filter;
		if (capability !== undefined && traits?.capabilities.includes(capability) !== true)
			return false;
		const text = `${id} ${providerTitle}`.toLowerCase();
		return words.every((word) => text.includes(word));
	});
}

/** Whether a model is gone or goes within a quarter, seen from a day (epoch milliseconds). */
export function retirementOf(
	traits: Traits | null,
	nowMs: number,
): "retired" | "retires soon" | undefined {
	if (traits?.retiresOn === undefined) return undefined;
	const leftMs = Date.parse(traits.retiresOn) - nowMs;
	if (leftMs <= 0) return "retired";
	return leftMs <= 90 * 86_400_000 ? "retires soon" : undefined;
}
