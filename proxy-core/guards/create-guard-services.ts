import { createHmac } from "node:crypto";
import { GatewayError } from "../errors/gateway-error.ts";
import type { GatewayPorts } from "../ports.ts";
import { askModel } from "../upstream/ask-model.ts";
import type { GuardServices } from "./guard-services.ts";

export function createGuardServices({
	egress,
	snapshots,
	digestKey,
	now,
	classifier,
}: Pick<GatewayPorts, "egress" | "snapshots" | "digestKey" | "now" | "classifier">): GuardServices {
	return {
		now,
		...(classifier !== undefined && { classifier }),
		fetch: egress.fetch,
		askModel: async (question) => {
			const target = snapshots.current().targets.get(question.model);
			if (target === undefined) {
				throw new GatewayError("route.unknown_model", { message: `No model ${question.model}.` });
			}
			return askModel({ target, question, egress });
		},
		keyedDigest: (purpose, tenant, text) =>
			createHmac("sha256", digestKey)
				// Lengths first, so that no two different inputs are the same bytes.
				.update(`${purpose.length}:${purpose}${tenant.length}:${tenant}${text}`)
				.digest("hex"),
	};
}
