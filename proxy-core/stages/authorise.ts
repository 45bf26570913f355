import { GatewayError } from "../errors/gateway-error.ts";
import type { Authorised, Identified, Parsed, Received } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import { plainPlan } from "../routing/route.ts";
import { allowedModels, mayUse, targetsNamed } from "../routing/model-access.ts";

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

/** Caller × model. */
export const authorise: Stage<Received & Identified & Parsed, Authorised> = {
	name: "authorise",
	run: ({ snapshot, caller, request }) => {
		const named = targetsNamed(snapshot, request.model);
		if (named.length === 0) {
			throw new GatewayError("route.unknown_model", {
				param: "model",
				message: `The model \`${shown(request.model)}\` does not exist or is not offered here; GET /v1/models lists what this key may use.`,
			});
		}
		const candidates = named.filter((target) => mayUse(allowedModels(caller), target));
		if (candidates.length === 0) throw new GatewayError("access.model_denied", { param: "model" });
		return { plan: plainPlan(candidates) };
	},
};

/** A caller's text in a message: bounded, and without control characters that could forge log lines. */
function shown(text: string): string {
	return text.slice(0, 100).replace(/\p{C}/gu, "?");
}
