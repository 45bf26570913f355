import { CircleCheck, CircleDot, Eye } from "lucide-react";
import type {
	ActorKind,
	Incident,
	IncidentFamily,
	IncidentState,
	Resolution,
	SuspectKind,
} from "../../lib/contracts/incidents.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { attackerKindWords } from "../../lib/format/threat-words.ts";
import { Badge } from "../ui/badge.tsx";

export const familyWords: Readonly<Record<IncidentFamily, string>> = {
	manipulation: "Manipulation of the model",
	data: "Leaking of data",
	answers: "Dangerous answers",
	access: "Attempts to get in",
	other: "Other findings",
};

export const stateWords: Readonly<Record<IncidentState, string>> = {
	open: "Open",
	acknowledged: "Acknowledged",
	closed: "Closed",
};

const resolutionWords: Readonly<Record<Resolution, string>> = {
	resolved: "Resolved",
	banned: "Banned",
	allowed: "Allowed",
	"false-alarm": "False alarm",
};

export const actorWords: Readonly<Record<ActorKind, string>> = {
	ip: "address",
	key: "key",
	user: "end user",
	person: "console user",
};

export const suspectWords: Readonly<Record<SuspectKind, string>> = attackerKindWords;

/** Where an incident stands, in a word and an icon. */
export function StateBadge({ incident }: { readonly incident: Incident }) {
	const { state, resolution, isWatched } = incident;
	if (state === "closed") {
		return (
			<Badge tone="idle">
				<CircleCheck aria-hidden="true" />
				{resolution === null ? stateWords.closed : resolutionWords[resolution]}
			</Badge>
		);
	}
	if (state === "acknowledged") {
		return (
			<Badge tone="note">
				<Eye aria-hidden="true" />
				{isWatched ? "Watched" : stateWords.acknowledged}
			</Badge>
		);
	}
	return (
		<Badge tone="accent">
			<CircleDot aria-hidden="true" />
			{stateWords.open}
		</Badge>
	);
}

/** "12 events, 9 blocked" and what monitored rules would have done. */
export function describeEvents({ events, blocked, wouldBlock }: Incident): string {
	const parts = [formatQuantity(events, "event"), `${blocked} blocked`];
	if (wouldBlock > 0) parts.push(`${wouldBlock} would have been`);
	return parts.join(", ");
}
