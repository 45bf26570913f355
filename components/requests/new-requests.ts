import type { RequestSummary } from "../../lib/contracts/requests.ts";

interface RequestPage {
	readonly items: readonly Pick<RequestSummary, "id">[];
	readonly nextCursor: string | null;
}

export interface NewRequests {
	readonly count: number;
	/** There may be more than were counted: the newest page holds nothing that is on the screen. */
	readonly isAtLeast: boolean;
}

/** How many of the newest page are not in the rows on the screen. */
export function countNew(
	newest: RequestPage | undefined,
	shown: readonly Pick<RequestSummary, "id">[],
): NewRequests {
	if (newest === undefined) return { count: 0, isAtLeast: false };
	const known = new Set(shown.map(({ id }) => id));
	const count = newest.items.filter(({ id }) => !known.has(id)).length;
	const isAtLeast = count > 0 && count === newest.items.length && newest.nextCursor !== null;
	return { count, isAtLeast };
}
