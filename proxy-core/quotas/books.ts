import type { QuotaUnit } from "../contract/quota.ts";
import type { QuotaAsk, QuotaGrant } from "../ports.ts";

/** What all nodes know of a counter, and this node's lease. */
export type Stand = Omit<QuotaGrant, "granted">;

/**
 * What a node knows of one counter in one window, and what it may hand out. Amounts are whole.
 * `held` is what it has (leased or drawn, less what was used), `reserved` what of it is with running
 * requests.
 */
export interface Books {
	readonly setLimit: (limit: number) => void;
	readonly limit: () => number;
	readonly free: () => number;
	/** Whether so much can be set aside without asking anybody. */
	readonly fits: (amount: number) => boolean;
	/** Whether the limit was lowered since the store was asked: what is held may be too much. */
	readonly isTooMuch: () => boolean;
	readonly reserve: (amount: number) => void;
	/** `amount` is no longer set aside; `used` of it, or more, is gone for good. */
	readonly finish: (amount: number, used: number) => void;
	/** What to ask for; everything that is free goes back with the question. */
	readonly open: (need: number) => Pick<QuotaAsk, "limit" | "returned" | "owed" | "need">;
	/** The answer to the question that was sent at `sentAt`. */
	readonly takeIn: (grant: QuotaGrant, ask: Pick<QuotaAsk, "owed">, sentAt: number) => void;
	readonly learn: (stand: Stand, sentAt: number) => void;
	/** The lease was not there any more. */
	readonly lapse: () => void;
	readonly hasLapsed: () => boolean;
	/** The store is away and `need` is wanted. */
	readonly fallBack: (need: number, forMs: number) => void;
	/** How much is left for everybody, as far as this node knows. */
	readonly remaining: () => number;
	readonly reserved: () => number;
	/** Whether the store has ever answered. */
	readonly isKnown: () => boolean;
}

interface Timing {
	readonly now: () => number;
	readonly leaseMs: () => number;
}

export function isLeasedUnit(unit: QuotaUnit): boolean {
	return unit === "usd" || unit === "parallel";
}

interface State {
	limit: number;
	held: number;
	reserved: number;
	/** Sum of what was used here and will be charged by the ledger. */
	settled: number;
	/** What the ledger had charged before these books were opened; unknown until the store says so. */
	chargedBefore: number | undefined;
	/** Drawn units: everything this node took in the window, with or without the store. */
	drawn: number;
	/** What of it the store does not know yet. */
	owed: number;
	/** A lease that was not confirmed for so long may belong to somebody else by now. */
	validUntilMs: number;
	leftElsewhere: number;
	isKnown: boolean;
	isTooMuch: boolean;
}

export function openBooks(unit: QuotaUnit, { now, leaseMs }: Timing): Books {
	const isLeased = isLeasedUnit(unit);
	const state: State = {
		limit: 0,
		held: 0,
		reserved: 0,
		settled: 0,
		chargedBefore: undefined,
		drawn: 0,
		owed: 0,
		validUntilMs: isLeased ? 0 : Number.POSITIVE_INFINITY,
		leftElsewhere: 0,
		isKnown: false,
		isTooMuch: false,
	};
	const free = () => state.held - state.reserved;
	const hasLapsed = () => now() >= state.validUntilMs;
	const learn = (stand: Stand, sentAt: number) => {
		state.validUntilMs = isLeased ? sentAt + leaseMs() : Number.POSITIVE_INFINITY;
		readStand(state, stand);
	};
	return {
		setLimit: (limit) => changeLimit(state, limit),
		limit: () => state.limit,
		free,
		fits: (amount) => free() >= amount && !hasLapsed(),
		isTooMuch: () => state.isTooMuch,
		reserve: (amount) => {
			state.reserved += amount;
		},
		finish: (amount, used) => {
			state.reserved -= amount;
			state.held -= used;
			if (unit === "usd") state.settled += used;
		},
		open: (need) => {
			const returned = Math.max(0, free());
			// Running requests may have lost their backing with a lease that lapsed, or by costing too much.
			const unbacked = hasLapsed() ? state.reserved : Math.max(0, -free());
			state.held -= returned;
			state.drawn -= returned;
			const { limit, owed } = state;
			return { limit, returned, owed, need: need === 0 ? 0 : need + unbacked };
		},
		takeIn: (grant, { owed }, sentAt) => {
			state.owed -= owed;
			if (grant.lease === null) {
				state.held += grant.granted;
				state.drawn += grant.granted;
			}
			learn(grant, sentAt);
		},
		learn,
		lapse: () => {
			state.validUntilMs = 0;
		},
		hasLapsed,
		fallBack: (need, forMs) => {
			if (unit === "parallel") {
				state.held = state.limit;
				state.validUntilMs = now() + forMs;
			} else if (unit !== "usd") drawOnOwnAccount(state, need);
		},
		remaining: () => (state.isKnown ? state.leftElsewhere + Math.max(0, free()) : state.limit),
		reserved: () => state.reserved,
		isKnown: () => state.isKnown,
	};
}

function changeLimit(state: State, limit: number): void {
	if (limit === state.limit) return;
	state.isTooMuch ||= limit < state.limit;
	state.leftElsewhere = Math.max(0, state.leftElsewhere + limit - state.limit);
	state.limit = limit;
}

/**
 * What the ledger charges leaves the lease only when the journal is shipped. So the lease's amount is
 * read together with what was charged; the rest of what was settled here is still to come out of it.
 */
function readStand(state: State, { spent, leased, lease }: Stand): void {
	state.leftElsewhere = Math.max(0, state.limit - spent - leased);
	state.isKnown = true;
	state.isTooMuch = false;
	if (lease === null) return;
	state.chargedBefore ??= lease.charged;
	const unshipped = state.settled - (lease.charged - state.chargedBefore);
	state.held = lease.amount - Math.max(0, unshipped);
}

/** Without the store a rate holds for this node alone, and the store hears of it later. */
function drawOnOwnAccount(state: State, need: number): void {
	const extra = Math.max(0, Math.min(need, state.limit - state.drawn));
	state.held += extra;
	state.drawn += extra;
	state.owed += extra;
}
