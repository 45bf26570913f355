import type { TargetEndpoint } from "../../lib/contracts/endpoints.ts";

export const healthStates = [
	"out",
	"recovering",
	"pausing",
	"degraded",
	"ok",
	"unused",
	"off",
] as const;
export type HealthState = (typeof healthStates)[number];

export interface Health {
	readonly state: HealthState;
	/** One sentence: why. */
	readonly reason: string;
}

/** Below this share of requests that worked a target counts as degraded. */
const successMin = 0.95;

/** What the circuit, the last check and the recent requests say together; the worst counts. */
export function healthOf(endpoint: TargetEndpoint): Health {
	const { standing, lastCheck, isEnabled, isProviderEnabled, providerTitle } = endpoint;
	if (!isProviderEnabled) return { state: "off", reason: `${providerTitle} is switched off.` };
	if (!isEnabled) return { state: "off", reason: "Switched off: it gets no requests." };
	if (standing.breaker === "open") {
		return { state: "out", reason: `${failuresOf(endpoint)}; it gets no requests for a while.` };
	}
	if (standing.breaker === "half-open") {
		return { state: "recovering", reason: "A few requests find out whether it works again." };
	}
	if (standing.coolingUntil !== null) {
		return { state: "pausing", reason: "It asked for a pause and is taken only after all others." };
	}
	if (lastCheck?.ok === false) return { state: "degraded", reason: "Its last check failed." };
	if (standing.success < successMin) {
		return { state: "degraded", reason: "Some of its recent requests failed." };
	}
	if (standing.latencyMs !== null) return { state: "ok", reason: "Its recent requests worked." };
	if (lastCheck !== null) return { state: "ok", reason: "Its last check worked." };
	return { state: "unused", reason: "Neither used nor checked by this node since its start." };
}

function failuresOf({ standing }: TargetEndpoint): string {
	return standing.failures === 1 ? "One failure" : `${standing.failures} failures in a row`;
}

export interface RecentTraffic {
	readonly requests: number;
	readonly failures: number;
}

/** Of the last ten minutes. */
export function trafficOf({ series }: Pick<TargetEndpoint, "series">): RecentTraffic {
	const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
	return series === null
		? { requests: 0, failures: 0 }
		: { requests: sum(series.requests), failures: sum(series.failures) };
}
