import * as z from "zod";
import { severities } from "../../../proxy-core/contract/threats.ts";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type {
	actOnIncident,
	addIncidentNote,
	IncidentDetail,
	listIncidents,
	Resolution,
	updateIncident,
} from "../../contracts/incidents.ts";
import { permissionMatrix } from "../../contracts/permissions.ts";
import type { Principal } from "../auth/principal.ts";
import type {
	IncidentChange,
	IncidentCursor,
	IncidentFilters,
	IncidentRow,
} from "../repositories/incidents.ts";
import {
	changeIncident,
	countIncidents,
	findIncident,
	listIncidentRows,
	markRules,
	peopleWith,
} from "../repositories/incidents.ts";
import { namesOf } from "../repositories/requests.ts";
import { threatsOfActor } from "../repositories/threats.ts";
import { runtime } from "../runtime.ts";
import { takeAction, watch } from "./incident-actions.ts";
import { incidentNames, suspectsOf, toIncident, toNote } from "./incident-view.ts";
import { toThreat } from "./threat-view.ts";

interface OfOne {
	readonly params: { readonly id: string };
	readonly principal: Principal;
}
type WithBody<Body> = OfOne & { readonly body: Body };

const newestShown = 20;
const newestCounted = 500;
const exportedMax = 10_000;

export const incidentsService = {
	/** Throws `request.invalid` for a cursor that is not one of ours. */
	list: async ({
		query,
		principal,
	}: {
		readonly query: z.output<typeof listIncidents.query>;
		readonly principal: Principal;
	}) => {
		const { prisma } = runtime();
		const { cursor, limit } = query;
		const [rows, counts] = await Promise.all([
			listIncidentRows(prisma, {
				filters: filtersOf(query, principal),
				after: cursor === undefined ? undefined : readCursor(cursor),
				limit: limit + 1,
			}),
			countIncidents(prisma),
		]);
		const items = rows.slice(0, limit);
		const names = await incidentNames(items);
		const last = rows.length > limit ? items.at(-1) : undefined;
		return {
			items: items.map((row) => toIncident(row, names)),
			nextCursor: last === undefined ? null : writeCursor(last),
			counts: {
				open: counts.get("open") ?? 0,
				acknowledged: counts.get("acknowledged") ?? 0,
				closed: counts.get("closed") ?? 0,
			},
		};
	},

	/** Throws `resource.not_found`, as all of these do. */
	get: async ({ params }: OfOne): Promise<IncidentDetail> => detailOf(params.id),

	update: async ({ params, principal, body }: WithBody<z.output<typeof updateIncident.body>>) => {
		const incident = await find(params.id);
		const { state, assigneeId } = body;
		const notes: Note[] = [];
		let data: IncidentChange["data"] = {};
		if (state !== undefined && state !== incident.state) {
			notes.push(noteBy(principal, "state", stateWords[state]));
			data = { ...data, ...stateData(state, "resolved") };
		}
		if (assigneeId !== undefined && assigneeId !== incident.assigneeId) {
			const name = await assigneeName(assigneeId);
			notes.push(
				noteBy(
					principal,
					"assignment",
					assigneeId === null ? "Assigned to nobody" : `Assigned to ${name}`,
				),
			);
			data = { ...data, assigneeId };
		}
		if (notes.length > 0) await changeIncident(runtime().prisma, { id: incident.id, data, notes });
		return detailOf(incident.id);
	},

	addNote: async ({ params, principal, body }: WithBody<z.output<typeof addIncidentNote.body>>) => {
		const { id } = await find(params.id);
		const notes = [noteBy(principal, "note", body.text)];
		await changeIncident(runtime().prisma, { id, data: {}, notes });
		return detailOf(id);
	},

	/** Throws `request.invalid` for a suspect that the action cannot be about. */
	act: async ({ params, principal, body }: WithBody<z.output<typeof actOnIncident.body>>) => {
		const incident = await find(params.id);
		if (body.action === "watch") {
			await watch(incident, principal);
			const notes = [noteBy(principal, "action", "Watching: new events open it again")];
			const data = { ...stateData("acknowledged", null), isWatched: true };
			await changeIncident(runtime().prisma, { id: incident.id, data, notes });
			return detailOf(incident.id);
		}
		const said = await takeAction(body, principal);
		const data = stateData("closed", body.action === "ban" ? "banned" : "allowed");
		const notes = [noteBy(principal, "action", said)];
		await changeIncident(runtime().prisma, { id: incident.id, data, notes });
		return detailOf(incident.id);
	},

	markFalseAlarm: async ({ params, principal }: OfOne) => {
		const { prisma } = runtime();
		const incident = await find(params.id);
		await markRules(prisma, incident, principal.userId);
		const text = `Marked as a false alarm of ${incident.rules.join(", ")}`;
		const notes = [noteBy(principal, "mark", text)];
		const data = stateData("closed", "false-alarm");
		await changeIncident(prisma, { id: incident.id, data, notes });
		return detailOf(incident.id);
	},

	export: async ({ params }: OfOne): Promise<Response> => {
		const { notes, newest: _, ...incident } = await detailOf(params.id);
		const events = await eventsOf(await find(params.id), exportedMax);
		const names = await namesOf(runtime().prisma, events);
		const file = { incident, notes, events: events.map((row) => toThreat(row, names)) };
		return new Response(`${JSON.stringify(file, undefined, "\t")}\n`, {
			headers: {
				"content-type": "application/json",
				"content-disposition": `attachment; filename="incident-${incident.number}.json"`,
			},
		});
	},

	assignees: async () => {
		const people = await peopleWith(runtime().prisma, permissionMatrix["threats:act"]);
		return { items: [...people] };
	},
};

async function find(id: string) {
	const incident = await findIncident(runtime().prisma, id);
	if (incident === null) throw new GatewayError("resource.not_found");
	return incident;
}

function eventsOf({ firstAt, lastAt, ...campaign }: IncidentRow, limit: number) {
	return threatsOfActor(runtime().prisma, { ...campaign, from: firstAt, to: lastAt }, limit);
}

async function detailOf(id: string): Promise<IncidentDetail> {
	const { prisma } = runtime();
	const incident = await find(id);
	const rows = await eventsOf(incident, newestCounted);
	const [incidentNamed, eventNames] = await Promise.all([
		incidentNames([incident]),
		namesOf(prisma, rows),
	]);
	return {
		...toIncident(incident, incidentNamed),
		notes: incident.notes.map(toNote),
		suspects: suspectsOf(rows, eventNames),
		newest: rows.slice(0, newestShown).map((row) => toThreat(row, eventNames)),
	};
}

async function assigneeName(id: string | null): Promise<string> {
	if (id === null) return "";
	const people = await peopleWith(runtime().prisma, permissionMatrix["threats:act"]);
	const person = people.find((one) => one.id === id);
	if (person === undefined) {
		const message = "This is nobody who may work on incidents.";
		throw new GatewayError("request.invalid", { param: "assigneeId", message });
	}
	return person.name;
}

type Note = IncidentChange["notes"][number];

function noteBy({ userId, name }: Principal, kind: Note["kind"], text: string): Note {
	return { kind, text, authorId: userId, authorName: name };
}

const stateWords = {
	open: "Opened again",
	acknowledged: "Acknowledged",
	closed: "Closed",
} as const;

function stateData(
	state: keyof typeof stateWords,
	resolution: Resolution | null,
): IncidentChange["data"] {
	const now = new Date();
	switch (state) {
		case "open":
			return { state, resolution: null, acknowledgedAt: null, closedAt: null, isWatched: false };
		case "acknowledged":
			return { state, resolution: null, acknowledgedAt: now, closedAt: null };
		case "closed":
			return { state, resolution, closedAt: now };
	}
}

function filtersOf(
	query: z.output<typeof listIncidents.query>,
	principal: Principal,
): IncidentFilters {
	const { state, assignee, severity, family, search } = query;
	return {
		state,
		...(assignee === undefined ? {} : { assigneeId: assigneeIdOf(assignee, principal) }),
		...(severity === undefined ? {} : { worst: severities.indexOf(severity) + 1 }),
		...(family === undefined ? {} : { family }),
		...(search === undefined ? {} : { search }),
	};
}

function assigneeIdOf(assignee: string, principal: Principal): string | null {
	if (assignee === "me") return principal.userId;
	if (assignee === "nobody") return null;
	if (z.uuid().safeParse(assignee).success) return assignee;
	const message = "Give the id of a person, `me` or `nobody`.";
	throw new GatewayError("request.invalid", { param: "assignee", message });
}

const cursorSchema = z.tuple([z.int(), z.int(), z.uuid()]);

function writeCursor({ worst, lastAt, id }: IncidentRow): string {
	return Buffer.from(JSON.stringify([worst, lastAt.getTime(), id])).toString("base64url");
}

function readCursor(text: string): IncidentCursor {
	try {
		const json: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
		const [worst, lastAt, id] = cursorSchema.parse(json);
		return { worst, lastAt: new Date(lastAt), id };
	} catch (cause) {
		const message = "This is not a cursor of this list.";
		throw new GatewayError("request.invalid", { param: "cursor", message, cause });
	}
}
