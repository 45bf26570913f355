import type { TargetView } from "../../../proxy-core/routing/target-board.ts";
import type { TargetStanding } from "../../contracts/routes.ts";

/** How a target stands, for people; one that nothing was sent to yet has a clean sheet. */
export function toStanding(view: TargetView | undefined): TargetStanding {
	if (view === undefined) {
		return {
			breaker: "closed",
			openUntil: null,
			coolingUntil: null,
			failures: 0,
			probes: 0,
			inFlight: 0,
			success: 1,
			latencyMs: null,
			lastError: null,
		};
	}
	const { breaker, failures, probes, inFlight, success, latencyMs, lastError } = view;
	return {
		breaker,
		openUntil: instantOf(view.openUntilMs),
		coolingUntil: instantOf(view.coolingUntilMs),
		failures,
		probes,
		inFlight,
		success,
		latencyMs: latencyMs ?? null,
		lastError:
			lastError === undefined
				? null
				: { code: lastError.code, at: new Date(lastError.atMs).toISOString() },
	};
}

function instantOf(ms: number | undefined): string | null {
	return ms === undefined ? null : new Date(ms).toISOString();
}
