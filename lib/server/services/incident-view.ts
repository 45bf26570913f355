import type { Incident, IncidentDetail, Suspect, SuspectKind } from "../../contracts/incidents.ts";
import {
	actorKinds,
	incidentFamilies,
	incidentStates,
	resolutions,
} from "../../contracts/incidents.ts";
import type { IncidentRow, NoteRow } from "../repositories/incidents.ts";
import { namesOf } from "../repositories/requests.ts";
import type { ThreatRow } from "../repositories/threats.ts";
import { runtime } from "../runtime.ts";
import { severityOf } from "../threats-events/classify-events.ts";

type Names = ReadonlyMap<string, string>;

const noteKinds = ["note", "state", "assignment", "action", "mark"] as const;

/** Names of the keys and people that incidents point to. */
export function incidentNames(rows: readonly IncidentRow[]): Promise<Names> {
	return namesOf(
		runtime().prisma,
		rows.map(({ actorKind, actor, assigneeId }) => ({
			keyId: actorKind === "key" ? actor : null,
			userId: actorKind === "person" ? actor : null,
			ownerId: assigneeId,
			teamId: null,
		})),
	);
}

export function toIncident(row: IncidentRow, names: Names): Incident {
	const { actor, assigneeId } = row;
	return {
		id: row.id,
		number: row.number,
		actor: {
			kind: actorKinds.find((kind) => kind === row.actorKind) ?? "ip",
			id: actor,
			label: row.actorKind === "user" ? nameWithin(actor) : (names.get(actor) ?? actor),
		},
		family: incidentFamilies.find((family) => family === row.family) ?? "other",
		state: incidentStates.find((state) => state === row.state) ?? "open",
		resolution: resolutions.find((resolution) => resolution === row.resolution) ?? null,
		isWatched: row.isWatched,
		severity: severityOf(row.worst),
		events: row.events,
		blocked: row.blocked,
		wouldBlock: row.wouldBlock,
		firstAt: row.firstAt.toISOString(),
		lastAt: row.lastAt.toISOString(),
		rules: row.rules,
		requestId: row.requestId,
		assignee: assigneeId === null ? null : { id: assigneeId, name: names.get(assigneeId) ?? null },
		acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
		closedAt: row.closedAt?.toISOString() ?? null,
	};
}

export function toNote({ id, kind, text, authorId, authorName, createdAt }: NoteRow) {
	return {
		id,
		kind: noteKinds.find((known) => known === kind) ?? "note",
		text,
		author: { id: authorId, name: authorName },
		createdAt: createdAt.toISOString(),
	} satisfies IncidentDetail["notes"][number];
}

const suspectsMax = 12;

/** Whom events came from by every kind that can be acted on, most events first. */
export function suspectsOf(rows: readonly ThreatRow[], names: Names): Suspect[] {
	const counts = new Map<string, Suspect>();
	const add = (kind: SuspectKind, id: string | null) => {
		if (id === null) return;
		const key = `${kind} ${id}`;
		const known = counts.get(key);
		const label = kind === "user" || kind === "session" ? nameWithin(id) : (names.get(id) ?? id);
		counts.set(key, { kind, id, label, events: (known?.events ?? 0) + 1 });
	};
	for (const row of rows) {
		add("ip", row.ip);
		add("key", row.keyId);
		add("user", withinTenant(row, row.endUser));
		add("session", withinTenant(row, row.session));
		add("fingerprint", row.fingerprint);
	}
	return [...counts.values()].sort((a, b) => b.events - a.events).slice(0, suspectsMax);
}

/** As the threat ledger names end users and sessions: no tenant can claim another's. */
function withinTenant({ teamId, keyId }: ThreatRow, name: string | null): string | null {
	if (name === null || keyId === null) return null;
	return `${teamId === null ? `key:${keyId}` : `team:${teamId}`}/${name}`;
}

/** The name that the application gave; ids of tenants have no slash. */
function nameWithin(id: string): string {
	return id.slice(id.indexOf("/") + 1);
}
