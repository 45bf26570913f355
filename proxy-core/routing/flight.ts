import type { ErrorCode } from "../contract/errors.ts";
import type { Settings } from "../contract/settings.ts";
import type { Pass } from "./breaker.ts";
import type { TargetEntry } from "./target-entry.ts";

/**
 * What a failure says of the target. `health`: it does not work, and may be taken out of service.
 * `noted`: it did not serve this request and others are better off elsewhere. `nothing`: the request
 * itself was at fault, or the caller gave up.
 */
export type Telling = "health" | "noted" | "nothing";

export interface FlightFailure {
	readonly code: ErrorCode;
	readonly telling: Telling;
	/** The target asked for a pause; undefined: it did not say how long. */
	readonly pause?: { readonly retryAfterMs: number | undefined };
}

/** One request on its way to a target. Ends once: with `failed` or with `ended`. */
export interface Flight {
	/** The answer has begun, so many milliseconds after the request was sent. */
	readonly answered: (latencyMs: number) => void;
	readonly failed: (failure: FlightFailure) => void;
	readonly ended: () => void;
}

/** A provider may ask for hours; it is asked again before. */
const pauseMsMax = 300_000;

interface FlightParts {
	/** Epoch milliseconds. */
	readonly now: () => number;
	readonly settings: () => Settings["routing"];
	readonly entry: TargetEntry;
	readonly pass: Pass;
}

/** Counts one request in until it ends. */
export function openFlight({ entry, pass, now, settings }: FlightParts): Flight {
	let isOver = false;
	let hasAnswered = false;
	entry.inFlight++;
	const end = (): boolean => {
		if (isOver) return false;
		isOver = true;
		entry.inFlight--;
		return true;
	};
	return {
		answered: (latencyMs) => {
			if (isOver || hasAnswered) return;
			hasAnswered = true;
			// A probe has shown enough. Otherwise the end decides: answers may break off in the middle.
			if (pass.isProbe) pass.settle("worked", now());
			entry.success.add(1, now());
			entry.latency.add(latencyMs, now());
			entry.series.answered(latencyMs, now());
		},
		failed: ({ code, telling, pause }) => {
			if (!end()) return;
			if (pause !== undefined) {
				const pauseMs = Math.min(pause.retryAfterMs ?? settings().cooldownMs, pauseMsMax);
				entry.coolingUntil = Math.max(entry.coolingUntil, now() + pauseMs);
			}
			if (telling !== "nothing") {
				entry.lastError = { code, atMs: now() };
				entry.success.add(0, now());
				entry.series.failed(now());
			}
			pass.settle(telling === "health" ? "failed" : "neutral", now());
		},
		ended: () => {
			if (end()) pass.settle(hasAnswered ? "worked" : "neutral", now());
		},
	};
}
