import type { TextSegment } from "../contract/verdict.ts";
import type { Steps } from "../text/take-turns.ts";
import type { Matcher } from "./compile-matcher.ts";
import type { Hit } from "./search-body.ts";
import { searchBody } from "./search-body.ts";

/** A hit and where in the conversation it stands; `body` when no text of the conversation has it. */
export interface PlacedHit extends Hit {
	readonly source: TextSegment["source"] | "body";
	/** Its number among the texts. */
	readonly segment?: number;
}

/**
 * Finds out in which texts the hits of a body stand, so that scopes hold and people see the place.
 * Only asked when something was found. Yields after each slice of work.
 */
export function* placeHits(
	matcher: Matcher,
	hits: readonly Hit[],
	segments: readonly TextSegment[],
): Steps<readonly PlacedHit[]> {
	const placed: PlacedHit[] = [];
	const seen = new Set<string>();
	for (const [segment, { text, source }] of segments.entries()) {
		const result = yield* searchBody(matcher, text);
		for (const hit of result.hits) {
			const key = `${source} ${hit.signature.id} ${hit.disguises.length > 0}`;
			if (!seen.has(key)) placed.push({ ...hit, source, segment });
			seen.add(key);
		}
	}
	// Split over texts, or in a field that only the provider knows.
	const known = new Set(placed.map(({ signature }) => signature.id));
	for (const hit of hits) if (!known.has(hit.signature.id)) placed.push({ ...hit, source: "body" });
	return placed.filter(
		({ source, signature: { sources } }) =>
			source === "body" || sources.length === 0 || sources.includes(source),
	);
}
