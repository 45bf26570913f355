import * as z from "zod";
import { actorKinds } from "../../proxy-core/contract/threat-settings.ts";
import { severities, threatCategories } from "../../proxy-core/contract/threats.ts";
import { segmentSources, verdictActions } from "../../proxy-core/contract/verdict.ts";
import { defineEndpoint } from "./endpoint.ts";
import { instant, nothing, page, rangeQuery } from "./shapes.ts";

/** Who noticed: the parts of the gateway that say no, from the outside in. */
export const threatLayers = [
	"bans",
	"authentication",
	"limits",
	"firewall",
	"shield",
	"trajectory",
	"privacy",
	"secrets",
	"answer",
] as const;
export type ThreatLayer = (typeof threatLayers)[number];

/** What a chart stacks. */
export const threatSeries = ["layer", "category", "severity", "action"] as const;
export type ThreatSeries = (typeof threatSeries)[number];

/** What events are counted by. */
export const threatGroups = [
	"rule",
	"layer",
	"category",
	"severity",
	"key",
	"team",
	"model",
	"endpoint",
	"source",
	"country",
] as const;
export type ThreatGroup = (typeof threatGroups)[number];

/** What was done: enforced actions, or what a monitored rule would have done. */
export const threatEffects = ["block", "redact", "flag", "would-block", "would-redact"] as const;
export type ThreatEffect = (typeof threatEffects)[number];

/** Only events with all of these. */
export const threatFilters = z.strictObject({
	layer: z.enum(threatLayers).optional(),
	category: z.enum(threatCategories).optional(),
	severity: z.enum(severities).optional(),
	effect: z.enum(threatEffects).optional(),
	guard: z.string().max(64).optional(),
	rule: z.string().max(200).optional(),
	source: z.string().max(64).optional(),
	keyId: z.string().max(64).optional(),
	teamId: z.string().max(64).optional(),
	/** The end user that an application names. */
	endUser: z.string().max(256).optional(),
	session: z.string().max(256).optional(),
	ip: z.string().max(64).optional(),
	fingerprint: z.string().max(200).optional(),
	country: z.string().max(2).optional(),
	model: z.string().max(200).optional(),
	endpoint: z.string().max(64).optional(),
});
export type ThreatFilters = z.infer<typeof threatFilters>;
export type ThreatFilterName = keyof ThreatFilters;

export const threatQuestion = rangeQuery.extend(threatFilters.shape);

const named = z.strictObject({ id: z.string(), name: z.string().nullable() });

export const threatEvent = z
	.strictObject({
		/** Request and place in it, joined by a dot. */
		id: z.string(),
		requestId: z.string(),
		at: instant,
		layer: z.enum(threatLayers),
		guard: z.string(),
		rule: z.string(),
		category: z.enum(threatCategories),
		severity: z.enum(severities),
		action: z.enum(verdictActions),
		/** Null unless the rule is only monitored. */
		wouldBe: z.enum(verdictActions).nullable(),
		/** Where in the conversation; `request` for refusals that read nothing of it. */
		source: z.enum([...segmentSources, "request"]),
		/** 0 to 1. */
		score: z.number(),
		ip: z.string(),
		key: named.nullable(),
		team: named.nullable(),
		/** The console user behind a playground request. */
		person: named.nullable(),
		endUser: z.string().nullable(),
		session: z.string().nullable(),
		fingerprint: z.string().nullable(),
		country: z.string().nullable(),
		model: z.string().nullable(),
		endpoint: z.string(),
	})
	.meta({ id: "ThreatEvent" });
export type ThreatEvent = z.infer<typeof threatEvent>;

const totals = z.strictObject({
	events: z.int(),
	/** Events whose rule is enforced and blocks. */
	blocked: z.int(),
	/** Events that would have blocked, were their rule enforced. */
	wouldBlock: z.int(),
	/** Requests that were stopped; several rules may have stopped the same one. */
	blockedRequests: z.int(),
});

const wholeTotals = totals.extend({
	/** Keys with at least one event; with filters at least so many when `isSampled`. */
	keys: z.int(),
	/** Requests in the same range, whatever became of them; of the filters only key, team, model and endpoint count. */
	requests: z.int(),
	/** Requests that no control stopped, 0 to 1; null without requests. */
	passRate: z.number().nullable(),
	/** Different addresses, likewise. */
	attackers: z.int(),
	isSampled: z.boolean(),
});
export type ThreatTotals = z.infer<typeof wholeTotals>;

const series = z.strictObject({
	/** A layer, category, severity or action. */
	id: z.string(),
	/** One for each of `buckets`. */
	values: z.array(z.int()),
});

export const threatSummary = z
	.strictObject({
		from: instant,
		to: instant,
		/** `from` is later than asked: too many events have to be read one by one for these filters. */
		isShortened: z.boolean(),
		bucketSeconds: z.int(),
		totals: wholeTotals,
		/** Of the period of the same length just before; null when not asked for. */
		before: wholeTotals.nullable(),
		/** Beginnings of the steps, oldest first, without gaps. */
		buckets: z.array(instant),
		series: z.array(series),
		/** All events of the period before, one for each of `buckets`. */
		valuesBefore: z.array(z.int()).nullable(),
		blockedByBucket: z.array(z.int()),
		wouldBlockByBucket: z.array(z.int()),
	})
	.meta({ id: "ThreatSummary" });
export type ThreatSummary = z.infer<typeof threatSummary>;

const attacker = z.strictObject({
	kind: z.enum(actorKinds),
	id: z.string(),
	/** The name of a key; the id of everything else. */
	label: z.string(),
	events: z.int(),
	blocked: z.int(),
	wouldBlock: z.int(),
	/** Events weighted by severity: low 1, medium 3, high 8, critical 20. */
	score: z.int(),
	worst: z.enum(severities),
	lastAt: instant,
	/** The score in each step of the range. */
	sparkline: z.array(z.int()),
});
export type Attacker = z.infer<typeof attacker>;

export const attackers = z
	.strictObject({
		items: z.array(attacker),
		/** How many there are in all. */
		total: z.int(),
		/** Rankings of sessions, and filtered ones, look at this many of the newest events at most; null: at all. */
		sampledEvents: z.int().nullable(),
	})
	.meta({ id: "Attackers" });
export type Attackers = z.infer<typeof attackers>;

const threatGroup = totals.extend({
	id: z.string(),
	label: z.string(),
	/** Of all events that have one, 0 to 1. */
	share: z.number(),
});
export type ThreatGroupRow = z.infer<typeof threatGroup>;

export const threatBreakdown = z
	.strictObject({
		by: z.enum(threatGroups),
		/** The newest part of the range that could be counted for these filters; null: all of it. */
		countedFrom: instant.nullable(),
		items: z.array(threatGroup),
	})
	.meta({ id: "ThreatBreakdown" });
export type ThreatBreakdown = z.infer<typeof threatBreakdown>;

export const stageLatency = z
	.strictObject({
		/** How many of the newest requests of the range were looked at. */
		requests: z.int(),
		stages: z.array(
			z.strictObject({
				name: z.string(),
				count: z.int(),
				p50Ms: z.number(),
				p95Ms: z.number(),
				p99Ms: z.number(),
			}),
		),
	})
	.meta({ id: "StageLatency" });
export type StageLatency = z.infer<typeof stageLatency>;

export const threatDetail = threatEvent
	.extend({
		/** The incident it belongs to, for those who may see incidents. */
		incident: z.strictObject({ id: z.string(), number: z.int() }).nullable(),
		/** Whether somebody marked it as a false alarm. */
		isFalseAlarm: z.boolean(),
		/** Other events of the same request. */
		others: z.array(threatEvent),
	})
	.meta({ id: "ThreatDetail" });
export type ThreatDetail = z.infer<typeof threatDetail>;

export const listThreats = defineEndpoint({
	method: "GET",
	path: "/api/v1/threats",
	access: "threats:read",
	summary: "Threat events, newest first",
	query: threatQuestion.extend({
		cursor: z.string().max(300).optional(),
		limit: z.coerce.number().int().min(1).max(200).default(50),
	}),
	body: nothing,
	answer: page(threatEvent),
});

export const getThreatSummary = defineEndpoint({
	method: "GET",
	path: "/api/v1/threats/summary",
	access: "threats:read",
	summary:
		"Threat events of a range over time, by layer, category, severity or action, with totals",
	query: threatQuestion.extend({
		by: z.enum(threatSeries).default("layer"),
		compare: z.enum(["previous", "none"]).default("previous"),
	}),
	body: nothing,
	answer: threatSummary,
});

export const getAttackers = defineEndpoint({
	method: "GET",
	path: "/api/v1/threats/attackers",
	access: "threats:read",
	summary: "Who most of the threat events of a range came from",
	query: threatQuestion.extend({
		kind: z.enum(actorKinds).default("ip"),
		limit: z.coerce.number().int().min(1).max(50).default(8),
	}),
	body: nothing,
	answer: attackers,
});

export const getThreatBreakdown = defineEndpoint({
	method: "GET",
	path: "/api/v1/threats/breakdown",
	access: "threats:read",
	summary: "Threat events of a range counted by rule, layer, key, model and more",
	query: threatQuestion.extend({
		by: z.enum(threatGroups).default("rule"),
		limit: z.coerce.number().int().min(1).max(100).default(10),
	}),
	body: nothing,
	answer: threatBreakdown,
});

export const getStageLatency = defineEndpoint({
	method: "GET",
	path: "/api/v1/threats/latency",
	access: "threats:read",
	summary: "How long the stages of the gateway took for the newest requests of a range",
	query: rangeQuery,
	body: nothing,
	answer: stageLatency,
});

export const exportThreats = defineEndpoint({
	method: "GET",
	path: "/api/v1/threats/export",
	access: "threats:read",
	summary: "Threat events of a range as a file",
	query: threatQuestion.extend({ format: z.enum(["csv", "json"]).default("csv") }),
	body: nothing,
	answer: z.unknown(),
});

export const getThreat = defineEndpoint({
	method: "GET",
	path: "/api/v1/threats/[id]",
	access: "threats:read",
	summary: "One threat event with the others of its request",
	query: nothing,
	body: nothing,
	answer: threatDetail,
});

export const markThreat = defineEndpoint({
	method: "PUT",
	path: "/api/v1/threats/[id]/mark",
	access: "threats:act",
	summary: "Mark an event as a false alarm of its rule, or take the mark back",
	query: nothing,
	body: z.strictObject({ isFalseAlarm: z.boolean() }),
	answer: z.strictObject({ isFalseAlarm: z.boolean() }),
});
