import { GatewayError } from "../errors/gateway-error.ts";
import type { Budgeted, Parsed, Received, Routed } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";

/** Which targets are tried, in which order: the one that was named, or every provider of a bare name. */
export const route: Stage<Received & Parsed & Budgeted, Routed> = {
	name: "route",
	run: ({ affordable, request, snapshot, trace }) => {
		const candidates = affordable.choices.map((choice) => choice.target);
		const mayServe =
			snapshot.settings.prices.unpriced === "refuse"
				? candidates.filter((target) => target.price !== undefined)
				: candidates;
		if (mayServe.length === 0) {
			throw new GatewayError("route.unpriced_model", { param: "model" });
		}
		const first = mayServe[0]?.id;
		trace.note(
			first === request.model
				? `${first}, named by the caller`
				: `${first}, first of ${mayServe.length} with the name ${request.model.slice(0, 100)}`,
		);
		return { targets: mayServe };
	},
};
