import type { Lexicon } from "../lexicon/lexicon.ts";
import { wordKind } from "../lexicon/word-kinds.ts";
import type { Tokens } from "../read-tokens.ts";
import { labelCount } from "./name-model.ts";
import { createFeatureReader } from "./read-features.ts";
import type { Run } from "./read-runs.ts";
import { readPhrases, readRuns } from "./read-runs.ts";

/** Weights of any precision: what training holds and what is shipped. */
export type LabelWeights = Int8Array | Float32Array;

/** Labels of tokens, index into `nameLabels`, with how far ahead of the next best they are. */
export interface NameLabels {
	readonly labels: Uint8Array;
	readonly margins: Float32Array;
}

export interface NameLabeller {
	/** Reused for the next text; tokens outside of runs are 0. */
	readonly label: (tokens: Tokens) => NameLabels;
}

/** Labels the capitalised words of a text from left to right, each in the light of the one before. */
export function createNameLabeller(options: {
	readonly lexicon: Lexicon;
	readonly weights: LabelWeights;
	/** Told of every token that is judged, before the next is; training corrects `labels` here. */
	readonly onToken?: (token: number, features: Int32Array, outcome: NameLabels) => void;
}): NameLabeller {
	const { lexicon, weights, onToken } = options;
	const reader = createFeatureReader();
	const sum = weights instanceof Int8Array ? sumPacked(packWeights(weights)) : sumPlain(weights);
	const sums = new Float64Array(labelCount);
	let phrases = new Int32Array(0);
	let outcome: NameLabels = { labels: new Uint8Array(0), margins: new Float32Array(0) };

	function judge(features: Int32Array, token: number): void {
		sum(features, sums);
		let label = 0;
		for (let other = 1; other < labelCount; other += 1) {
			if ((sums[other] ?? 0) > (sums[label] ?? 0)) label = other;
		}
		let rival = Number.NEGATIVE_INFINITY;
		for (let other = 0; other < labelCount; other += 1) {
			if (other !== label) rival = Math.max(rival, sums[other] ?? 0);
		}
		outcome.labels[token] = label;
		outcome.margins[token] = (sums[label] ?? 0) - rival;
	}

	function judgeRun(tokens: Tokens, run: Run): void {
		const isAlone = run.first === run.last;
		if (isAlone && isOrdinary(tokens.kinds[run.first] ?? 0, phrases[run.first] ?? 0)) return;
		reader.openRun(tokens, run, phrases);
		for (let token = run.first; token <= run.last; token += 1) {
			const before = token === 0 ? 0 : (outcome.labels[token - 1] ?? 0);
			const features = reader.read(tokens, token, before);
			judge(features, token);
			onToken?.(token, features, outcome);
		}
	}

	return {
		label(tokens) {
			if (phrases.length < tokens.count) {
				phrases = new Int32Array(tokens.count * 2);
				outcome = {
					labels: new Uint8Array(tokens.count * 2),
					margins: new Float32Array(tokens.count * 2),
				};
			}
			outcome.labels.fill(0, 0, tokens.count);
			if (tokens.names.length === 0) return outcome;
			readPhrases(tokens, lexicon, phrases);
			readRuns(tokens, (run) => judgeRun(tokens, run));
			return outcome;
		},
	};
}

/** Adds up the weights of features, one sum per label. */
type Sum = (features: Int32Array, into: Float64Array) => void;

function sumPlain(weights: LabelWeights): Sum {
	return (features, into) => {
		into.fill(0);
		for (const feature of features) {
			for (let label = 0; label < labelCount; label += 1) {
				into[label] = (into[label] ?? 0) + (weights[feature * labelCount + label] ?? 0);
			}
		}
	};
}

/** Makes a signed byte one from 0 to 255, so that sums of lanes do not run into each other. */
const bias = 128;
const laneBits = 16;
const lane = (1 << laneBits) - 1;
const evenBytes = 0x00ff00ff;

/** The four weights of a feature in one number: one look into memory instead of four. */
function packWeights(weights: Int8Array): Int32Array {
	const packed = new Int32Array(weights.length / labelCount);
	for (let at = 0; at < weights.length; at += 1) {
		const feature = Math.floor(at / labelCount);
		const byte = (weights[at] ?? 0) + bias;
		packed[feature] = (packed[feature] ?? 0) | (byte << (8 * (at % labelCount)));
	}
	return packed;
}

function sumPacked(packed: Int32Array): Sum {
	return (features, into) => {
		let even = 0;
		let odd = 0;
		for (let at = 0; at < features.length; at += 1) {
			const weights = packed[features[at] ?? 0] ?? 0;
			even += weights & evenBytes;
			odd += (weights >>> 8) & evenBytes;
		}
		const added = bias * features.length;
		into[0] = (even & lane) - added;
		into[1] = (odd & lane) - added;
		into[2] = (even >>> laneBits) - added;
		into[3] = (odd >>> laneBits) - added;
	};
}

/**
 * A single word of everyday language is capitalised because a sentence begins with it. One that may
 * open a name of several words is judged, but for those that are no name without the others.
 */
function isOrdinary(kinds: number, phrase: number): boolean {
	if ((kinds & (wordKind.common | wordKind.grammar)) === 0 || (kinds & nameKinds) !== 0)
		return false;
	if ((kinds & wordKind.opensPhrase) === 0) return true;
	return (kinds & wordKind.grammar) !== 0 && phrase === 0;
}
const nameKinds =
	wordKind.firstName |
	wordKind.lastName |
	wordKind.place |
	wordKind.country |
	wordKind.organization |
	wordKind.institution |
	wordKind.landmark;
