import type { ErrorCode } from "../contract/errors.ts";
import type { BreakerState } from "../contract/routing.ts";
import type { Settings } from "../contract/settings.ts";
import type { Target } from "../snapshot.ts";
import type { Flight } from "./flight.ts";
import { openFlight } from "./flight.ts";
import type { SeriesView } from "./latency-series.ts";
import type { HealthCheck, TargetEntry } from "./target-entry.ts";
import { createEntry } from "./target-entry.ts";

/** How a target stands on this node, as far as routing asks. */
export interface Standing {
	/** `cooling`: it asked for a pause and is taken only when nothing else is left. */
	readonly availability: "available" | "cooling" | "open";
	readonly inFlight: number;
	/** Share of requests that worked, 0 to 1; half-life one minute, drawn towards 1. */
	readonly success: number;
	/** Mean time to the first byte in milliseconds, half-life one minute; undefined before the first answer. */
	readonly latencyMs: number | undefined;
}

/** All there is to show about a target. Times are epoch milliseconds. */
export interface TargetView extends Standing {
	readonly breaker: BreakerState;
	readonly openUntilMs: number | undefined;
	readonly coolingUntilMs: number | undefined;
	/** In a row. */
	readonly failures: number;
	/** Requests under way that find out whether the target works again. */
	readonly probes: number;
	readonly lastError: { readonly code: ErrorCode; readonly atMs: number } | undefined;
	readonly lastCheck: HealthCheck | undefined;
	readonly series: SeriesView | undefined;
}

/** What this node knows of each target's health and load. One per gateway; bounded. */
export interface TargetBoard {
	readonly standing: (target: Target) => Standing;
	/** Undefined: the target is out of service and gets no request now. */
	readonly begin: (target: Target) => Flight | undefined;
	/** Milliseconds until the target may be tried again; 0 when it may be now. */
	readonly waitMs: (target: Target) => number;
	/** A health check of the target's provider. */
	readonly checked: (target: Target, check: Omit<HealthCheck, "atMs">) => void;
	/** Undefined: no request has been sent to it since the start. */
	readonly view: (target: Target) => TargetView | undefined;
	/** The next number for the name's turns, from 0; `peekTurn` does not use it up. */
	readonly turn: (name: string) => number;
	readonly peekTurn: (name: string) => number;
}

export interface BoardOptions {
	/** Epoch milliseconds. */
	readonly now: () => number;
	readonly settings: () => Settings["routing"];
	/** Targets remembered at once. */
	readonly entriesMax?: number;
}

export function createTargetBoard(options: BoardOptions): TargetBoard {
	const { now, settings, entriesMax = 20_000 } = options;
	const entries = new Map<string, TargetEntry>();
	const turns = new Map<string, number>();

	const find = ({ id, connector }: Target): TargetEntry | undefined => {
		const entry = entries.get(id);
		return entry?.connector === connector ? entry : undefined;
	};
	const get = (target: Target): TargetEntry => {
		const known = find(target);
		if (known !== undefined) return known;
		const entry = createEntry(target.connector, settings);
		entries.delete(target.id);
		entries.set(target.id, entry);
		dropOldest(entries, entriesMax);
		return entry;
	};
	return {
		standing: (target) => standingOf(find(target), now()),
		begin: (target) => {
			const entry = get(target);
			const pass = entry.breaker.enter(now());
			return pass === undefined ? undefined : openFlight({ entry, pass, now, settings });
		},
		waitMs: (target) => {
			const entry = find(target);
			const at = now();
			if (entry === undefined || entry.breaker.mayEnter(at)) return 0;
			// Half-open with every probe taken: one of them is back soon.
			return Math.max(1000, (entry.breaker.opensUntil(at) ?? at) - at);
		},
		checked: (target, check) => {
			const entry = get(target);
			entry.lastCheck = { ...check, atMs: now() };
			entry.breaker.observe(check.ok ? "worked" : "failed", now());
		},
		view: (target) => {
			const entry = find(target);
			return entry === undefined ? undefined : viewOf(entry, now());
		},
		turn: (name) => {
			const next = turns.get(name) ?? 0;
			turns.set(name, next + 1);
			dropOldest(turns, entriesMax);
			return next;
		},
		peekTurn: (name) => turns.get(name) ?? 0,
	};
}

/** How a target stands that nothing was sent to. */
export const untried: Standing = {
	availability: "available",
	inFlight: 0,
	success: 1,
	latencyMs: undefined,
};

function standingOf(entry: TargetEntry | undefined, at: number): Standing {
	if (entry === undefined) return untried;
	return {
		availability: availabilityOf(entry, at),
		inFlight: entry.inFlight,
		success: entry.success.meanWithPrior(1, at),
		latencyMs: entry.latency.mean(),
	};
}

function availabilityOf(entry: TargetEntry, at: number): Standing["availability"] {
	if (!entry.breaker.mayEnter(at)) return "open";
	return entry.coolingUntil > at ? "cooling" : "available";
}

function viewOf(entry: TargetEntry, at: number): TargetView {
	return {
		...standingOf(entry, at),
		breaker: entry.breaker.state(at),
		openUntilMs: entry.breaker.opensUntil(at),
		coolingUntilMs: entry.coolingUntil > at ? entry.coolingUntil : undefined,
		failures: entry.breaker.failures(),
		probes: entry.breaker.probes(),
		lastError: entry.lastError,
		lastCheck: entry.lastCheck,
		series: entry.series.view(at),
	};
}

function dropOldest(map: Map<string, unknown>, max: number): void {
	if (map.size <= max) return;
	const oldest = map.keys().next();
	if (oldest.done !== true) map.delete(oldest.value);
}
