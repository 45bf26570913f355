import type { ErrorCode } from "../contract/errors.ts";
import type { Settings } from "../contract/settings.ts";
import type { Connector } from "../providers/define-provider.ts";
import type { Breaker } from "./breaker.ts";
import { createBreaker } from "./breaker.ts";
import type { DecayingMean } from "./decaying-mean.ts";
import { createDecayingMean } from "./decaying-mean.ts";
import type { LatencySeries } from "./latency-series.ts";
import { createLatencySeries } from "./latency-series.ts";

/** A health check, and when it was made in epoch milliseconds. */
export interface HealthCheck {
	readonly ok: boolean;
	readonly latencyMs: number;
	readonly atMs: number;
}

/** What the board keeps of one target. */
export interface TargetEntry {
	/** Another connector means that an operator changed the provider: what was known counts no more. */
	readonly connector: Connector;
	readonly breaker: Breaker;
	readonly success: DecayingMean;
	readonly latency: DecayingMean;
	readonly series: LatencySeries;
	inFlight: number;
	coolingUntil: number;
	lastError: { readonly code: ErrorCode; readonly atMs: number } | undefined;
	lastCheck: HealthCheck | undefined;
}

const halfLifeMs = 60_000;

/** A clean sheet. */
export function createEntry(
	connector: Connector,
	settings: () => Settings["routing"],
): TargetEntry {
	return {
		connector,
		breaker: createBreaker(settings),
		success: createDecayingMean(halfLifeMs),
		latency: createDecayingMean(halfLifeMs),
		series: createLatencySeries(),
		inFlight: 0,
		coolingUntil: 0,
		lastError: undefined,
		lastCheck: undefined,
	};
}
