import type { Budget } from "../../lib/contracts/budgets.ts";
import { each } from "./budget-words.ts";

interface About extends Pick<Budget, "scope" | "subject"> {
	/** ISO 8601; the window whose requests are shown begins there. */
	readonly windowStart: string;
}

const dayMs = 86_400_000;

/** The Requests page, narrowed to what a budget counts, from the beginning of its window on. */
export function requestsOfBudget(about: About, now: Date): `/${string}` {
	const query = new URLSearchParams();
	const from = Date.parse(about.windowStart);
	// What never begins anew would ask for every request there ever was.
	if (from < now.getTime() - 366 * dayMs) query.set("range", "30d");
	else {
		query.set("from", new Date(from).toISOString());
		query.set("to", now.toISOString());
	}
	const filter = filterOf(about);
	if (filter !== undefined) query.set(...filter);
	return `/requests?${query.toString()}`;
}

const filterNames = {
	team: "teamId",
	user: "userId",
	key: "keyId",
	model: "model",
	tag: "tag",
	ip: "ip",
} as const;

function filterOf({ scope, subject }: About): [name: string, value: string] | undefined {
	if (scope === "organisation" || subject === null || subject.id === each) return undefined;
	return [filterNames[scope], subject.id];
}
