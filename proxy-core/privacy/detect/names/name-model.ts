import { readFileSync } from "node:fs";
import { featureBits } from "./read-features.ts";

/** What a word is labelled, in the order of the weights. */
export const nameLabels = ["none", "PERSON", "LOCATION", "ORGANIZATION"] as const;
export const labelCount = nameLabels.length;

/** One signed byte per feature and label, the labels of a feature side by side. */
export type NameWeights = Int8Array;

export const nameWeightsLength = labelCount << featureBits;

/** Reads the weights that training wrote; throws when they are not of the expected length. */
export function readNameWeights(
	file: URL = new URL("./name-weights.bin", import.meta.url),
): NameWeights {
	const bytes = readFileSync(file);
	if (bytes.length !== nameWeightsLength) {
		throw new Error(
			`The weights of names have ${bytes.length} bytes instead of ${nameWeightsLength}.`,
		);
	}
	return new Int8Array(bytes);
}
