import type { CounterKey, QuotaAsk, QuotaGrant, QuotaLease, QuotaStore } from "../ports.ts";
import { isLeasedUnit } from "../quotas/books.ts";
import { sliceOf } from "../quotas/slice.ts";

interface StoredCounter {
	spent: number;
	leased: number;
}
interface StoredLease {
	amount: number;
	charged: number;
	expiresAt: number;
}

/** The shared store in memory: what PostgreSQL does, without its waiting. */
export interface MemoryQuotas {
	readonly storeOf: (node: string) => QuotaStore;
	/** What the shipper does with a row of the ledger. */
	readonly charge: (node: string, key: CounterKey, amount: number) => void;
	/** Takes leases back that were not renewed. */
	readonly reap: () => void;
	readonly counterOf: (key: CounterKey) => Readonly<StoredCounter>;
	readonly leaseOf: (node: string, key: CounterKey) => number;
	/** Sum of what all nodes have leased of a counter, from the leases themselves. */
	readonly leasesOf: (key: CounterKey) => number;
	/** Lets every question fail from now on. */
	readonly breakDown: (isBroken: boolean) => void;
}

interface Timing {
	readonly now: () => number;
	readonly leaseMs: () => number;
}

export function createMemoryQuotas(timing: Timing): MemoryQuotas {
	const tables = createTables();
	const state = { isBroken: false };
	return {
		storeOf: (node) => storeOf(node, tables, { ...timing, state }),
		charge: (node, key, amount) => {
			const counter = tables.counterAt(key);
			const lease = tables.leasesAt(key).get(node);
			const taken = Math.min(amount, lease?.amount ?? 0);
			counter.spent += amount;
			counter.leased -= taken;
			if (lease === undefined) return;
			lease.amount -= taken;
			lease.charged += amount;
		},
		reap: () => tables.empty((lease) => lease.expiresAt <= timing.now()),
		counterOf: (key) => ({ ...tables.counterAt(key) }),
		leaseOf: (node, key) => tables.leasesAt(key).get(node)?.amount ?? 0,
		leasesOf: (key) =>
			[...tables.leasesAt(key).values()].reduce((sum, { amount }) => sum + amount, 0),
		breakDown: (isBroken) => {
			state.isBroken = isBroken;
		},
	};
}

interface Tables {
	readonly counterAt: (key: CounterKey) => StoredCounter;
	readonly leasesAt: (key: CounterKey) => Map<string, StoredLease>;
	/** Gives back what these leases hold; the rows stay. */
	readonly empty: (which: (lease: StoredLease, node: string) => boolean) => void;
}

function createTables(): Tables {
	const counters = new Map<string, StoredCounter>();
	const leases = new Map<string, Map<string, StoredLease>>();
	const placeOf = ({ counter, windowStart }: CounterKey) => `${windowStart} ${counter}`;
	return {
		counterAt: (key) => {
			const known = counters.get(placeOf(key)) ?? { spent: 0, leased: 0 };
			counters.set(placeOf(key), known);
			return known;
		},
		leasesAt: (key) => {
			const known = leases.get(placeOf(key)) ?? new Map<string, StoredLease>();
			leases.set(placeOf(key), known);
			return known;
		},
		empty: (which) => {
			for (const [place, ofCounter] of leases) {
				const counter = counters.get(place);
				for (const [node, lease] of ofCounter) {
					if (counter === undefined || !which(lease, node)) continue;
					counter.leased -= lease.amount;
					lease.amount = 0;
				}
			}
		},
	};
}

interface StoreParts extends Timing {
	readonly state: { readonly isBroken: boolean };
}

function storeOf(node: string, tables: Tables, { now, leaseMs, state }: StoreParts): QuotaStore {
	const requireWhole = () => {
		if (state.isBroken) throw new Error("The store is broken.");
	};
	return {
		exchange: async (ask) => {
			requireWhole();
			return exchange(node, ask, { tables, expiresAt: now() + leaseMs() });
		},
		renew: async (keys) => {
			requireWhole();
			return keys.flatMap((key) => {
				const lease = tables.leasesAt(key).get(node);
				if (lease === undefined) return [];
				lease.expiresAt = now() + leaseMs();
				return [{ ...key, ...tables.counterAt(key), lease: copyOf(lease) }];
			});
		},
		release: async () => {
			requireWhole();
			tables.empty((_lease, owner) => owner === node);
		},
	};
}

function exchange(
	node: string,
	ask: QuotaAsk,
	{ tables, expiresAt }: { readonly tables: Tables; readonly expiresAt: number },
): QuotaGrant {
	const counter = tables.counterAt(ask);
	const isLeased = isLeasedUnit(ask.unit);
	const column = isLeased ? "leased" : "spent";
	const lease = tables.leasesAt(ask).get(node) ?? { amount: 0, charged: 0, expiresAt };
	const returned = Math.min(ask.returned, isLeased ? lease.amount : counter.spent);
	counter[column] -= returned;
	counter.spent += ask.owed;
	const granted = sliceOf(ask, ask.limit - counter.spent - counter.leased);
	counter[column] += granted;
	if (!isLeased) return { granted, ...counter, lease: null };
	lease.amount += granted - returned;
	lease.expiresAt = expiresAt;
	tables.leasesAt(ask).set(node, lease);
	return { granted, ...counter, lease: copyOf(lease) };
}

function copyOf({ amount, charged }: StoredLease): QuotaLease {
	return { amount, charged };
}
