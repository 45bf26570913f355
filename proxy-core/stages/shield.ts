import { GatewayError } from "../errors/gateway-error.ts";
import type { GuardServices } from "../guards/guard-services.ts";
import { createRequestView } from "../guards/request-view.ts";
import type { Judgement } from "../guards/run-guards.ts";
import { applyEdits, runGuards } from "../guards/run-guards.ts";
import type { Identified, Parsed, Received, Shielded } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import type { JsonEdit } from "../text/json-splice.ts";
import { spliceJson } from "../text/json-splice.ts";

/** Request guards over every text at once; their edits are written back once, into the bytes as sent. */
export function shield(services: GuardServices): Stage<Received & Identified & Parsed, Shielded> {
	return {
		name: "shield",
		run: (context) => {
			const { snapshot, request, trace, requestId } = context;
			const view = createRequestView(context, services);
			const conclude = ({ action, findings, edits, blockedBy, risks }: Judgement): Shielded => {
				if (findings.length > 0) trace.decided(action, findings);
				if (action === "block") {
					const rule = blockedBy ?? "unknown";
					throw new GatewayError("guard.blocked", {
						message: `Blocked by rule ${rule} (incident ${requestId}).`,
						rule,
					});
				}
				return { view, risks, cleared: edited(request, edits) };
			};
			const judgement = runGuards(snapshot.guards, request.segments, view);
			return judgement instanceof Promise ? judgement.then(conclude) : conclude(judgement);
		},
	};
}

function edited(request: Parsed["request"], all: Judgement["edits"]): Shielded["cleared"] {
	if (all.length === 0) return request;
	const bySegment = Map.groupBy(all, (edit) => edit.segment);
	const leaves: JsonEdit[] = [];
	for (const [index, edits] of bySegment) {
		const segment = request.segments[index];
		if (segment !== undefined)
			leaves.push({ path: segment.path, value: applyEdits(segment.text, edits) });
	}
	const text = spliceJson(request.text, leaves);
	return { text, json: JSON.parse(text) };
}
