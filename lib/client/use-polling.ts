"use client";

import { useLive } from "./use-live-events.tsx";

const everyMs = 5000;

/**
 * For figures that change with every request and that no event announces, such as scores and circuits:
 * the `refetchInterval` of a query. Stands still while the person has paused live updates.
 */
export function usePolling(): number | false {
	return useLive().state === "paused" ? false : everyMs;
}
