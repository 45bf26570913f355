import type { Block, BlockName } from "../../proxy-core/shield/classifier/weights.ts";
import { blockScore, blockSizes } from "../../proxy-core/shield/classifier/weights.ts";
import type { Example } from "./logistic.ts";
import { trainLogistic } from "./logistic.ts";

const settings: Readonly<Record<BlockName, { cost: number; rounds: number }>> = {
	words: { cost: 1, rounds: 10 },
	characters: { cost: 1, rounds: 10 },
	concepts: { cost: 0.3, rounds: 10 },
	style: { cost: 0.3, rounds: 20 },
	documentWords: { cost: 1, rounds: 8 },
	documentConcepts: { cost: 0.3, rounds: 8 },
};

/** Trains one regression, rounds its weights to a byte each and puts its sums on the common scale. */
export function fitBlock(name: BlockName, examples: readonly Example[], seed: number): Block {
	const model = trainLogistic(examples, { size: blockSizes[name], ...settings[name], seed });
	const largest = model.weights.reduce((max, weight) => Math.max(max, Math.abs(weight)), 1e-9);
	// Few weights are near the largest; a finer step for the others is worth cutting those off.
	const step = (largest * 0.7) / 127;
	const weights = Int8Array.from(model.weights, (weight) =>
		Math.max(-127, Math.min(127, Math.round(weight / step))),
	);
	const block: Block = { weights, step, bias: model.bias, mean: 0, deviation: 1 };
	let mass = 0;
	let sum = 0;
	let squares = 0;
	for (const { features, weight } of examples) {
		const score = blockScore(block, features);
		mass += weight;
		sum += weight * score;
		squares += weight * score * score;
	}
	const mean = sum / mass;
	return { ...block, mean, deviation: Math.sqrt(Math.max(1e-9, squares / mass - mean * mean)) };
}
