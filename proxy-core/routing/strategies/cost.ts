import type { Candidate, Strategy } from "./strategy.ts";
import { byScore } from "./strategy.ts";

export const cost: Strategy = {
	id: "cost",
	title: "Cost",
	description: "The target where this request would cost least; models without a price last.",
	formula:
		"Estimated input tokens and expected output tokens at the target's prices, in US dollars; less is better.",
	needsCost: true,
	rank: (candidates) =>
		byScore(
			candidates,
			({ costMicroUsd }) => (costMicroUsd === undefined ? Number.NEGATIVE_INFINITY : -costMicroUsd),
			(_, candidate) => costText(candidate),
		).map((ranked) => (Number.isFinite(ranked.score) ? ranked : { ...ranked, score: null })),
};

function costText({ costMicroUsd }: Candidate): string {
	return costMicroUsd === undefined ? "no price" : `$${(costMicroUsd / 1_000_000).toFixed(6)}`;
}
