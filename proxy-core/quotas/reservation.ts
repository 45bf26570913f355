import type { QuotaUnit } from "../contract/quota.ts";

/** What a request really used, by unit. An absent unit was not used. */
export type Consumption = Readonly<Partial<Record<QuotaUnit, number>>> & {
	/** Which target was paid; counters of other models are charged nothing. */
	readonly servedBy?: string | undefined;
};

/** A counter that a cost belongs to, and the start of its window in epoch milliseconds. */
export type Charge = readonly [counter: string, windowStart: number];

/** Amounts set aside for one request. Exactly one of the two is called, once; further calls do nothing. */
export interface Reservation {
	/** The true amounts replace the reserved ones. */
	readonly settle: (used: Consumption) => void;
	/** Nothing was used: everything goes back, but for the request itself, which was made. */
	readonly release: () => void;
	/** Budgets that the cost counts against when this target (`provider/model`) is paid. */
	readonly chargesOf: (servedBy: string) => readonly Charge[];
}

/** Of a request that no quota counts. */
export const nothingReserved: Reservation = {
	settle: () => {},
	release: () => {},
	chargesOf: () => [],
};
