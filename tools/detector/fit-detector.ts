import type { StyleScale } from "../../proxy-core/shield/classifier/read-blocks.ts";
import { requestScore } from "../../proxy-core/shield/classifier/score-text.ts";
import type {
	Block,
	Calibration,
	DetectorWeights,
} from "../../proxy-core/shield/classifier/weights.ts";
import { blockSizes } from "../../proxy-core/shield/classifier/weights.ts";
import { fitBlock } from "./fit-block.ts";
import { createOrdinaryTest } from "./ordinary-stretches.ts";
import type { PreparedText, Stretch } from "./prepare-examples.ts";
import { massBy, weighExamples } from "./weigh-examples.ts";

/** A character n-gram that fewer sources use says more about the source than about the text. */
const sourcesMin = 8;
/** First the short documents, then the stretch of each attack that the last model found loudest. */
const documentRounds = 3;
const masses = { request: 1, attack: 1.5, ordinary: 2.5 } as const;

export interface FitOptions {
	readonly scale: StyleScale;
	readonly calibration: Calibration;
	readonly version: string;
	readonly seed: number;
}

/** Trains every block on `texts`. */
export function fitDetector(texts: readonly PreparedText[], options: FitOptions): DetectorWeights {
	const { scale, calibration, version, seed } = options;
	const costs = weighExamples(texts);
	const common = commonCharacters(texts);
	const train = (name: "words" | "characters" | "concepts" | "style"): Block =>
		fitBlock(
			name,
			texts.map(({ features, isAttack }, index) => ({
				features:
					name === "characters" ? features[name].filter((at) => common[at] === 1) : features[name],
				isPositive: isAttack,
				weight: costs[index] ?? 0,
			})),
			seed,
		);
	return {
		version,
		words: train("words"),
		characters: withoutRare(train("characters"), texts, common),
		concepts: train("concepts"),
		style: train("style"),
		...fitDocuments(texts, seed),
		...scale,
		calibration,
	};
}

function commonCharacters(texts: readonly PreparedText[]): Uint8Array {
	const seenIn = new Map<number, Set<string>>();
	for (const { features, source } of texts) {
		for (const feature of features.characters) {
			let sources = seenIn.get(feature);
			if (sources === undefined) {
				sources = new Set();
				seenIn.set(feature, sources);
			}
			if (sources.size < sourcesMin) sources.add(source);
		}
	}
	const common = new Uint8Array(blockSizes.characters);
	for (const [feature, sources] of seenIn) if (sources.size >= sourcesMin) common[feature] = 1;
	return common;
}

/**
 * Rows were divided by the root of their common features; the gateway divides by that of all of them.
 * The scale absorbs the difference of the averages.
 */
function withoutRare(block: Block, texts: readonly PreparedText[], common: Uint8Array): Block {
	let ratio = 0;
	for (const { features } of texts) {
		const kept = features.characters.reduce((sum, feature) => sum + (common[feature] ?? 0), 0);
		ratio += Math.sqrt(kept / Math.max(1, features.characters.length));
	}
	return { ...block, step: (block.step * texts.length) / Math.max(1, ratio) };
}

interface WindowExample {
	readonly window: Stretch;
	readonly isPositive: boolean;
	readonly role: keyof typeof masses;
	readonly source: string;
}

function fitDocuments(texts: readonly PreparedText[], seed: number) {
	let fitted: Pick<DetectorWeights, "documentWords" | "documentConcepts"> | undefined;
	for (let round = 0; round < documentRounds; round++) {
		const examples = windowExamples(texts, fitted);
		const weights = weighWindows(examples);
		const train = (name: "documentWords" | "documentConcepts", key: "words" | "concepts"): Block =>
			fitBlock(
				name,
				examples.map(({ window, isPositive }, index) => ({
					features: window[key],
					isPositive,
					weight: weights[index] ?? 0,
				})),
				seed,
			);
		fitted = {
			documentWords: train("documentWords", "words"),
			documentConcepts: train("documentConcepts", "concepts"),
		};
	}
	if (fitted === undefined) throw new Error("No round of training took place.");
	return fitted;
}

function windowExamples(
	texts: readonly PreparedText[],
	fitted: Pick<DetectorWeights, "documentWords" | "documentConcepts"> | undefined,
): readonly WindowExample[] {
	const isOrdinary = createOrdinaryTest(texts);
	return texts.flatMap(({ role, windows, isAttack, source }): WindowExample[] => {
		if (role === "request") {
			return windows.map((window) => ({ window, isPositive: true, role, source }));
		}
		if (!isAttack) {
			return windows.map((window) => ({ window, isPositive: false, role: "ordinary", source }));
		}
		const own = windows.filter((window) => !isOrdinary(window));
		const meant = fitted === undefined ? (own.length <= 2 ? own : []) : loudest(own, fitted);
		return meant.map((window) => ({ window, isPositive: true, role: "attack", source }));
	});
}

function loudest(
	windows: readonly Stretch[],
	fitted: Pick<DetectorWeights, "documentWords" | "documentConcepts">,
): readonly Stretch[] {
	let best: Stretch | undefined;
	let most = Number.NEGATIVE_INFINITY;
	for (const window of windows) {
		const score = requestScore(fitted, window);
		if (score <= most) continue;
		most = score;
		best = window;
	}
	return best === undefined ? [] : [best];
}

function weighWindows(examples: readonly WindowExample[]): readonly number[] {
	const ones = examples.map(() => 1);
	const sizes = massBy(examples, ones, ({ role, source }) => `${role} ${source}`);
	const weights = examples.map(
		({ role, source }) => 1 / Math.sqrt(sizes.get(`${role} ${source}`) ?? 1),
	);
	const totals = massBy(examples, weights, ({ role }) => role);
	const all = masses.request + masses.attack + masses.ordinary;
	return examples.map(({ role }, index) => {
		const share = (weights[index] ?? 0) / (totals.get(role) ?? 1);
		return ((share * masses[role]) / all) * examples.length;
	});
}
