import type { BreakerState } from "../contract/routing.ts";

export interface BreakerLimits {
	/** Failures in a row that open it; 0: it never opens. */
	readonly failuresToOpen: number;
	/** Time without any request before the first probe. */
	readonly openMs: number;
	/** Requests that may be under way at once while it is half-open. */
	readonly halfOpenProbes: number;
}

/** What became of a request. `neutral` says nothing about the target: the caller hung up, or was wrong. */
export type PassOutcome = "worked" | "failed" | "neutral";

/** Leave to send one request. Counts until it is settled; further settlements do nothing. */
export interface Pass {
	readonly isProbe: boolean;
	readonly settle: (outcome: PassOutcome, now: number) => void;
}

/**
 * Stops sending requests to a target that fails, and finds out with a few of them when it works again.
 * Asking how it stands changes nothing: only `enter` takes one of the probes. Times are epoch milliseconds.
 */
export interface Breaker {
	readonly state: (now: number) => BreakerState;
	/** Whether `enter` would give leave now. */
	readonly mayEnter: (now: number) => boolean;
	readonly enter: (now: number) => Pass | undefined;
	/** Evidence from outside the requests, such as a health check. A success lets an open one probe at once. */
	readonly observe: (outcome: "worked" | "failed", now: number) => void;
	readonly failures: () => number;
	readonly probes: () => number;
	/** When an open one lets the first probe through; undefined when it is not open. */
	readonly opensUntil: (now: number) => number | undefined;
}

export function createBreaker(limits: () => BreakerLimits): Breaker {
	let failures = 0;
	let probes = 0;
	/** Undefined: closed. */
	let openUntil: number | undefined;
	/** Rises with every change between closed and open, so that a late result does not judge a later state. */
	let era = 0;

	const isHalfOpen = (now: number): boolean => openUntil !== undefined && now >= openUntil;
	const open = (now: number): void => {
		openUntil = now + limits().openMs;
		probes = 0;
		era++;
	};
	const close = (): void => {
		openUntil = undefined;
		failures = 0;
		probes = 0;
		era++;
	};
	const failed = (now: number): void => {
		failures++;
		const { failuresToOpen } = limits();
		if (openUntil !== undefined || (failuresToOpen > 0 && failures >= failuresToOpen)) open(now);
	};
	const mayEnter = (now: number): boolean => {
		if (openUntil === undefined || limits().failuresToOpen === 0) return true;
		return isHalfOpen(now) && probes < limits().halfOpenProbes;
	};
	return {
		state: (now) => {
			if (openUntil === undefined || limits().failuresToOpen === 0) return "closed";
			return isHalfOpen(now) ? "half-open" : "open";
		},
		mayEnter,
		enter: (now) => {
			if (!mayEnter(now)) return undefined;
			const isProbe = openUntil !== undefined;
			if (isProbe) probes++;
			const enteredIn = era;
			let isSettled = false;
			return {
				isProbe,
				settle: (outcome, at) => {
					if (isSettled || enteredIn !== era) return;
					isSettled = true;
					if (isProbe) probes--;
					if (outcome === "failed") failed(at);
					else if (outcome === "worked") {
						if (isProbe) close();
						else failures = 0;
					}
				},
			};
		},
		observe: (outcome, now) => {
			if (outcome === "worked") {
				if (openUntil !== undefined) openUntil = Math.min(openUntil, now);
			} else if (openUntil === undefined) failed(now);
		},
		failures: () => failures,
		probes: () => probes,
		opensUntil: (now) =>
			openUntil === undefined || isHalfOpen(now) || limits().failuresToOpen === 0
				? undefined
				: openUntil,
	};
}
