import type { QuotaUnit } from "../../contract/quota.ts";
import { createMemoryQuotas } from "../../testing/memory-quotas.ts";
import type { QuotaDesk } from "../quota-desk.ts";
import { createQuotaDesk } from "../quota-desk.ts";
import type { Reservation } from "../reservation.ts";
import { quotaFixture } from "./quota.ts";

export const worldLimit = 1000;
export const leaseMs = 60_000;
/** After an outage nodes get so long to renew what they hold. */
const quietMs = 10_000;

interface Node {
	readonly name: string;
	readonly desk: QuotaDesk;
}
interface Running {
	readonly node: string;
	readonly amount: number;
	readonly reservation: Reservation;
}
interface Line {
	readonly node: string;
	readonly amount: number;
}

/** Several nodes, their requests and journals, a store, a ledger and a clock. Nothing happens by itself. */
export interface QuotaWorld {
	readonly take: (node: number, amount: number) => Promise<boolean>;
	/** One running request ends and has used this part of what was set aside. */
	readonly end: (pick: number, share: number) => void;
	readonly release: (pick: number) => void;
	/** Journals of all nodes, dead ones too, reach the ledger. */
	readonly ship: () => void;
	/** Time in which everybody does what they do every second. */
	readonly wait: (ms: number) => Promise<void>;
	/** The node is gone with its requests, but not its journal; another one starts. */
	readonly crash: (node: number) => void;
	readonly setOutage: (isAway: boolean) => void;
	readonly facts: () => WorldFacts;
}

export interface WorldFacts {
	readonly spent: number;
	readonly leased: number;
	/** Sum of the leases themselves. */
	readonly leases: number;
	/** Sum of the ledger. */
	readonly billed: number;
	/** Used, but not in the ledger yet. */
	readonly unshipped: number;
	/** Set aside for running requests. */
	readonly atWork: number;
	/** Living nodes that have promised or spent more than they have leased. */
	readonly unbacked: readonly string[];
}

export function createQuotaWorld(unit: QuotaUnit, nodeCount: number): QuotaWorld {
	const key = { counter: "q", windowStart: 0 };
	const clock = { now: 1_000_000_000, wellSince: 0, isAway: false, generation: 0, billed: 0 };
	const timing = { now: () => clock.now, leaseMs: () => leaseMs };
	const store = createMemoryQuotas(timing);
	const quota = quotaFixture({ unit, hardLimit: worldLimit });
	const running: Running[] = [];
	const journal: Line[] = [];

	const start = (): Node => {
		const name = `node-${++clock.generation}`;
		return { name, desk: createQuotaDesk({ ...timing, store: store.storeOf(name) }) };
	};
	const nodes = Array.from({ length: nodeCount }, start);
	const ship = () => {
		if (clock.isAway) return;
		for (const { node, amount } of journal.splice(0)) {
			store.charge(node, key, amount);
			clock.billed += amount;
		}
	};
	const pickOne = (pick: number) => running.splice(pick % Math.max(1, running.length), 1)[0];
	return {
		take: async (index, amount) => {
			const node = nodes[index];
			if (node === undefined) return false;
			const booking = await node.desk.reserve([{ quota, subject: "k", amount }]);
			if (!booking.ok) return false;
			running.push({ node: node.name, amount, reservation: booking.reservation });
			return true;
		},
		end: (pick, share) => {
			const one = pickOne(pick);
			if (one === undefined) return;
			const usd = Math.floor(one.amount * share);
			one.reservation.settle({ usd });
			if (unit === "usd") journal.push({ node: one.node, amount: usd });
		},
		release: (pick) => pickOne(pick)?.reservation.release(),
		ship,
		wait: async (ms) => {
			for (let passed = 0; passed < ms; passed += 1000) {
				clock.now += 1000;
				ship();
				// What a node cannot do while the store is away it does later.
				for (const { desk } of nodes) await desk.tend().catch(() => undefined);
				if (!clock.isAway && clock.now - clock.wellSince > quietMs) store.reap();
			}
		},
		crash: (index) => {
			const dead = nodes[index];
			const left = running.filter(({ node }) => node !== dead?.name);
			running.splice(0, running.length, ...left);
			nodes[index] = start();
		},
		setOutage: (isAway) => {
			if (clock.isAway && !isAway) clock.wellSince = clock.now;
			clock.isAway = isAway;
			store.breakDown(isAway);
		},
		facts: () => {
			const leases = new Map(nodes.map(({ name }) => [name, store.leaseOf(name, key)]));
			return {
				...store.counterOf(key),
				leases: store.leasesOf(key),
				billed: clock.billed,
				...promisesOf({ running, journal }, leases),
			};
		},
	};
}

function sumOf(lines: readonly Line[]): number {
	return lines.reduce((sum, { amount }) => sum + amount, 0);
}

function promisesOf(
	{ running, journal }: { readonly running: readonly Line[]; readonly journal: readonly Line[] },
	leases: ReadonlyMap<string, number>,
): Pick<WorldFacts, "unshipped" | "atWork" | "unbacked"> {
	const all = [...running, ...journal];
	const isUnbacked = ([name, leased]: readonly [string, number]) =>
		sumOf(all.filter(({ node }) => node === name)) > leased;
	return {
		unshipped: sumOf(journal),
		atWork: sumOf(running),
		unbacked: [...leases].filter(isUnbacked).map(([name]) => name),
	};
}
