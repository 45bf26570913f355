import type { Strategy } from "./strategy.ts";
import { byScore } from "./strategy.ts";

export const priority: Strategy = {
	id: "priority",
	title: "Priority",
	description: "Always the first target that works, in the order of priority and then of the list.",
	formula: "The target's priority; lower is tried first.",
	needsCost: false,
	rank: (candidates) =>
		byScore(
			candidates,
			({ target }) => -target.priority,
			(_, { target }) => `priority ${target.priority}`,
		),
};
