import type { Usage } from "../contract/chat.ts";
import type { Parsed, Tally } from "../pipeline/context.ts";
import { costMicroUsd } from "../pricing/cost.ts";
import type { Target } from "../snapshot.ts";
import { estimateTokens } from "../text/estimate-tokens.ts";

export interface Account {
	readonly usage: Usage | null;
	/** Null when the model has no price for what was used, or when there was no usage. */
	readonly costMicroUsd: number | null;
	readonly isUnpriced: boolean;
}

/** About how many characters of answer text make a token, for answers that ended before their usage came. */
const charactersPerToken = 4;

/**
 * What an answer used and cost. The provider's own numbers count; where it gave none, the texts that
 * went through are counted and the usage says so.
 */
export function accountFor(facts: {
	readonly tally: Tally;
	readonly target: Target;
	readonly request: Parsed["request"];
	readonly isPaid: () => boolean;
}): Account {
	const { usage, sideCostMicroUsd } = facts.tally;
	if (facts.isPaid()) {
		return { usage: usage ?? null, costMicroUsd: sideCostMicroUsd, isUnpriced: false };
	}
	const used = usage ?? estimated(facts.request, facts.tally);
	const { price } = facts.target;
	const cost = price === undefined ? undefined : costMicroUsd(used, price);
	return {
		usage: used,
		costMicroUsd: cost === undefined ? null : cost + sideCostMicroUsd,
		isUnpriced: cost === undefined,
	};
}

function estimated(request: Parsed["request"], tally: Tally): Usage {
	let inputTokens = 0;
	for (const segment of request.segments) inputTokens += estimateTokens(segment.text);
	const outputTokens = Math.ceil(tally.answerCharacters / charactersPerToken);
	return { inputTokens, outputTokens, estimated: true };
}
