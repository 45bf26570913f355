import type { FallbackReason } from "../contract/routing.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { CallerLimits } from "./caller-limits.ts";
import type { FlightFailure, Telling } from "./flight.ts";

/** What a failed try means for the rest of the request, and for the target's health. */
export interface Trouble {
	/** Whether the same target may be asked again. */
	readonly mayRetry: boolean;
	/** Which targets may be asked instead; undefined: nobody else would answer otherwise. */
	readonly next: FallbackReason | undefined;
	readonly failure: FlightFailure;
}

/**
 * Sorts failures. What a caller can cause at will (refused requests, rate limits, timeouts of its own
 * choice) never opens a target's circuit: nobody must be able to take it out of service for others.
 */
export function judgeTrouble(error: unknown, limits: CallerLimits): Trouble {
	if (!GatewayError.is(error)) {
		return { mayRetry: false, next: undefined, failure: about("internal.unexpected") };
	}
	const { code, detail } = error;
	const retryAfterMs = detail.retryAfterMs;
	switch (code) {
		case "upstream.context_window":
			return { mayRetry: false, next: "context-window", failure: about(code) };
		case "upstream.content_policy":
			return { mayRetry: false, next: "content-policy", failure: about(code) };
		case "upstream.rate_limited":
			return {
				mayRetry: true,
				next: "error",
				failure: { ...about(code, "noted"), pause: { retryAfterMs } },
			};
		case "upstream.timeout":
			return {
				mayRetry: true,
				next: "error",
				failure: about(code, isImpatient(limits) ? "nothing" : "health"),
			};
		case "upstream.refused":
		case "upstream.interrupted":
		case "upstream.malformed":
		case "upstream.failed":
			return {
				mayRetry: true,
				next: "error",
				failure: {
					...about(code, "health"),
					...(retryAfterMs === undefined ? {} : { pause: { retryAfterMs } }),
				},
			};
		case "upstream.credentials":
			return { mayRetry: false, next: "error", failure: about(code, "noted") };
		case "upstream.rejected":
			// Not there at this provider; another may have it.
			return {
				mayRetry: false,
				next: error.status === 404 ? "error" : undefined,
				failure: about(code),
			};
		case "request.unsupported":
			// What one wire cannot say another may.
			return { mayRetry: false, next: "error", failure: about(code) };
		default:
			return { mayRetry: false, next: undefined, failure: about(code) };
	}
}

function about(code: GatewayError["code"], telling: Telling = "nothing"): FlightFailure {
	return { code, telling };
}

function isImpatient(limits: CallerLimits): boolean {
	return limits.timeoutMs !== undefined || limits.streamTimeoutMs !== undefined;
}
