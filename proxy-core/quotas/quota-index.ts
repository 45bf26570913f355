import type { QuotaScope, QuotaUnit } from "../contract/quota.ts";
import type { Quota } from "./quota.ts";

/** A quota with the subject that it counts for one request. */
export interface Applicable {
	readonly quota: Quota;
	readonly subject: string;
}

/** Quotas by whom they count, so that a request finds its own without looking at all. */
export interface QuotaIndex {
	readonly all: readonly Quota[];
	/** Those of one unit that count this subject, by its name or as one of each. */
	readonly find: (unit: QuotaUnit, scope: QuotaScope, subject: string) => readonly Applicable[];
	/** Whether any quota, or any of this scope, counts this. */
	readonly counts: (unit: QuotaUnit, scope?: QuotaScope) => boolean;
}

const none: readonly Applicable[] = [];

/** Quotas of one unit and scope. */
interface Shelf {
	readonly named: ReadonlyMap<string, readonly Applicable[]>;
	/** Those that count each subject separately. */
	readonly each: readonly Quota[];
}

export function indexQuotas(all: readonly Quota[]): QuotaIndex {
	const byUnit = Map.groupBy(all, ({ unit }) => unit);
	const shelves = new Map(
		[...byUnit].map(([unit, quotas]) => {
			const byScope = Map.groupBy(quotas, ({ scope }) => scope);
			return [unit, new Map([...byScope].map(([scope, own]) => [scope, shelve(own)]))];
		}),
	);
	return {
		all,
		counts: (unit, scope) =>
			scope === undefined ? shelves.has(unit) : shelves.get(unit)?.has(scope) === true,
		find: (unit, scope, subject) => {
			const shelf = shelves.get(unit)?.get(scope);
			if (shelf === undefined) return none;
			const own = shelf.named.get(subject) ?? none;
			if (shelf.each.length === 0 || subject === "") return own;
			return [...own, ...shelf.each.map((quota) => ({ quota, subject }))];
		},
	};
}

function shelve(quotas: readonly Quota[]): Shelf {
	const each = quotas.filter(({ subject }) => subject === "*");
	const named = quotas
		.filter((quota) => !each.includes(quota))
		.map((quota): Applicable => ({ quota, subject: quota.subject ?? "" }));
	return { each, named: Map.groupBy(named, ({ subject }) => subject) };
}
