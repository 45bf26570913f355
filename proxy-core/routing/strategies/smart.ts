import type { Candidate, Strategy } from "./strategy.ts";
import { byScore } from "./strategy.ts";

/** Taken for a target's latency while no candidate has been measured. */
const unknownLatencyMs = 1000;
/** Local answers may take no measurable time, and a quotient needs a divisor. */
const latencyMsMin = 1;

/**
 * `success² / latency × costFactor ^ costWeight`, where
 * - success is the share of recent requests that worked, 0 to 1 (half-life one minute, drawn towards 1);
 * - latency is the mean time to the first byte in seconds (half-life one minute); a target that was not
 *   measured counts as the fastest of those that were;
 * - costFactor is the cheapest candidate's cost of this request divided by this one's, each plus one
 *   micro-dollar so that free targets can be compared; 1 for the cheapest. A target without a price
 *   counts as the dearest.
 * The unit is one per second.
 */
export const smart: Strategy = {
	id: "smart",
	title: "Smart",
	description: "Weighs reliability, speed and cost against each other.",
	formula:
		"success² / latency × costFactor^w, in 1/s: success 0 to 1, latency to the first byte in seconds, costFactor = cheapest cost / this cost, w = weight of cost.",
	needsCost: true,
	rank: (candidates, { costWeight }) => {
		const fastestMs = lowest(candidates.map(({ standing }) => standing.latencyMs));
		const costs = candidates.map(({ costMicroUsd }) => costMicroUsd);
		const cheapest = lowest(costs) ?? 0;
		const dearest = costs.reduce<number>((most, value) => Math.max(most, value ?? 0), cheapest);
		return byScore(
			candidates,
			({ standing, costMicroUsd }) => {
				const latencyMs = standing.latencyMs ?? fastestMs ?? unknownLatencyMs;
				const seconds = Math.max(latencyMsMin, latencyMs) / 1000;
				const costFactor = (cheapest + 1) / ((costMicroUsd ?? dearest) + 1);
				return (standing.success ** 2 / seconds) * costFactor ** costWeight;
			},
			(score, candidate) => `${score.toPrecision(3)} /s (${partsOf(candidate)})`,
		);
	},
};

function lowest(values: readonly (number | undefined)[]): number | undefined {
	const known = values.filter((value) => value !== undefined);
	return known.length === 0 ? undefined : Math.min(...known);
}

function partsOf({ standing, costMicroUsd }: Candidate): string {
	const success = `${(standing.success * 100).toFixed(0)} % worked`;
	const speed =
		standing.latencyMs === undefined ? "not measured" : `${Math.round(standing.latencyMs)} ms`;
	const price =
		costMicroUsd === undefined ? "no price" : `$${(costMicroUsd / 1_000_000).toFixed(6)}`;
	return `${success}, ${speed}, ${price}`;
}
