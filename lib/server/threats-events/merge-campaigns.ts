import type { Pending } from "./group-incidents.ts";

/** A silence longer than this ends a campaign. */
export const silenceMsMax = 3_600_000;
/** What an incident remembers of rules, keys and addresses; its events have them all. */
export const namesMax = 40;

/**
 * Joins what batches brought of each actor and family to campaigns: what lies no longer than the silence
 * apart is one. After an outage one batch may hold several campaigns of the same actor; the second of
 * each stands in the second round and so on, so that each round names an actor and family once.
 */
export function mergeCampaigns(pending: readonly Pending[]): readonly (readonly Pending[])[] {
	const byActor = Map.groupBy(pending, ({ actorKind, actor, family }) =>
		JSON.stringify([actorKind, actor, family]),
	);
	const rounds: Pending[][] = [];
	for (const rows of byActor.values()) {
		for (const [round, campaign] of campaignsOf(rows).entries()) {
			const place = rounds[round] ?? [];
			rounds[round] = place;
			place.push(campaign);
		}
	}
	return rounds;
}

function campaignsOf(rows: readonly Pending[]): readonly Pending[] {
	const campaigns: Pending[] = [];
	for (const row of rows.toSorted((a, b) => a.firstAt - b.firstAt)) {
		const last = campaigns.at(-1);
		if (last === undefined || row.firstAt - last.lastAt > silenceMsMax) campaigns.push(row);
		else campaigns[campaigns.length - 1] = joined(last, row);
	}
	return campaigns;
}

function joined(a: Pending, b: Pending): Pending {
	return {
		...a,
		events: a.events + b.events,
		blocked: a.blocked + b.blocked,
		wouldBlock: a.wouldBlock + b.wouldBlock,
		worst: Math.max(a.worst, b.worst),
		firstAt: Math.min(a.firstAt, b.firstAt),
		lastAt: Math.max(a.lastAt, b.lastAt),
		rules: union(a.rules, b.rules),
		keyIds: union(a.keyIds, b.keyIds),
		ips: union(a.ips, b.ips),
		requestId: b.worst >= a.worst ? b.requestId : a.requestId,
	};
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
	return [...new Set([...a, ...b])].slice(0, namesMax);
}
