import type { Calendar, WindowSpan } from "../contract/quota-window.ts";
import { createCalendar } from "../contract/quota-window.ts";
import type { QuotaStore } from "../ports.ts";
import { isLeasedUnit } from "./books.ts";
import type { Counter, CounterSurroundings, Renewal, Taken } from "./counter.ts";
import { createCounter } from "./counter.ts";
import type { Quota } from "./quota.ts";
import { counterOf, limitAt } from "./quota.ts";
import type { Reservation } from "./reservation.ts";

/** What one request may use of one quota. */
export interface Demand {
	readonly quota: Quota;
	readonly subject: string;
	/** Whole, in the quota's unit. */
	readonly amount: number;
	/** Only these targets (`provider/model`) are counted; undefined: all. */
	readonly targets?: ReadonlySet<string>;
}

/** Where a quota stands after a demand, as far as this node knows. */
export interface Standing {
	readonly demand: Demand;
	readonly limit: number;
	readonly remaining: number;
	/** Epoch milliseconds; null: the window never ends. */
	readonly windowEnd: number | null;
}

export type Booking =
	| {
			readonly ok: true;
			readonly reservation: Reservation;
			/** Undoes the demand as if it had never been made. */
			readonly cancel: () => void;
			readonly standings: readonly Standing[];
	  }
	| { readonly ok: false; readonly why: Exclude<Taken, "taken">; readonly standing: Standing };

export interface QuotaDesk {
	/** All demands or none. At once when this node holds enough of everything; otherwise it asks the store. */
	readonly reserve: (demands: readonly Demand[]) => Booking | Promise<Booking>;
	/** Renews leases and gives back what nobody uses. Called by a timer; tests call it themselves. */
	readonly tend: () => Promise<void>;
	/**
	 * Gives back what this node holds. With `keepLeases` they lapse by themselves: for when the ledger
	 * has not heard of everything yet.
	 */
	readonly close: (options?: { readonly keepLeases?: boolean }) => Promise<void>;
}

export interface QuotaDeskOptions {
	readonly store: QuotaStore;
	/** Epoch milliseconds. */
	readonly now: () => number;
	readonly leaseMs: () => number;
}

interface Hold {
	readonly counter: Counter;
	readonly demand: Demand;
}

const idleMs = 3000;

/**
 * Where requests get their share of budgets and limits. Every process has one; together they never
 * hand out more than a limit, because each hands out only what the store gave it.
 *
 * A node that dies keeps its leases until they lapse. That takes longer than other processes need to
 * take its journal over, so what it spent is in the ledger before its share is given to anybody else.
 * A node that lives but cannot reach the database stops handing out money when its leases lapse.
 */
export function createQuotaDesk({ store, now, leaseMs }: QuotaDeskOptions): QuotaDesk {
	const surroundings: CounterSurroundings = { store, now, leaseMs, outage: { untilMs: 0 } };
	const counters = new Map<string, Counter>();
	const spans = createSpans(now);
	let renewedAtMs = now();

	const counterFor = ({ quota, subject }: Demand): Counter => {
		const counter = counterOf(quota, subject);
		const known = counters.get(counter);
		if (known !== undefined && !hasEnded(known.span, now())) return known;
		const span = spans(quota);
		const key = { counter, windowStart: span.start };
		const created = createCounter({ key, unit: quota.unit, span }, surroundings);
		counters.set(counter, created);
		return created;
	};

	const reserve = (demands: readonly Demand[]): Booking | Promise<Booking> => {
		const holds: Hold[] = [];
		for (const demand of demands) {
			const counter = counterFor(demand);
			const limit = limitAt(demand.quota, now());
			if (!counter.takeNow(demand.amount, limit)) return waitFor(demands, holds);
			holds.push({ counter, demand });
		}
		return booked(holds, now());
	};

	/** The rest is asked for together; what came is given back when something else did not. */
	const waitFor = async (demands: readonly Demand[], holds: Hold[]): Promise<Booking> => {
		const waiting = demands.slice(holds.length).map(async (demand) => {
			const counter = counterFor(demand);
			const taken = await counter.take(demand.amount, limitAt(demand.quota, now()));
			if (taken === "taken") holds.push({ counter, demand });
			return { taken, counter, demand };
		});
		const refused = (await Promise.all(waiting)).filter(({ taken }) => taken !== "taken");
		const worst = refused.find(({ taken }) => taken === "exhausted") ?? refused[0];
		if (worst === undefined) return booked(holds, now());
		for (const hold of holds) hold.counter.finish(hold.demand.amount, 0);
		const why = worst.taken === "unavailable" ? worst.taken : "exhausted";
		return { ok: false, why, standing: standingOf(worst, now()) };
	};

	const renewInTime = async () => {
		if (now() - renewedAtMs < leaseMs() / 3) return;
		const sentAt = now();
		await renewAll([...counters.values()], store);
		// Only now: one that failed is tried again at once.
		renewedAtMs = sentAt;
	};

	return {
		reserve,
		tend: async () => {
			for (const [name, counter] of counters) {
				if (counter.isForgettable()) counters.delete(name);
				// One after the other: this must never crowd the requests out of the store.
				else if (isWorthReturning(counter)) await counter.giveBack(idleMs);
			}
			await renewInTime();
		},
		close: async ({ keepLeases = false } = {}) => {
			const drawn = [...counters.values()].filter(
				(counter) => isWorthReturning(counter) && !isLeasedUnit(counter.unit),
			);
			await Promise.all(drawn.map((counter) => counter.giveBack(0)));
			if (!keepLeases) await store.release();
		},
	};
}

function standingOf({ counter, demand }: Hold, now: number): Standing {
	return {
		demand,
		limit: limitAt(demand.quota, now),
		remaining: counter.remaining(),
		windowEnd: counter.span.end,
	};
}

function booked(holds: readonly Hold[], now: number): Booking {
	return { ok: true, ...settling(holds), standings: holds.map((hold) => standingOf(hold, now)) };
}

async function renewAll(counters: readonly Counter[], store: QuotaStore): Promise<void> {
	const renewals = new Map<string, Renewal>();
	const keys = counters.flatMap((counter) => {
		const renewal = counter.renewal();
		if (renewal === undefined) return [];
		renewals.set(placeOf(counter.key), renewal);
		return [counter.key];
	});
	if (keys.length === 0) return;
	const kept = new Map((await store.renew(keys)).map((grant) => [placeOf(grant), grant]));
	for (const [place, renewal] of renewals) renewal(kept.get(place));
}

/** The two ends of a reservation; whichever comes first counts. */
function settling(holds: readonly Hold[]) {
	let isOver = false;
	const finish = (usedOf: (hold: Hold) => number) => {
		if (isOver) return;
		isOver = true;
		for (const hold of holds) hold.counter.finish(hold.demand.amount, usedOf(hold));
	};
	const counts = ({ demand }: Hold, servedBy: string | undefined) =>
		demand.targets === undefined || (servedBy !== undefined && demand.targets.has(servedBy));
	const reservation: Reservation = {
		settle: (used) =>
			finish((hold) => {
				const { unit } = hold.counter;
				// A slot is free again whatever the request did in it.
				return unit !== "parallel" && counts(hold, used.servedBy) ? (used[unit] ?? 0) : 0;
			}),
		release: () => finish(({ counter }) => (counter.unit === "requests" ? 1 : 0)),
		chargesOf: (servedBy) =>
			holds
				.filter((hold) => hold.counter.unit === "usd" && counts(hold, servedBy))
				.map(({ counter: { key } }) => [key.counter, key.windowStart] as const),
	};
	return { reservation, cancel: () => finish(() => 0) };
}

/** The window of now for each zone and length, found once until it is over: calendars are slow. */
function createSpans(now: () => number): (quota: Quota) => WindowSpan {
	const calendars = new Map<string, Calendar>();
	const spans = new Map<string, WindowSpan>();
	return ({ window, timeZone }) => {
		const name = `${window} ${timeZone}`;
		const known = spans.get(name);
		if (known !== undefined && known.start <= now() && !hasEnded(known, now())) return known;
		const calendar = calendars.get(timeZone) ?? createCalendar(timeZone);
		calendars.set(timeZone, calendar);
		const span = calendar.windowAt(window, now());
		spans.set(name, span);
		return span;
	};
}

function hasEnded({ end }: WindowSpan, now: number): boolean {
	return end !== null && end <= now;
}

/** What was drawn of a short window is worth less than the question. */
function isWorthReturning(counter: Counter): boolean {
	const { start, end } = counter.span;
	return isLeasedUnit(counter.unit) || end === null || end - start > 60_000;
}

function placeOf({ counter, windowStart }: { counter: string; windowStart: number }): string {
	return `${windowStart} ${counter}`;
}
