import { readWeights } from "./classifier/weights.ts";
import type { SteppedDetector } from "./detector.ts";
import { createSteppedDetector } from "./detector.ts";

/** The detector with the shipped weights: tables of some megabytes, made once and shared by every configuration. */
export const shippedDetector = once(() => createSteppedDetector(readWeights()));

function once(make: () => SteppedDetector): () => SteppedDetector {
	let made: SteppedDetector | undefined;
	return () => {
		made ??= make();
		return made;
	};
}
