/** A mean in which what happened `halfLifeMs` ago counts half as much as what happens now. */
export interface DecayingMean {
	readonly add: (value: number, now: number) => void;
	/** Undefined before the first value. */
	readonly mean: () => number | undefined;
	/**
	 * The mean drawn towards `prior`, which counts as much as one value of now: a little evidence says
	 * little, and old evidence fades until only the prior is left.
	 */
	readonly meanWithPrior: (prior: number, now: number) => number;
}

/** Times are epoch milliseconds; one that lies before an earlier one counts as the same moment. */
export function createDecayingMean(halfLifeMs: number): DecayingMean {
	let sum = 0;
	let weight = 0;
	let last = Number.NEGATIVE_INFINITY;
	const decayAt = (now: number): number =>
		weight === 0 ? 0 : 2 ** (-Math.max(0, now - last) / halfLifeMs);
	return {
		add: (value, now) => {
			const decay = decayAt(now);
			sum = sum * decay + value;
			weight = weight * decay + 1;
			last = Math.max(last, now);
		},
		mean: () => (weight === 0 ? undefined : sum / weight),
		meanWithPrior: (prior, now) => {
			const decay = decayAt(now);
			return (sum * decay + prior) / (weight * decay + 1);
		},
	};
}
