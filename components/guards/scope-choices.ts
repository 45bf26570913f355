import type { GuardInfo } from "../../lib/contracts/guards.ts";
import { endpointIds } from "../../proxy-core/contract/settled-record.ts";
import type { SegmentSource } from "../../proxy-core/contract/verdict.ts";
import { segmentSources } from "../../proxy-core/contract/verdict.ts";

/** Endpoints that carry texts. */
export const guardedEndpoints = endpointIds.filter((id) => id !== "models" && id !== "metrics");

/** The places that a guard of these phases gets to see. */
export function sourcesOf(phases: GuardInfo["phases"]): readonly SegmentSource[] {
	return segmentSources.filter((source) =>
		phases.includes(source.startsWith("answer") ? "answer" : "request"),
	);
}
