import { readWeights } from "./classifier/weights.ts";
import type { InjectionDetector } from "./detector.ts";
import { createInjectionDetector } from "./detector.ts";

/** The detector with the shipped weights: tables of some megabytes, made once and shared by every configuration. */
export const shippedDetector = once(() => createInjectionDetector(readWeights()));

function once(make: () => InjectionDetector): () => InjectionDetector {
	let made: InjectionDetector | undefined;
	return () => {
		made ??= make();
		return made;
	};
}
