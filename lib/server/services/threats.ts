import * as z from "zod";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import { roleHolds } from "../../contracts/permissions.ts";
import type {
	Attackers,
	getAttackers,
	getStageLatency,
	getThreatBreakdown,
	listThreats,
	markThreat,
	StageLatency,
	ThreatBreakdown,
	ThreatDetail,
	ThreatFilters,
} from "../../contracts/threats.ts";
import { threatFilters } from "../../contracts/threats.ts";
import type { Principal } from "../auth/principal.ts";
import { namesOf } from "../repositories/requests.ts";
import { rankActors } from "../repositories/threat-actors.ts";
import { rankThreats } from "../repositories/threat-facts.ts";
import type { ThreatCursor, ThreatRow } from "../repositories/threats.ts";
import {
	incidentOf,
	isMarked,
	listThreatEvents,
	markEvent,
	readStageTimes,
	threatsOfRequest,
} from "../repositories/threats.ts";
import { runtime } from "../runtime.ts";
import { severityOf } from "../threats-events/classify-events.ts";
import { splitPeriod } from "../usage/split-period.ts";
import { inWholeWeeks } from "../usage/whole-weeks.ts";
import { startsOf } from "./analytics-answer.ts";
import { scopeOf } from "./requests.ts";
import { exportEvents } from "./threat-export.ts";
import { countedPeriod, sampledPeriod } from "./threat-range.ts";
import { summarise } from "./threat-summary.ts";
import { readThreatId, toThreat } from "./threat-view.ts";
import { bucketSecondsOf, readPeriod } from "./time-range.ts";

interface Asked<Query> {
	readonly query: Query;
	readonly principal: Principal;
}
interface OfOne {
	readonly params: { readonly id: string };
	readonly principal: Principal;
}

/** People see the events of the requests that they may see. */
export const threatsService = {
	/** Throws `request.invalid` for a cursor that is not one of ours. */
	list: async ({ query, principal }: Asked<z.output<typeof listThreats.query>>) => {
		const { prisma } = runtime();
		const { cursor, limit } = query;
		const rows = await listThreatEvents(prisma, {
			period: readPeriod(query, Date.now()),
			filters: filtersOf(query),
			scope: scopeOf(principal),
			after: cursor === undefined ? undefined : readCursor(cursor),
			// One more tells whether there is another page.
			limit: limit + 1,
		});
		const items = rows.slice(0, limit);
		const names = await namesOf(prisma, items);
		const last = rows.length > limit ? items.at(-1) : undefined;
		return {
			items: items.map((row) => toThreat(row, names)),
			nextCursor: last === undefined ? null : writeCursor(last),
		};
	},

	summary: summarise,

	attackers: async ({
		query,
		principal,
	}: Asked<z.output<typeof getAttackers.query>>): Promise<Attackers> => {
		const { prisma } = runtime();
		const { kind, limit } = query;
		const nowMs = Date.now();
		const period = readPeriod(query, nowMs);
		const seconds = bucketSecondsOf(period);
		const starts = startsOf(period, seconds);
		const question = { scope: scopeOf(principal), filters: filtersOf(query) };
		const sampled = await sampledPeriod(period, question);
		const ranking = await rankActors(prisma, {
			...question,
			pieces: splitPeriod(sampled.period, { nowMs, stepSeconds: seconds }),
			isSampled: sampled.isShortened,
			whole: inWholeWeeks(splitPeriod(period, { nowMs, stepSeconds: null }), nowMs),
			kind,
			step: { seconds, from: new Date(starts[0] ?? 0) },
			limit,
		});
		const ids = kind === "key" ? ranking.items.map(({ id }) => id) : [];
		const names = await namesOf(prisma, ids.map(keyOnly));
		return {
			items: ranking.items.map(({ weight, worst, lastAt, slots, ...item }) => {
				const byStart = new Map(slots.map((slot) => [slot.at, slot.weight]));
				return {
					...item,
					kind,
					label: names.get(item.id) ?? item.id,
					score: weight,
					worst: severityOf(worst),
					lastAt: new Date(lastAt).toISOString(),
					sparkline: starts.map((start) => byStart.get(start) ?? 0),
				};
			}),
			total: ranking.total,
			sampledEvents: ranking.sampledEvents,
		};
	},

	breakdown: async ({
		query,
		principal,
	}: Asked<z.output<typeof getThreatBreakdown.query>>): Promise<ThreatBreakdown> => {
		const { prisma } = runtime();
		const { by, limit } = query;
		const nowMs = Date.now();
		const question = { scope: scopeOf(principal), filters: filtersOf(query), group: by };
		const { period, isShortened } = await countedPeriod(readPeriod(query, nowMs), question);
		const { items, events } = await rankThreats(
			prisma,
			{ ...question, pieces: splitPeriod(period, { nowMs, stepSeconds: null }) },
			limit,
		);
		const ids = items.map(({ id }) => id);
		const rows = by === "key" ? ids.map(keyOnly) : by === "team" ? ids.map(teamOnly) : [];
		const names = await namesOf(prisma, rows);
		return {
			by,
			countedFrom: isShortened ? period.from.toISOString() : null,
			items: items.map((item) => ({
				...item,
				label: names.get(item.id) ?? item.id,
				share: events === 0 ? 0 : item.events / events,
			})),
		};
	},

	latency: async ({
		query,
		principal,
	}: Asked<z.output<typeof getStageLatency.query>>): Promise<StageLatency> => {
		const { requests, stages } = await readStageTimes(
			runtime().prisma,
			readPeriod(query, Date.now()),
			scopeOf(principal),
		);
		return { requests, stages: [...stages] };
	},

	export: exportEvents,

	/** Throws `resource.not_found`, also for an event of somebody else's request. */
	get: async ({ params, principal }: OfOne): Promise<ThreatDetail> => {
		const { prisma } = runtime();
		const { event, others } = await find(params.id, principal);
		const names = await namesOf(prisma, [event]);
		const maySeeIncidents = roleHolds(principal.role, "threats:act");
		const [incident, isFalseAlarm] = await Promise.all([
			maySeeIncidents ? incidentOf(prisma, event) : null,
			isMarked(prisma, event),
		]);
		return {
			...toThreat(event, names),
			incident,
			isFalseAlarm,
			others: others.map((row) => toThreat(row, names)),
		};
	},

	/** Throws `resource.not_found`. */
	mark: async ({
		params,
		principal,
		body,
	}: OfOne & { readonly body: z.output<typeof markThreat.body> }) => {
		const { event } = await find(params.id, principal);
		const { isFalseAlarm } = body;
		await markEvent(runtime().prisma, event, { isFalseAlarm, by: principal.userId });
		return { isFalseAlarm };
	},
};

/** The filters among everything else that was asked. */
export function filtersOf(query: ThreatFilters): ThreatFilters {
	return threatFilters.strip().parse(query);
}

function keyOnly(keyId: string) {
	return { keyId, userId: null, ownerId: null, teamId: null };
}

function teamOnly(teamId: string) {
	return { keyId: null, userId: null, ownerId: null, teamId };
}

async function find(id: string, principal: Principal) {
	const place = readThreatId(id);
	if (place === undefined) throw new GatewayError("resource.not_found");
	const rows = await threatsOfRequest(runtime().prisma, place.requestId, scopeOf(principal));
	const event = rows.find(({ index }) => index === place.index);
	if (event === undefined) throw new GatewayError("resource.not_found");
	return { event, others: rows.filter((row) => row !== event) };
}

const cursorSchema = z.tuple([z.int(), z.string().max(200), z.int()]);

function writeCursor({ at, requestId, index }: ThreatRow): string {
	return Buffer.from(JSON.stringify([at.getTime(), requestId, index])).toString("base64url");
}

function readCursor(text: string): ThreatCursor {
	try {
		const json: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
		const [at, requestId, index] = cursorSchema.parse(json);
		return { at: new Date(at), requestId, index };
	} catch (cause) {
		const message = "This is not a cursor of this list.";
		throw new GatewayError("request.invalid", { param: "cursor", message, cause });
	}
}
