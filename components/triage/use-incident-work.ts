"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../../lib/client/call.ts";
import { incidentQuery } from "../../lib/client/incidents.ts";
import type {
	IncidentAction,
	IncidentDetail,
	IncidentState,
} from "../../lib/contracts/incidents.ts";
import {
	actOnIncident,
	addIncidentNote,
	markIncident,
	updateIncident,
} from "../../lib/contracts/incidents.ts";

type Change =
	| { readonly kind: "state"; readonly state: IncidentState }
	| { readonly kind: "assignee"; readonly assigneeId: string | null }
	| { readonly kind: "note"; readonly text: string }
	| { readonly kind: "act"; readonly body: IncidentAction }
	| { readonly kind: "false-alarm" };

/** Everything that people do with one incident. The answer is the incident as it is then. */
export function useIncidentWork(id: string) {
	const queries = useQueryClient();
	return useMutation({
		mutationFn: (change: Change): Promise<IncidentDetail> => send(id, change),
		onSuccess: (incident) => {
			queries.setQueryData(incidentQuery(id).queryKey, incident);
			// Not waited for: the next key would be dropped until the queue is there again.
			void queries.invalidateQueries({ queryKey: ["incidents", "list"] });
		},
	});
}

export type IncidentWork = ReturnType<typeof useIncidentWork>;

function send(id: string, change: Change): Promise<IncidentDetail> {
	const params = { id };
	switch (change.kind) {
		case "state":
			return call(updateIncident, { params, body: { state: change.state } });
		case "assignee":
			return call(updateIncident, { params, body: { assigneeId: change.assigneeId } });
		case "note":
			return call(addIncidentNote, { params, body: { text: change.text } });
		case "act":
			return call(actOnIncident, { params, body: change.body });
		case "false-alarm":
			return call(markIncident, { params });
	}
}
