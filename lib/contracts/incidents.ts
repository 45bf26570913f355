import * as z from "zod";
import { severities } from "../../proxy-core/contract/threats.ts";
import { defineEndpoint } from "./endpoint.ts";
import { instant, nothing, page } from "./shapes.ts";
import { threatEvent } from "./threats.ts";

/**
 * Rules of one aim: talking the model into something (`manipulation`), getting or leaking data (`data`),
 * answers that are dangerous by themselves (`answers`), getting in or flooding (`access`).
 */
export const incidentFamilies = ["manipulation", "data", "answers", "access", "other"] as const;
export type IncidentFamily = (typeof incidentFamilies)[number];

export const incidentStates = ["open", "acknowledged", "closed"] as const;
export type IncidentState = (typeof incidentStates)[number];

/** Why an incident was closed. */
export const resolutions = ["resolved", "banned", "allowed", "false-alarm"] as const;
export type Resolution = (typeof resolutions)[number];

/** Whom an incident is held against. `user` is an application's end user, `person` one of the console. */
export const actorKinds = ["ip", "key", "user", "person"] as const;
export type ActorKind = (typeof actorKinds)[number];

/** Whom one can act on. */
export const suspectKinds = ["ip", "key", "user", "session", "fingerprint"] as const;
export type SuspectKind = (typeof suspectKinds)[number];

const person = z.strictObject({ id: z.string(), name: z.string().nullable() });

export const incident = z
	.strictObject({
		id: z.string(),
		number: z.int(),
		actor: z.strictObject({
			kind: z.enum(actorKinds),
			id: z.string(),
			/** The name of a key or person; the id of everybody else. */
			label: z.string(),
		}),
		family: z.enum(incidentFamilies),
		state: z.enum(incidentStates),
		/** Null while it is not closed. */
		resolution: z.enum(resolutions).nullable(),
		/** New events open it again after it was acknowledged. */
		isWatched: z.boolean(),
		severity: z.enum(severities),
		events: z.int(),
		blocked: z.int(),
		wouldBlock: z.int(),
		firstAt: instant,
		lastAt: instant,
		/** `guard/rule`, at most a few dozen. */
		rules: z.array(z.string()),
		/** The request with the newest of its worst events. */
		requestId: z.string(),
		assignee: person.nullable(),
		acknowledgedAt: instant.nullable(),
		closedAt: instant.nullable(),
	})
	.meta({ id: "Incident" });
export type Incident = z.infer<typeof incident>;

const note = z.strictObject({
	id: z.string(),
	/** `note` was written by a person; the others tell what was done. */
	kind: z.enum(["note", "state", "assignment", "action", "mark"]),
	text: z.string(),
	author: person,
	createdAt: instant,
});

const suspect = z.strictObject({
	kind: z.enum(suspectKinds),
	/** As bans know it: end users and sessions are `tenant/name`. */
	id: z.string(),
	/** The name of a key, and what the application calls its users and sessions. */
	label: z.string(),
	/** Of the incident's newest events. */
	events: z.int(),
});
export type Suspect = z.infer<typeof suspect>;

export const incidentDetail = incident
	.extend({
		notes: z.array(note),
		/** Whom its newest events came from, most events first. */
		suspects: z.array(suspect),
		/** The newest ones. */
		newest: z.array(threatEvent),
	})
	.meta({ id: "IncidentDetail" });
export type IncidentDetail = z.infer<typeof incidentDetail>;

const stateCounts = z.strictObject({ open: z.int(), acknowledged: z.int(), closed: z.int() });

export const listIncidents = defineEndpoint({
	method: "GET",
	path: "/api/v1/incidents",
	access: "threats:act",
	summary: "Incidents: threat events grouped by actor and campaign, the worst and newest first",
	query: z.strictObject({
		state: z.enum([...incidentStates, "active"]).default("active"),
		/** A person's id, `me` or `nobody`. */
		assignee: z.string().max(64).optional(),
		severity: z.enum(severities).optional(),
		family: z.enum(incidentFamilies).optional(),
		/** A part of the actor's id, or the number of an incident. */
		search: z.string().max(100).optional(),
		cursor: z.string().max(300).optional(),
		limit: z.coerce.number().int().min(1).max(200).default(50),
	}),
	body: nothing,
	answer: page(incident).extend({ counts: stateCounts }),
});

export const getIncident = defineEndpoint({
	method: "GET",
	path: "/api/v1/incidents/[id]",
	access: "threats:act",
	summary: "One incident with its notes, whom it came from, and its newest events",
	query: nothing,
	body: nothing,
	answer: incidentDetail,
});

export const updateIncident = defineEndpoint({
	method: "PATCH",
	path: "/api/v1/incidents/[id]",
	access: "threats:act",
	summary: "Acknowledge, reopen, close or assign an incident",
	query: nothing,
	body: z.strictObject({
		state: z.enum(incidentStates).optional(),
		/** Null: nobody. */
		assigneeId: z.string().max(64).nullable().optional(),
	}),
	answer: incidentDetail,
});

export const addIncidentNote = defineEndpoint({
	method: "POST",
	path: "/api/v1/incidents/[id]/notes",
	access: "threats:act",
	summary: "Write a note about an incident",
	query: nothing,
	body: z.strictObject({ text: z.string().trim().min(1).max(4000) }),
	answer: incidentDetail,
});

const suspectRef = z.strictObject({
	kind: z.enum(suspectKinds),
	id: z.string().trim().min(1).max(400),
});
const reason = z.string().trim().min(1).max(500);

export const incidentAction = z.discriminatedUnion("action", [
	z.strictObject({
		action: z.literal("ban"),
		suspect: suspectRef,
		/** How long it holds; null: until somebody lifts it. */
		minutes: z.int().min(1).max(525_600).nullable(),
		reason,
	}),
	/** Never scored, slowed or banned from now on; an address or a key. */
	z.strictObject({ action: z.literal("allow"), suspect: suspectRef, reason }),
	/** Acknowledged, and opened again as soon as there are new events. */
	z.strictObject({ action: z.literal("watch") }),
]);
export type IncidentAction = z.infer<typeof incidentAction>;

export const actOnIncident = defineEndpoint({
	method: "POST",
	path: "/api/v1/incidents/[id]/act",
	access: "threats:act",
	summary: "Ban or allow somebody whom an incident came from, or watch the incident",
	query: nothing,
	body: incidentAction,
	answer: incidentDetail,
});

export const markIncident = defineEndpoint({
	method: "POST",
	path: "/api/v1/incidents/[id]/false-alarm",
	access: "threats:act",
	summary: "Mark every rule of an incident as a false alarm and close it",
	query: nothing,
	body: nothing,
	answer: incidentDetail,
});

export const exportIncident = defineEndpoint({
	method: "GET",
	path: "/api/v1/incidents/[id]/export",
	access: "threats:act",
	summary: "One incident with its notes and up to 10,000 of its events, as a JSON file",
	query: nothing,
	body: nothing,
	answer: z.unknown(),
});

export const listAssignees = defineEndpoint({
	method: "GET",
	path: "/api/v1/incidents/assignees",
	access: "threats:act",
	summary: "People whom an incident can be assigned to",
	query: nothing,
	body: nothing,
	answer: z.strictObject({
		items: z.array(z.strictObject({ id: z.string(), name: z.string() })),
	}),
});
