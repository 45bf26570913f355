"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { incidentQuery, incidentsQuery } from "../../lib/client/incidents.ts";
import { useSession } from "../../lib/client/use-session.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { IncidentDetail } from "../../lib/contracts/incidents.ts";
import { neighbour, readState } from "./triage-state.ts";
import type { IncidentWork } from "./use-incident-work.ts";
import { useIncidentWork } from "./use-incident-work.ts";
import type { TriageCommand } from "./use-triage-keys.ts";
import { useTriageKeys } from "./use-triage-keys.ts";

export type TriageDialog = "ban" | "allow" | "falseAlarm" | "help" | undefined;

type WorkCommand = Exclude<TriageCommand, "next" | "previous" | "help" | "note">;

/** The queue, the incident beside it, and what keys and buttons do. */
export function useTriage() {
	const [params, change] = useUrlState();
	const state = readState(params);
	const open = state.incident;
	const [dialog, setDialog] = useState<TriageDialog>(undefined);
	const noteField = useRef<HTMLTextAreaElement>(null);
	const { user } = useSession();
	const queue = useInfiniteQuery(incidentsQuery(state.question));
	const incidents = queue.data?.pages.flatMap((page) => page.items) ?? [];
	const detail = useQuery({ ...incidentQuery(open ?? ""), enabled: open !== undefined });
	// What is kept from the incident before is not this one.
	const incident = detail.data?.id === open ? detail.data : undefined;
	const work = useIncidentWork(open ?? "");
	const show = (id: string | undefined) => change({ incident: id ?? null });
	const go = (step: 1 | -1) =>
		show(
			neighbour(
				incidents.map(({ id }) => id),
				open,
				step,
			),
		);
	const run = (command: TriageCommand) => {
		switch (command) {
			case "next":
				go(1);
				break;
			case "previous":
				go(-1);
				break;
			case "help":
				setDialog("help");
				break;
			case "note":
				noteField.current?.focus();
				break;
			default:
				if (incident !== undefined && !work.isPending) {
					runOn(incident, command, { work, setDialog, myId: user.id });
				}
		}
	};
	useTriageKeys(run);
	return {
		state,
		change,
		queue,
		incidents,
		detail,
		incident,
		work,
		show,
		run,
		dialog,
		setDialog,
		noteField,
	};
}

export type Triage = ReturnType<typeof useTriage>;

interface Tools {
	readonly work: IncidentWork;
	readonly setDialog: (dialog: TriageDialog) => void;
	readonly myId: string;
}

function runOn(incident: IncidentDetail, command: WorkCommand, tools: Tools): void {
	const { work, setDialog, myId } = tools;
	if (command === "acknowledge") {
		const state = incident.state === "open" ? "acknowledged" : "open";
		work.mutate({ kind: "state", state });
	} else if (command === "assign") {
		work.mutate({ kind: "assignee", assigneeId: myId });
	} else if (incident.state === "closed") {
		// Nothing else is done to it before it is opened again.
	} else if (command === "watch") {
		work.mutate({ kind: "act", body: { action: "watch" } });
	} else if (command === "close") {
		work.mutate({ kind: "state", state: "closed" });
	} else {
		work.reset();
		setDialog(command);
	}
}
