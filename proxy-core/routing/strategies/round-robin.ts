import type { Strategy } from "./strategy.ts";

export const roundRobin: Strategy = {
	id: "round-robin",
	title: "Round robin",
	description: "One target after the other, each node in its own turn.",
	formula: "Place in the present turn; no score is kept.",
	needsCost: false,
	rank: (candidates, { turn }) => {
		const start = candidates.length === 0 ? 0 : turn % candidates.length;
		return [...candidates.slice(start), ...candidates.slice(0, start)].map((candidate, place) => ({
			candidate,
			score: null,
			scoreText: place === 0 ? "next" : `in ${place} more`,
		}));
	},
};
