import type { Authorised, Budgeted, Received } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import { nothingReserved } from "../quotas/reservation.ts";

/** Sets the worst plausible cost aside in every budget that counts this request. */
export const budget: Stage<Received & Authorised, Budgeted> = {
	name: "budget",
	run: ({ plan }) => ({
		spending: nothingReserved,
		affordable: plan,
		outputTokensCap: undefined,
	}),
};
