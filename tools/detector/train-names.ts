import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readLexicon } from "../../proxy-core/privacy/detect/lexicon/lexicon.ts";
import { createNameLabeller } from "../../proxy-core/privacy/detect/names/label-names.ts";
import { labelCount, nameWeightsLength } from "../../proxy-core/privacy/detect/names/name-model.ts";
import type { Tokens } from "../../proxy-core/privacy/detect/read-tokens.ts";
import {
	createTokens,
	readTokens,
	tokenMark,
} from "../../proxy-core/privacy/detect/read-tokens.ts";
import { readMarkedTexts } from "./eval-pii-dataset.ts";
import { createRandom, shuffle } from "./random.ts";
import type { NamedText } from "./train-names-corpus.ts";
import { renameText, writeContextTexts, writeTemplateTexts } from "./train-names-corpus.ts";
import { createNameSource } from "./train-names-fillers.ts";

/**
 * Learns to tell names of people, places and organisations: an averaged perceptron over the features of the
 * shipped finder. `node tools/detector/train-names.ts --data DIR [--without SOURCE] [--out FILE]`
 */
const { values } = parseArgs({
	options: {
		data: { type: "string" },
		without: { type: "string", multiple: true, default: [] },
		out: { type: "string", default: "proxy-core/privacy/detect/names/name-weights.bin" },
		epochs: { type: "string", default: "6" },
	},
});
if (values.data === undefined) throw new Error("Name the folder of the data: --data DIR");

const seed = 20261;
const home = new URL("../../proxy-core/privacy/detect/lexicon/", import.meta.url);
const lexicon = readLexicon(home);
const names = createNameSource(home, seed);
const labelOfFamily: Readonly<Record<string, number>> = { PERSON: 1, LOCATION: 2, ORG: 3 };

const real = readMarkedTexts(values.data)
	.filter(
		({ source, marked }) =>
			!values.without.includes(source) &&
			source !== "xquad" &&
			(marked === undefined || marked.has("PERSON")),
	)
	.map(
		({ text, spans, source }): NamedText => ({
			text,
			source,
			names: spans.flatMap(({ type, start, end }) => {
				const label = labelOfFamily[type];
				return label === undefined ? [] : [{ start, end, label }];
			}),
		}),
	);
const corpus = [
	...real,
	...real.map((text) => renameText(text, names)),
	...real.map((text) => renameText(text, names)),
	...writeTemplateTexts(names, 14),
	...writeContextTexts(names, 9000),
];
const weights = train(corpus, Number(values.epochs));
writeFileSync(values.out, quantise(weights));
console.log(
	`${corpus.length} texts, ${real.length} of them real, without ${values.without.join(", ") || "none"}`,
);

/** The mean of the weights over all steps, which generalises better than the last of them. */
function train(texts: readonly NamedText[], epochs: number): Float32Array {
	const current = new Float32Array(nameWeightsLength);
	const sums = new Float64Array(nameWeightsLength);
	const random = createRandom(seed);
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
			labeller.label(tokens);
		}
	}
	return current.map((value, at) => value - (sums[at] ?? 0) / step);
}

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
