import type { Lexicon } from "../../proxy-core/privacy/detect/lexicon/lexicon.ts";
import { wordKind } from "../../proxy-core/privacy/detect/lexicon/word-kinds.ts";
import { createNameLabeller } from "../../proxy-core/privacy/detect/names/label-names.ts";
import { labelCount, nameWeightsLength } from "../../proxy-core/privacy/detect/names/name-model.ts";
import type { Tokens } from "../../proxy-core/privacy/detect/read-tokens.ts";
import {
	createTokens,
	readTokens,
	tokenMark,
} from "../../proxy-core/privacy/detect/read-tokens.ts";
import { createRandom, shuffle } from "./random.ts";
import type { NamedText } from "./train-names-corpus.ts";

export interface FitNamesOptions {
	readonly lexicon: Lexicon;
	readonly epochs: number;
	/** Trainings in different orders whose weights are averaged: one alone depends on its order. */
	readonly runs: number;
	readonly seed: number;
}

/** The share of names that training sees as if the lexicon lacked them. */
const forgottenShare = 0.2;

/** Weights of an averaged perceptron over the features of the shipped finder, in signed bytes. */
export function fitNames(texts: readonly NamedText[], options: FitNamesOptions): Int8Array {
	const weights = new Float32Array(nameWeightsLength);
	for (let run = 0; run < options.runs; run += 1) {
		const learnt = fitOnce(texts, options, createRandom(options.seed + run));
		for (let at = 0; at < weights.length; at += 1) {
			weights[at] = (weights[at] ?? 0) + (learnt[at] ?? 0) / options.runs;
		}
	}
	return quantise(weights);
}

/** The mean of the weights over all steps, which generalises better than the last of them. */
function fitOnce(
	texts: readonly NamedText[],
	{ lexicon, epochs }: FitNamesOptions,
	random: () => number,
): Float32Array {
	const current = new Float32Array(nameWeightsLength);
	const sums = new Float64Array(nameWeightsLength);
	const tokens = createTokens();
	let step = 1;
	let gold: Uint8Array = new Uint8Array(0);
	const labeller = createNameLabeller({
		lexicon,
		weights: current,
		onToken(token, features, { labels, margins }) {
			step += 1;
			const right = gold[token] ?? 0;
			const guess = labels[token] ?? 0;
			// A right answer by a hair is corrected as well.
			if (guess === right && (margins[token] ?? 0) > 1) return;
			const wrong = guess === right ? runnerUp(current, features, right) : guess;
			for (const feature of features) {
				update(feature * labelCount + right, 1);
				update(feature * labelCount + wrong, -1);
			}
			labels[token] = right;
		},
	});
	function update(at: number, by: number): void {
		current[at] = (current[at] ?? 0) + by;
		sums[at] = (sums[at] ?? 0) + by * step;
	}
	for (let epoch = 0; epoch < epochs; epoch += 1) {
		for (const text of shuffle(texts, random)) {
			readTokens(tokens, text.text, lexicon);
			gold = labelsOf(text, tokens);
			forgetNames(tokens, gold, random);
			labeller.label(tokens);
		}
	}
	return current.map((value, at) => value - (sums[at] ?? 0) / step);
}

/** Hides what the lexicon knows of some names, so that unknown ones are learnt from what stands around. */
function forgetNames(tokens: Tokens, gold: Uint8Array, random: () => number): void {
	let isForgotten = false;
	for (let token = 0; token < tokens.count; token += 1) {
		const opensName = gold[token] !== 0 && gold[token] !== gold[token - 1];
		if (opensName) isForgotten = random() < forgottenShare;
		if (!isForgotten || gold[token] === 0) continue;
		// In lower case a name is looked at only because the lexicon knows it.
		if (((tokens.marks[token] ?? 0) & tokenMark.opensUpper) === 0) continue;
		tokens.kinds[token] = (tokens.kinds[token] ?? 0) & ~forgottenKinds;
	}
}
const forgottenKinds =
	wordKind.firstName |
	wordKind.lastName |
	wordKind.place |
	wordKind.country |
	wordKind.organization;

/** The right label of each token. */
function labelsOf({ names: marked }: NamedText, tokens: Tokens): Uint8Array {
	const labels = new Uint8Array(tokens.count);
	for (const { start, end, label } of marked) {
		for (let token = 0; token < tokens.count; token += 1) {
			const isInside = (tokens.starts[token] ?? 0) < end && (tokens.ends[token] ?? 0) > start;
			const isWord = ((tokens.marks[token] ?? 0) & tokenMark.digit) === 0;
			if (isInside && isWord) labels[token] = label;
		}
	}
	return labels;
}

function runnerUp(current: Float32Array, features: Int32Array, right: number): number {
	let best = right === 0 ? 1 : 0;
	let bestScore = Number.NEGATIVE_INFINITY;
	for (let label = 0; label < labelCount; label += 1) {
		if (label === right) continue;
		let score = 0;
		for (const feature of features) score += current[feature * labelCount + label] ?? 0;
		if (score > bestScore) {
			best = label;
			bestScore = score;
		}
	}
	return best;
}

/** To signed bytes; the largest hundredth of a percent may be cut. */
function quantise(source: Float32Array): Int8Array {
	const sizes = source.map(Math.abs).sort();
	const top = sizes[Math.floor(sizes.length * 0.9999)] ?? 1;
	return Int8Array.from(source, (value) =>
		Math.max(-127, Math.min(127, Math.round((value / top) * 127))),
	);
}
