import { GatewayError } from "../errors/gateway-error.ts";
import type { Authorised, Identified, Parsed, Received } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import { planRoute } from "../routing/plan-route.ts";

/** Kill switch and caller × endpoint; for every endpoint, also those without a model. */
export const admit: Stage<Received & Identified, object> = {
	name: "admit",
	run: ({ snapshot, caller, endpoint }) => {
		const { killSwitch } = snapshot.settings;
		if (killSwitch.engaged && endpoint !== "metrics") {
			throw new GatewayError("limit.kill_switch", {
				message: `Model traffic was stopped by ${killSwitch.by}: ${killSwitch.reason}`,
			});
		}
		if (caller.kind === "key" && !caller.allowedEndpoints.includes(endpoint)) {
			throw new GatewayError("access.endpoint_denied");
		}
		return {};
	},
};

/** Caller × model: which targets the name stands for, and which of them are the caller's to use. */
export const authorise: Stage<Received & Identified & Parsed, Authorised> = {
	name: "authorise",
	run: ({ snapshot, caller, request }) => ({ plan: planRoute(snapshot, caller, request.model) }),
};
