import type { PreparedText } from "./prepare-examples.ts";

/** How much each origin counts beside the data, per label. */
const originMass = { data: 1, template: 0.8, background: 0.1 } as const;
const lengthBins = 7;
const lengthBinStart = 32;
const correctionMax = 4;

/**
 * Weights that keep the model from learning where a text comes from or how long it is: sources count
 * by the root of their size, both labels alike, and in every range of lengths both labels alike again.
 * The mean is 1.
 */
export function weighExamples(texts: readonly PreparedText[]): readonly number[] {
	const sizes = new Map<string, number>();
	for (const { source } of texts) sizes.set(source, (sizes.get(source) ?? 0) + 1);
	let weights = texts.map(({ source }) => 1 / Math.sqrt(sizes.get(source) ?? 1));
	const group = ({ isAttack, origin }: PreparedText): string => `${isAttack} ${origin}`;
	const masses = massBy(texts, weights, group);
	weights = weights.map((weight, index) => {
		const text = texts[index] as PreparedText;
		return (weight / (masses.get(group(text)) ?? 1)) * originMass[text.origin];
	});
	const bin = (text: PreparedText): string => `${text.isAttack} ${lengthBin(text)}`;
	const inBins = massBy(texts, weights, bin);
	weights = weights.map((weight, index) => {
		const text = texts[index] as PreparedText;
		const attack = inBins.get(`true ${lengthBin(text)}`) ?? 0;
		const benign = inBins.get(`false ${lengthBin(text)}`) ?? 0;
		const correction = Math.sqrt(attack * benign) / (text.isAttack ? attack : benign);
		return weight * Math.min(correctionMax, Math.max(1 / correctionMax, correction));
	});
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	return weights.map((weight) => (weight / total) * texts.length);
}

function lengthBin({ length }: PreparedText): number {
	return Math.min(lengthBins - 1, Math.max(0, Math.floor(Math.log2(length / lengthBinStart))));
}

export function massBy<Item>(
	items: readonly Item[],
	weights: readonly number[],
	groupOf: (item: Item) => string,
): ReadonlyMap<string, number> {
	const masses = new Map<string, number>();
	for (const [index, item] of items.entries()) {
		const group = groupOf(item);
		masses.set(group, (masses.get(group) ?? 0) + (weights[index] ?? 0));
	}
	return masses;
}
