import type { Settings } from "../contract/settings.ts";
import { unitBounds } from "../operations/estimate-usage.ts";
import type { Parsed } from "../pipeline/context.ts";
import { worstCostMicroUsd } from "../pricing/worst-cost.ts";
import type { Target } from "../snapshot.ts";
import type { RequestSize } from "./request-size.ts";

type Request = Parsed["request"];

export interface Estimate {
	/** Micro-dollars that the dearest of these targets, or of all, can plausibly cost. */
	readonly worstOf: (targets: readonly Target[] | undefined) => number;
	/** Targets whose cost nobody knows; they are estimated at nothing. */
	readonly unpriced: readonly string[];
	/** What the provider must be told so that the estimate holds; undefined when the caller said it. */
	readonly outputTokensCap: number | undefined;
}

/**
 * What a request can cost before anybody has answered it. A request that names a limit is taken at its
 * word, as far as the model goes; for one that names none a usual length is assumed, because setting
 * aside the longest possible answer would lock budgets up.
 */
export function estimateCost(
	{ request, size }: Pick<Facts, "request" | "size">,
	targets: readonly Target[],
	settings: Settings["budgets"],
): Estimate {
	// Every target that may be tried must accept the limit.
	const assumed = Math.min(
		settings.assumedOutputTokens,
		...targets.map(({ traits }) => traits?.outputTokensMax ?? settings.assumedOutputTokens),
	);
	const costs = new Map(
		targets.map((target) => [target, costOf(target, { request, size, assumed })]),
	);
	return {
		worstOf: (some = targets) => Math.max(0, ...some.map((target) => costs.get(target) ?? 0)),
		unpriced: targets.filter((target) => costs.get(target) === undefined).map(({ id }) => id),
		outputTokensCap:
			request.outputTokensMax === undefined && settings.capAnswers ? assumed : undefined,
	};
}

interface Facts {
	readonly request: Request;
	readonly size: RequestSize;
	readonly assumed: number;
}

function costOf({ price, traits }: Target, { request, size, assumed }: Facts): number | undefined {
	if (price === undefined) return undefined;
	const { outputTokensMax = assumed } = request;
	const most = Math.min(outputTokensMax, traits?.outputTokensMax ?? outputTokensMax);
	return worstCostMicroUsd({
		price,
		...size,
		outputTokensMax: most * request.choices,
		...unitBounds(request, price),
	});
}
