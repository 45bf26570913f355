import type { IncidentQuestion } from "../../lib/client/incidents.ts";
import { incidentFamilies, incidentStates } from "../../lib/contracts/incidents.ts";
import { severities } from "../../proxy-core/contract/threats.ts";

type Params = Pick<URLSearchParams, "get">;

export const queueStates = ["active", ...incidentStates] as const;

export interface TriageState {
	readonly question: IncidentQuestion & { readonly state: (typeof queueStates)[number] };
	/** The incident that is open beside the queue. */
	readonly incident: string | undefined;
}

/** What an address asks for; what the endpoint would not take is left out. */
export function readState(params: Params): TriageState {
	const state = queueStates.find((one) => one === params.get("state")) ?? "active";
	const severity = severities.find((one) => one === params.get("severity"));
	const family = incidentFamilies.find((one) => one === params.get("family"));
	const assignee = params.get("assignee");
	const search = params.get("search")?.trim().slice(0, 100) ?? "";
	return {
		question: {
			state,
			...(severity === undefined ? {} : { severity }),
			...(family === undefined ? {} : { family }),
			...(assignee === "me" || assignee === "nobody" ? { assignee } : {}),
			...(search === "" ? {} : { search }),
		},
		incident: params.get("incident") ?? undefined,
	};
}

/** The incident so many rows on; the first when none of the rows is open, the same at either end. */
export function neighbour(
	ids: readonly string[],
	open: string | undefined,
	step: 1 | -1,
): string | undefined {
	const index = open === undefined ? -1 : ids.indexOf(open);
	if (index < 0) return ids[0];
	return ids[Math.min(Math.max(index + step, 0), ids.length - 1)];
}
