import type { Gateway } from "../../../../proxy-core/gateway.ts";
import { createGateway } from "../../../../proxy-core/gateway.ts";
import type { GatewayPorts } from "../../../../proxy-core/ports.ts";
import { createQuotaDesk } from "../../../../proxy-core/quotas/quota-desk.ts";
import { createAnswerSigner } from "../../../../proxy-core/signing/answer-signer.ts";
import { createMemoryQuotas } from "../../../../proxy-core/testing/memory-quotas.ts";
import type { ConfigurationStore } from "../../configuration/configuration-store.ts";

/** A gateway of its own over the shared database, with nothing behind it but what a request needs. */
export function gatewayOver(
	{ log, egress }: Pick<GatewayPorts, "log" | "egress">,
	configuration: ConfigurationStore,
): Gateway {
	const clock = { now: Date.now, leaseMs: () => 60_000 };
	return createGateway({
		snapshots: configuration,
		journal: { append: async () => {}, isHealthy: () => true },
		meter: {
			requestStarted: () => {},
			requestSettled: () => {},
			render: async () => "# metrics\n",
			contentType: "text/plain",
		},
		log,
		egress,
		signer: createAnswerSigner(new Uint8Array(32)),
		recorder: { record: () => {} },
		digestKey: new Uint8Array(32),
		now: Date.now,
		node: "test",
		health: () => ({ database: "up" }),
		threats: { check: () => ({ level: "none" }), observe: () => {} },
		quotas: createQuotaDesk({ ...clock, store: createMemoryQuotas(clock).storeOf("test") }),
	});
}
