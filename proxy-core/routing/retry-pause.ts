import { setTimeout as sleep } from "node:timers/promises";
import type { Settings } from "../contract/settings.ts";

interface Retry {
	/** 0 before the first retry. */
	readonly retry: number;
	/** What the target asked for. */
	readonly retryAfterMs: number | undefined;
}

/**
 * Milliseconds before the next try of the same target: a random part, at least half, of a pause that
 * doubles with each retry, and never less than the target asked for. Undefined when it asked for more
 * than is worth waiting for. `random` gives numbers from 0 up to 1.
 */
export function backoffMs(
	{ backoffBaseMs, backoffMaxMs }: Pick<Settings["routing"], "backoffBaseMs" | "backoffMaxMs">,
	{ retry, retryAfterMs = 0 }: Retry,
	random: () => number = Math.random,
): number | undefined {
	if (retryAfterMs > backoffMaxMs) return undefined;
	const ceiling = Math.min(backoffMaxMs, backoffBaseMs * 2 ** Math.min(retry, 30));
	const jittered = ceiling * (0.5 + random() / 2);
	// Everybody was told the same time; a little spread keeps them from coming back together.
	return Math.min(backoffMaxMs, Math.max(jittered, retryAfterMs + jittered / 4));
}

/** Ends early, without an error, when the caller hangs up. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
	await sleep(ms, undefined, { signal }).catch(() => undefined);
}
