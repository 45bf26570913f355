import type { Strategy } from "./strategy.ts";
import { byScore } from "./strategy.ts";

export const latency: Strategy = {
	id: "latency",
	title: "Latency",
	description: "The target that has lately been fastest to its first byte; unmeasured ones first.",
	formula:
		"Mean time to the first byte in milliseconds, in which an answer of a minute ago counts half; less is better.",
	needsCost: false,
	rank: (candidates) =>
		byScore(
			candidates,
			// A target that was never asked cannot become known unless it is.
			({ standing }) => (standing.latencyMs === undefined ? 0 : -standing.latencyMs),
			(_, { standing: { latencyMs } }) =>
				latencyMs === undefined ? "not measured" : `${Math.round(latencyMs)} ms`,
		),
};
