import type { QuotaUnit } from "./quota.ts";

/** What a request really used, by unit. An absent unit was not used. */
export type Consumption = Readonly<Partial<Record<QuotaUnit, number>>>;

/** Amounts set aside for one request. Exactly one of the two is called, once; further calls do nothing. */
export interface Reservation {
	/** The true amounts replace the reserved ones. */
	readonly settle: (used: Consumption) => void;
	/** Nothing was used: everything goes back. */
	readonly release: () => void;
	/** Budgets that the cost counts against: quota id and start of its window in epoch milliseconds. */
	readonly charges: readonly (readonly [quotaId: string, windowStart: number])[];
}

/** Of a request that no quota counts. */
export const nothingReserved: Reservation = { settle: () => {}, release: () => {}, charges: [] };
