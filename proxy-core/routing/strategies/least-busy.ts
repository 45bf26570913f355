import type { Strategy } from "./strategy.ts";
import { byScore } from "./strategy.ts";

export const leastBusy: Strategy = {
	id: "least-busy",
	title: "Least busy",
	description: "The target with the fewest requests under way on this node.",
	formula: "Requests under way, streams until their end; fewer is better.",
	needsCost: false,
	rank: (candidates) =>
		byScore(
			candidates,
			({ standing }) => -standing.inFlight,
			(_, { standing }) => `${standing.inFlight} under way`,
		),
};
