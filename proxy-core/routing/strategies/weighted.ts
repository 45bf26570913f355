import type { Candidate, Strategy } from "./strategy.ts";

export const weighted: Strategy = {
	id: "weighted",
	title: "Weighted",
	description: "Targets at random, each as often as its weight says.",
	formula: "weight / sum of weights; a target with weight 0 is taken only after all others.",
	needsCost: false,
	rank: (candidates, { random }) => {
		const total = candidates.reduce((sum, { weight }) => sum + weight, 0);
		const share = ({ weight }: Candidate): number => (total === 0 ? 0 : weight / total);
		// Efraimidis and Spirakis (2006): keys u^(1/w), sorted, draw without putting back.
		const drawn = candidates.map((candidate) => ({ candidate, key: keyOf(candidate, random) }));
		return drawn
			.toSorted((a, b) => b.key - a.key)
			.map(({ candidate }) => ({
				candidate,
				score: share(candidate),
				scoreText: `${(share(candidate) * 100).toFixed(0)} % of requests`,
			}));
	},
};

/** In logarithms, so that small weights do not all become zero. */
function keyOf({ weight }: Candidate, random: () => number): number {
	return weight <= 0 ? Number.NEGATIVE_INFINITY : Math.log(1 - random()) / weight;
}
