import type { Calibration, Thresholds } from "../../proxy-core/shield/classifier/weights.ts";

/** A text judged by a model that never saw its source. */
export interface HeldOutScore {
	readonly raw: number;
	readonly kind: keyof Calibration;
	readonly isAttack: boolean;
	readonly source: string;
}

/**
 * False alarms that the thresholds are set for, among texts of left-out sources; new ones do worse. In
 * languages other than English they hardly do: fewer of the words that attacks use occur in other texts.
 */
const flagShares: Readonly<Record<keyof Calibration, number>> = {
	english: 0.011,
	latin: 0.033,
	han: 0.012,
	otherScripts: 0.03,
	document: 0.0165,
	foreignDocument: 0.014,
};
const blockShare = 0.003;
/** No benign source of some size may be worse than this. */
const worstSourceShare = 0.07;
const sourceSizeMin = 100;
/** With fewer texts of a kind, its tail says nothing; the thresholds of all texts serve. */
const kindSizeMin = 100;

export const kinds = [
	"english",
	"latin",
	"han",
	"otherScripts",
	"document",
	"foreignDocument",
] as const;

/** Thresholds per kind of text, from the scores of benign texts whose sources were left out. */
export function calibrate(scores: readonly HeldOutScore[]): Calibration {
	const benign = scores.filter(({ isAttack }) => !isAttack);
	const prompts = benign.filter(({ kind }) => kind !== "document" && kind !== "foreignDocument");
	const entries = kinds.map((kind) => {
		const own = benign.filter((score) => score.kind === kind);
		return [kind, thresholdsOf(own.length < kindSizeMin ? prompts : own, flagShares[kind])];
	});
	return Object.fromEntries(entries) as Calibration;
}

function thresholdsOf(benign: readonly HeldOutScore[], flagShare: number): Thresholds {
	const flags = [quantile(benign, flagShare)];
	for (const [, own] of Map.groupBy(benign, ({ source }) => source)) {
		if (own.length >= sourceSizeMin) flags.push(quantile(own, worstSourceShare));
	}
	const flag = Math.max(...flags);
	return { flag: round(flag), block: round(Math.max(flag + 1, quantile(benign, blockShare))) };
}

function quantile(scores: readonly HeldOutScore[], share: number): number {
	const sorted = scores.map(({ raw }) => raw).sort((a, b) => b - a);
	return sorted[Math.floor(sorted.length * share)] ?? 0;
}

function round(value: number): number {
	return Math.round(value * 1000) / 1000;
}
