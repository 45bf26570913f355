import { createGateway } from "../../proxy-core/gateway.ts";
import { createAnswerSigner } from "../../proxy-core/signing/answer-signer.ts";
import type { Foundation } from "./foundation.ts";
import { createMeter } from "./observability/meter.ts";
import type { Parts } from "./open-parts.ts";
import type { OwnParts } from "./workers/machine.ts";

/** The gateway of this process, with the adapters handed in. */
export function openGateway(
	{ log, primary, masterKey, classifier }: Foundation,
	{ configuration, journal, probe, egress, node, quotas, threats, recorder }: Parts,
): OwnParts {
	const meter = createMeter({
		journalBacklog: journal.backlog,
		databaseUp: probe.isUp,
		classifier: classifier?.report,
	});
	const gateway = createGateway({
		snapshots: configuration,
		journal,
		meter: primary === undefined ? meter : { ...meter, render: primary.metrics },
		log,
		egress,
		digestKey: masterKey.subKey("digest"),
		recorder,
		signer: createAnswerSigner(masterKey.subKey("signing")),
		now: Date.now,
		node,
		health: () => ({
			database: probe.isUp() ? "up" : "down",
			...(primary !== undefined && { workers: primary.isMachineReady() ? "up" : "down" }),
			...(classifier !== undefined && { classifier: classifier.isUp() ? "up" : "down" }),
		}),
		quotas,
		threats,
		...(classifier !== undefined && { classifier }),
	});
	return { gateway, configuration, journal, meter };
}
