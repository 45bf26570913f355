import { createRandom, shuffle } from "./random.ts";

/** Rows of binary features, each divided by the root of its length so that long texts weigh no more. */
export interface Example {
	readonly features: Int32Array;
	readonly isPositive: boolean;
	/** How much an error costs; 0 leaves the row out. */
	readonly weight: number;
}

export interface LogisticOptions {
	/** Number of features. */
	readonly size: number;
	/** Higher fits closer. */
	readonly cost: number;
	readonly rounds: number;
	readonly seed: number;
}

export interface LinearModel {
	readonly weights: Float32Array;
	readonly bias: number;
}

/**
 * L2-regularised logistic regression by coordinate descent in the dual (Yu, Huang and Lin, 2011). The
 * order of the rows comes from the seed, so the same rows give the same model.
 */
export function trainLogistic(examples: readonly Example[], options: LogisticOptions): LinearModel {
	const rows = examples.filter(({ weight }) => weight > 0);
	const random = createRandom(options.seed);
	// The last weight is the bias.
	const weights = new Float64Array(options.size + 1);
	const upper = Float64Array.from(rows, ({ weight }) => weight * options.cost);
	const dual = Float64Array.from(upper, (limit) => Math.min(limit * 0.001, 1e-8));
	for (const [index, row] of rows.entries()) {
		change(weights, row, (dual[index] ?? 0) * signOf(row));
	}
	let order = rows.map((_, index) => index);
	for (let round = 0; round < options.rounds; round++) {
		order = shuffle(order, random);
		for (const index of order) {
			const row = rows[index] as Example;
			const limit = upper[index] ?? 0;
			const before = dual[index] ?? 0;
			const after = bestDual(signOf(row) * score(weights, row.features), before, limit);
			dual[index] = after;
			change(weights, row, (after - before) * signOf(row));
		}
	}
	return {
		weights: Float32Array.from(weights.subarray(0, options.size)),
		bias: weights[options.size] ?? 0,
	};
}

export function applyLinear({ weights, bias }: LinearModel, features: Int32Array): number {
	let sum = 0;
	for (let index = 0; index < features.length; index++) sum += weights[features[index] ?? 0] ?? 0;
	return sum / Math.sqrt(Math.max(1, features.length)) + bias;
}

/** Rows have length one, and the bias adds one. */
const squaredNorm = 2;

function bestDual(margin: number, before: number, limit: number): number {
	// The half in which the optimum lies is solved from its own end, where the logarithm is exact.
	const fromEnd = 0.5 * squaredNorm * (limit - 2 * before) + margin < 0;
	const sign = fromEnd ? -1 : 1;
	const old = fromEnd ? limit - before : before;
	let value = limit - old < 0.5 * limit ? 0.1 * old : old;
	for (let step = 0; step < 30; step++) {
		const slope = squaredNorm * (value - old) + sign * margin + Math.log(value / (limit - value));
		if (Math.abs(slope) < 1e-4) break;
		const next = value - slope / (squaredNorm + limit / (limit - value) / value);
		value = next <= 0 ? value * 0.1 : Math.min(next, limit * (1 - 1e-9));
	}
	return fromEnd ? limit - value : value;
}

function signOf({ isPositive }: Example): number {
	return isPositive ? 1 : -1;
}

function score(weights: Float64Array, features: Int32Array): number {
	let sum = 0;
	for (let index = 0; index < features.length; index++) sum += weights[features[index] ?? 0] ?? 0;
	return sum / Math.sqrt(Math.max(1, features.length)) + (weights[weights.length - 1] ?? 0);
}

function change(weights: Float64Array, { features }: Example, amount: number): void {
	const each = amount / Math.sqrt(Math.max(1, features.length));
	for (let index = 0; index < features.length; index++) {
		const feature = features[index] ?? 0;
		weights[feature] = (weights[feature] ?? 0) + each;
	}
	const last = weights.length - 1;
	weights[last] = (weights[last] ?? 0) + amount;
}
