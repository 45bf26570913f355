import type { QuotaUnit } from "../contract/quota.ts";
import type { WindowSpan } from "../contract/quota-window.ts";
import type { CounterKey, QuotaStore } from "../ports.ts";
import type { Books, Stand } from "./books.ts";
import { isLeasedUnit, openBooks } from "./books.ts";

/** `exhausted`: the limit is reached. `unavailable`: nobody can tell, and it must not be guessed. */
export type Taken = "taken" | "exhausted" | "unavailable";

/** What to do with the store's answer to a renewal. Undefined: the lease is gone. */
export type Renewal = (stand: Stand | undefined) => void;

/** One counter in one window, as this node uses it. Amounts are whole. */
export interface Counter extends Pick<Books, "remaining"> {
	readonly key: CounterKey;
	readonly unit: QuotaUnit;
	readonly span: WindowSpan;
	/** Sets `amount` aside from what the node holds. False: it holds too little. */
	readonly takeNow: (amount: number, limit: number) => boolean;
	/** The same, and asks the store when the node holds too little; requests that wait share one question. */
	readonly take: (amount: number, limit: number) => Promise<Taken>;
	/** `amount` is no longer set aside; `used` of it, or more, is gone for good. */
	readonly finish: (amount: number, used: number) => void;
	/** Gives back what is free when nobody has used any of it for so long. */
	readonly giveBack: (idleMs: number) => Promise<void>;
	/** Undefined: there is nothing to renew. */
	readonly renewal: () => Renewal | undefined;
	/** Whether nothing would be lost by forgetting it. */
	readonly isForgettable: () => boolean;
}

/** What all counters of a desk share. */
export interface CounterSurroundings {
	readonly store: Pick<QuotaStore, "exchange">;
	readonly now: () => number;
	readonly leaseMs: () => number;
	/** After the store failed nobody asks it for a moment. */
	readonly outage: { untilMs: number };
}

interface Waiter {
	readonly amount: number;
	readonly answer: (taken: Taken) => void;
}

interface Identity extends Pick<Counter, "key" | "unit" | "span"> {}

/** An exhausted limit is asked about so often at most, however many requests run into it. */
const deniedMs = 250;
const outageMs = 1000;
const exchangeMsMax = 2000;

export function createCounter(identity: Identity, surroundings: CounterSurroundings): Counter {
	const { unit, span } = identity;
	const { now, leaseMs } = surroundings;
	const books = openBooks(unit, { now, leaseMs });
	const exchange = createExchange(identity, books, surroundings);
	const queue = createQueue(unit, books, { now, exchange });
	let usedAtMs = now();

	const takeNow = (amount: number, limit: number) => {
		if (limit !== books.limit()) {
			books.setLimit(limit);
			queue.forgetDenial();
		}
		if (limit <= 0 || books.isTooMuch() || !books.fits(amount)) return false;
		books.reserve(amount);
		usedAtMs = now();
		return true;
	};
	return {
		...identity,
		remaining: books.remaining,
		takeNow,
		take: async (amount, limit) => {
			if (takeNow(amount, limit)) return "taken";
			usedAtMs = now();
			return limit <= 0 ? "exhausted" : queue.wait(amount);
		},
		finish: (amount, used) => {
			books.finish(amount, used);
			usedAtMs = now();
		},
		giveBack: async (idleMs) => {
			const isIdle = now() - usedAtMs >= idleMs && books.free() > 0;
			if (isIdle && !books.hasLapsed()) await queue.undisturbed(() => exchange.ask(0, 0));
		},
		renewal: () => {
			if (!isLeasedUnit(unit) || !books.isKnown()) return undefined;
			const sentAt = now();
			const before = exchange.count();
			return (stand) => {
				// An exchange that began meanwhile knows better.
				if (exchange.count() !== before) return;
				if (stand === undefined) books.lapse();
				else books.learn(stand, sentAt);
			};
		},
		isForgettable: () => {
			if (books.reserved() > 0 || queue.isBusy()) return false;
			if (span.end !== null && span.end <= now()) return true;
			return isLeasedUnit(unit) && now() - usedAtMs > leaseMs();
		},
	};
}

interface Exchange {
	/** Rejects when there is no answer in time; a late one is taken in all the same. */
	readonly ask: (need: number, least: number) => Promise<void>;
	/** Rises when one begins and when it ends. */
	readonly count: () => number;
}

function createExchange(
	{ key, unit, span }: Identity,
	books: Books,
	{ store, now, outage }: CounterSurroundings,
): Exchange {
	let pending: Promise<void> | undefined;
	let steps = 0;
	return {
		count: () => steps,
		ask: async (need, least) => {
			// A question without an answer must stay the only one: nobody knows yet what it gave.
			if (pending !== undefined || outage.untilMs > now()) throw new Error("The store is away.");
			const sentAt = now();
			const ask = { ...key, unit, windowEnd: span.end, least, ...books.open(need) };
			steps += 1;
			pending = store
				.exchange(ask)
				.then((grant) => books.takeIn(grant, ask, sentAt))
				.finally(() => {
					steps += 1;
					pending = undefined;
				});
			try {
				await withinTime(pending);
			} catch (error) {
				outage.untilMs = now() + outageMs;
				throw error;
			}
		},
	};
}

interface Queue {
	readonly wait: (amount: number) => Promise<Taken>;
	/** Does something with the store while no request asks it. Does nothing when one does. */
	readonly undisturbed: (work: () => Promise<void>) => Promise<void>;
	readonly isBusy: () => boolean;
	readonly forgetDenial: () => void;
}

interface QueueParts {
	readonly now: () => number;
	readonly exchange: Exchange;
}

/** Requests that wait for the store's answer, served in the order in which they came. */
function createQueue(unit: QuotaUnit, books: Books, { now, exchange }: QueueParts): Queue {
	let waiters: Waiter[] = [];
	let isAsking = false;
	let denied = { untilMs: 0, least: 0 };

	const deny = (amount: number) => {
		const least = denied.untilMs > now() ? Math.min(denied.least, amount) : amount;
		denied = { untilMs: now() + deniedMs, least };
	};
	/** Those that were asked for and still do not fit are refused. */
	const serve = (asked: ReadonlySet<Waiter>, otherwise: Taken) => {
		const left: Waiter[] = [];
		for (const waiter of waiters) {
			if (books.fits(waiter.amount)) {
				books.reserve(waiter.amount);
				waiter.answer("taken");
			} else if (asked.has(waiter)) {
				if (otherwise === "exhausted") deny(waiter.amount);
				waiter.answer(otherwise);
			} else left.push(waiter);
		}
		waiters = left;
	};
	const askForAll = async () => {
		if (isAsking) return;
		isAsking = true;
		while (waiters.length > 0) {
			const asked = new Set(waiters);
			const amounts = waiters.map((waiter) => waiter.amount);
			const need = amounts.reduce((sum, amount) => sum + amount, 0);
			let otherwise: Taken = "exhausted";
			try {
				await exchange.ask(need, Math.min(...amounts));
			} catch {
				// Without the store nothing is free of charge: rates hold for this node alone, money is refused.
				if (unit === "usd") otherwise = "unavailable";
				books.fallBack(need, outageMs);
			}
			serve(asked, otherwise);
		}
		isAsking = false;
	};
	return {
		wait: async (amount) => {
			if (denied.untilMs > now() && amount >= denied.least) return "exhausted";
			const { promise, resolve } = Promise.withResolvers<Taken>();
			waiters.push({ amount, answer: resolve });
			void askForAll();
			return promise;
		},
		undisturbed: async (work) => {
			if (isAsking) return;
			isAsking = true;
			// What could not be given back is found again with the next answer, or lapses.
			await work().catch(() => undefined);
			isAsking = false;
			if (waiters.length > 0) void askForAll();
		},
		isBusy: () => isAsking,
		forgetDenial: () => {
			denied = { untilMs: 0, least: 0 };
		},
	};
}

/** A database that hangs must not make requests hang. */
async function withinTime(answer: Promise<void>): Promise<void> {
	const late = Promise.withResolvers<never>();
	const timer = setTimeout(() => late.reject(new Error("No answer in time.")), exchangeMsMax);
	// Nobody may be left to hear of a failure that comes too late.
	answer.catch(() => undefined);
	try {
		await Promise.race([answer, late.promise]);
	} finally {
		clearTimeout(timer);
	}
}
