import type { SegmentSource, TextSegment } from "../../contract/verdict.ts";

/** What a caller added to a conversation in one go, and how suspicious it is. */
export interface Turn {
	/** 0 to 1: the risk above what counts as harmless. */
	readonly risk: number;
	/** Names this turn together with everything before it; undefined unless asked for. */
	readonly segments: readonly number[];
	/** The segment that the risk comes from. */
	readonly riskiest: number;
}

/** How much a text of each source says about where a conversation is being led. */
const shares: Partial<Record<SegmentSource, number>> = {
	user: 1,
	"tool-result": 0.5,
	// Callers write the history that they send, the model's part of it too.
	assistant: 0.5,
	"tool-call": 0.5,
};

/** Instructions and descriptions of tools belong to the application and may change from turn to turn. */
function isOfConversation({ source }: TextSegment): boolean {
	return shares[source] !== undefined;
}

/**
 * Cuts a conversation into turns: each ends where the model speaks next. What the model is said to have
 * answered belongs to the turn after it.
 */
export function readTurns(
	segments: readonly TextSegment[],
	risks: readonly number[],
	riskFloor: number,
): readonly Turn[] {
	const turns: { risk: number; segments: number[]; riskiest: number }[] = [];
	let current: (typeof turns)[number] | undefined;
	let wasAsked = false;
	for (const [index, segment] of segments.entries()) {
		if (!isOfConversation(segment)) continue;
		const isModel = segment.source === "assistant" || segment.source === "tool-call";
		if (current === undefined || (isModel && wasAsked)) {
			current = { risk: 0, segments: [], riskiest: index };
			turns.push(current);
			wasAsked = false;
		}
		if (!isModel) wasAsked = true;
		current.segments.push(index);
		const above = Math.max(0, (risks[index] ?? 0) - riskFloor) / (1 - riskFloor);
		const risk = above * (shares[segment.source] ?? 0);
		if (risk <= current.risk) continue;
		current.risk = risk;
		current.riskiest = index;
	}
	return turns;
}
