import { costMicroUsd } from "../pricing/cost.ts";
import type { RoutePlan } from "./route.ts";
import { rankForSession } from "./sticky.ts";
import { strategies } from "./strategies/registry.ts";
import type { Candidate, Ranked, RankFacts } from "./strategies/strategy.ts";
import type { TargetBoard } from "./target-board.ts";

export interface RankInput extends Omit<RankFacts, "costWeight"> {
	readonly plan: RoutePlan;
	readonly board: Pick<TargetBoard, "standing">;
	/** Of the question; asked for only by strategies that look at cost. */
	readonly inputTokens: () => number;
	/** The caller's limit on the answer. */
	readonly outputTokensMax: number | undefined;
	/** Keeps requests together on a sticky route. */
	readonly session: string | null;
}

/** About how long an answer is when nobody said; only the proportion of targets' costs counts here. */
const outputTokensExpected = 500;

/**
 * The plan's choices in the order in which they are tried: those in service by the strategy, or by the
 * session on a sticky route; then those that asked for a pause; then those out of service.
 */
export function rankTargets(input: RankInput): readonly Ranked[] {
	const { plan, board, session } = input;
	const strategy = strategies[plan.strategy];
	const candidates = plan.choices.map(
		({ target, weight }): Candidate => ({
			target,
			weight,
			standing: board.standing(target),
			costMicroUsd: undefined,
		}),
	);
	const priced = strategy.needsCost ? withCosts(candidates, input) : candidates;
	const facts = { random: input.random, turn: input.turn, costWeight: plan.costWeight };
	return groups(priced).flatMap((group) => {
		const ranked = strategy.rank(group, facts);
		return plan.isSticky && session !== null ? rankForSession(ranked, session) : ranked;
	});
}

const places = { available: 0, cooling: 1, open: 2 } as const;

/** A group is ranked by itself: whoever is out of service takes no turn and no share. */
function groups(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
	const [first] = candidates;
	if (first === undefined) return [];
	const { availability } = first.standing;
	if (candidates.every(({ standing }) => standing.availability === availability)) {
		return [candidates];
	}
	const found: Candidate[][] = [[], [], []];
	for (const candidate of candidates)
		found[places[candidate.standing.availability]]?.push(candidate);
	return found.filter((group) => group.length > 0);
}

function withCosts(
	candidates: readonly Candidate[],
	{ inputTokens, outputTokensMax }: Pick<RankInput, "inputTokens" | "outputTokensMax">,
): readonly Candidate[] {
	const usage = {
		inputTokens: inputTokens(),
		outputTokens: Math.min(outputTokensMax ?? outputTokensExpected, outputTokensExpected),
		estimated: true,
	};
	return candidates.map((candidate) => {
		const { price } = candidate.target;
		return price === undefined
			? candidate
			: { ...candidate, costMicroUsd: costMicroUsd(usage, price) };
	});
}
