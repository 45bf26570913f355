import type { Lexicon } from "../lexicon/lexicon.ts";
import { wordKind } from "../lexicon/word-kinds.ts";
import type { Tokens } from "../read-tokens.ts";
import { labelCount } from "./name-model.ts";
import { featuresMax, readFeatures } from "./read-features.ts";
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
	const features = new Int32Array(featuresMax);
	let phrases = new Int32Array(0);
	let outcome: NameLabels = { labels: new Uint8Array(0), margins: new Float32Array(0) };

	// Written out for the four labels: this is where the time goes.
	function judge(count: number, token: number): void {
		let none = 0;
		let person = 0;
		let location = 0;
		let organization = 0;
		for (let at = 0; at < count; at += 1) {
			const base = (features[at] ?? 0) * labelCount;
			none += weights[base] ?? 0;
			person += weights[base + 1] ?? 0;
			location += weights[base + 2] ?? 0;
			organization += weights[base + 3] ?? 0;
		}
		const ranked = [none, person, location, organization];
		const best = Math.max(none, person, location, organization);
		const label = ranked.indexOf(best);
		ranked[label] = Number.NEGATIVE_INFINITY;
		const rival = Math.max(...ranked);
		outcome.labels[token] = label;
		outcome.margins[token] = best - rival;
	}

	function judgeRun(tokens: Tokens, run: Run): void {
		if (run.first === run.last && isOrdinary(tokens.kinds[run.first] ?? 0)) return;
		for (let token = run.first; token <= run.last; token += 1) {
			const before = token === 0 ? 0 : (outcome.labels[token - 1] ?? 0);
			const count = readFeatures(tokens, { token, run, before, phrases }, features);
			judge(count, token);
			onToken?.(token, features.subarray(0, count), outcome);
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

/** A single word of everyday language is capitalised because a sentence begins with it. */
function isOrdinary(kinds: number): boolean {
	return (kinds & (wordKind.common | wordKind.grammar)) !== 0 && (kinds & nameKinds) === 0;
}
const nameKinds =
	wordKind.firstName |
	wordKind.lastName |
	wordKind.place |
	wordKind.country |
	wordKind.organization |
	wordKind.institution |
	wordKind.landmark |
	wordKind.opensPhrase;
